import type { Connection } from 'mongoose';
import { digestOf } from '../src/domain/digest.ts';
import type { NumberIndex, WorkerId } from '../src/domain/ids.ts';
import type { LedgerEntry } from '../src/domain/ledger.ts';
import type { PersonTraces } from '../src/ports-erasure.ts';
import { type Keyed, collectionOf } from './collection.ts';
import type { MergeDoc } from './merge-store.ts';

/** What stands about a person beside his register and is nobody else's: dropped with him. Doing it again changes nothing. */
export function createPersonReferences(connection: Connection): Pick<PersonTraces, 'forget' | 'renumber'> {
  return {
    async forget(workerId) {
      for (const noted of ['departures', 'hirings']) await collectionOf(connection, noted).deleteOne({ _id: workerId });
      await collectionOf<Keyed & { workerId: WorkerId }>(connection, 'notices').deleteMany({ workerId });
      await collectionOf(connection, 'noticeRefusals').deleteOne({ _id: workerId });
      // Without his key nobody can read them any more; there is no reason to keep what nobody can read.
      for (const kept of ['insuranceCopies', 'certificateImages', 'facePhotos'])
        await collectionOf<Keyed & { workerId: WorkerId }>(connection, kept).deleteMany({ workerId });
      const personal = { sealed: '', 'before.ccusId': '', 'after.ccusId': '' } as const;
      await collectionOf<MergeDoc>(connection, 'merges').updateMany(
        { $or: [{ keptId: workerId }, { otherId: workerId }] },
        { $set: { reason: '' }, $unset: personal },
      );
    },
    async renumber(workerId, indexes) {
      for (const [place, index] of indexes.entries()) {
        const pseudonym = digestOf([workerId, place]).slice(0, 32);
        const renamed = <T>(value: T): T => withPseudonym(value, index, pseudonym) as T;
        await renumberLedger(connection, { workerId, index }, renamed);
        await renumberMerges(connection, index, renamed);
        await renumberHead(connection, workerId, renamed);
      }
    },
  };
}

type Renamed = <T>(value: T) => T;

async function renumberLedger(
  connection: Connection,
  { workerId, index }: { readonly workerId: WorkerId; readonly index: NumberIndex },
  renamed: Renamed,
): Promise<void> {
  const ledger = collectionOf<LedgerEntry & Keyed>(connection, 'ledger');
  const his = { $or: [{ workerId }, { 'passages.workerId': workerId }] };
  for await (const { _id, passages } of ledger.find(his, { projection: { passages: 1 } })) {
    if (!JSON.stringify(passages).includes(index)) continue;
    await ledger.updateOne({ _id }, { $set: { passages: renamed(passages) } });
  }
}

async function renumberMerges(connection: Connection, index: NumberIndex, renamed: Renamed): Promise<void> {
  const merges = collectionOf<MergeDoc>(connection, 'merges');
  for await (const { _id, numbers, phoneIds } of merges.find({ 'numbers.index': index })) {
    await merges.updateOne({ _id }, { $set: { numbers: renamed(numbers), phoneIds: renamed(phoneIds) } });
  }
}

async function renumberHead(connection: Connection, workerId: WorkerId, renamed: Renamed): Promise<void> {
  const heads = collectionOf(connection, 'heads');
  const head = await heads.findOne({ _id: workerId });
  if (!head) return;
  const { _id, ...rest } = renamed(head);
  await heads.replaceOne({ _id }, rest);
}

/** The same with another text in the place of an index, at any depth. */
function withPseudonym(value: unknown, index: NumberIndex, pseudonym: string): unknown {
  if (typeof value === 'string') return value.replace(index, pseudonym);
  if (Array.isArray(value)) return value.map((one) => withPseudonym(one, index, pseudonym));
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withPseudonym(one, index, pseudonym)]));
}
