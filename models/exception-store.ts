import type { Connection } from 'mongoose';
import type { ExceptionRecord } from '../src/domain/ledger.ts';
import type { ProjectionStore } from '../src/ports-projection.ts';
import { type Keyed, collectionOf, inChunks, keysetPage, narrowed } from './collection.ts';
import { toleratingDuplicates } from './connection.ts';

type ExceptionDoc = ExceptionRecord & Keyed;

export const exceptionIndexes = [
  { key: { openedAt: 1, _id: 1 }, name: 'openedAt' },
  { key: { workerId: 1 }, name: 'worker', sparse: true },
  { key: { callId: 1 }, name: 'call', sparse: true },
  { key: { calls: 1 }, name: 'calls', sparse: true },
];

/** What waits for a person, oldest first. */
export function createExceptionStore(
  connection: Connection,
): Pick<ProjectionStore, 'openExceptions' | 'saveExceptions' | 'pageExceptions' | 'exception' | 'exceptionWithin'> {
  const exceptions = collectionOf<ExceptionDoc>(connection, 'exceptions');
  return {
    async openExceptions(workerIds, callIds) {
      const touching = { $or: [{ workerId: { $in: [...workerIds] } }, { callId: { $in: [...callIds] } }] };
      return (await exceptions.find({ state: 'open', ...touching }).toArray()).map(toException);
    },
    async saveExceptions(changed) {
      const writes = changed.map((exception) => ({
        replaceOne: { filter: replaceable(exception), replacement: exception, upsert: true },
      }));
      // A duplicate key: somebody has decided it.
      await inChunks(writes, (chunk) => toleratingDuplicates(exceptions.bulkWrite(chunk, { ordered: false })));
    },
    async pageExceptions({ state, kind, callId }, request) {
      const order = { field: 'openedAt', direction: 1, read: (text: string) => new Date(text) } as const;
      const ofCall = callId ? { $and: [{ $or: [{ callId }, { calls: callId }] }] } : {};
      const filter = { ...(state ? { state } : {}), ...(kind ? { kind } : {}), ...ofCall };
      const page = await keysetPage(exceptions, filter, order, request);
      return { ...page, items: page.items.map(toException) };
    },
    async exceptionWithin(id, within) {
      const doc = await exceptions.findOne(narrowed({ _id: id }, within));
      return doc ? toException(doc) : undefined;
    },
    async exception(id) {
      const doc = await exceptions.findOne({ _id: id });
      return doc ? toException(doc) : undefined;
    },
  };
}

/** What a person decided stays so: a projection that read before he did must not open it again, and would not look at it once more. */
function replaceable({ id, state }: ExceptionRecord): Record<string, unknown> {
  return isDecided(state) ? { _id: id } : { _id: id, state: { $in: ['open', 'fixed'] } };
}

function isDecided(state: ExceptionRecord['state']): boolean {
  return state !== 'open' && state !== 'fixed';
}

function toException({ _id, ...exception }: ExceptionDoc): ExceptionRecord {
  return exception;
}
