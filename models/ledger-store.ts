import type { Connection, mongo } from 'mongoose';
import type { CallId, WorkerId } from '../src/domain/ids.ts';
import type { LedgerEntry } from '../src/domain/ledger.ts';
import type { LedgerStore } from '../src/ports.ts';
import { collectionOf, inChunks } from './collection.ts';
import { isDuplicateKey } from './connection.ts';

type LedgerDoc = LedgerEntry & { _id: string; slot?: string; pending?: Date };

/** Secondary indexes of the ledger; the slot's is unique, so a worker's sequence number is given once (I2). */
export const ledgerIndexes: readonly mongo.IndexDescription[] = [
  { key: { slot: 1 }, name: 'slot', unique: true, sparse: true },
  { key: { workerId: 1 }, name: 'workerId', sparse: true },
  { key: { callId: 1 }, name: 'callId', sparse: true },
  { key: { pending: 1 }, name: 'pending', sparse: true },
];

/** The ledger of turns and acts: append-only truth under natural keys. `pending` marks what is not yet projected. */
export function createLedgerStore(connection: Connection): LedgerStore {
  const ledger = collectionOf<LedgerDoc>(connection, 'ledger');
  return {
    async append(entry, now) {
      try {
        await ledger.insertOne({ ...entry, _id: entry.id, ...slotField(entry), pending: now });
        return 'stored';
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return (await ledger.findOne({ _id: entry.id }, { projection: { _id: 1 } })) ? 'id-taken' : 'slot-taken';
      }
    },
    async find(id) {
      const doc = await ledger.findOne({ _id: id });
      return doc ? toEntry(doc) : undefined;
    },
    async findSlot(workerId, seq) {
      const doc = await ledger.findOne({ slot: slotOf(workerId, seq) });
      return doc ? toEntry(doc) : undefined;
    },
    async touching(workerIds, callIds) {
      return (await ledger.find(touching(workerIds, callIds)).toArray()).map(toEntry);
    },
    async beyond(lengths) {
      const slots = lengths.map(({ workerId, seq }) => slotOf(workerId, seq + 1));
      const found = await ledger.find({ slot: { $in: slots } }, { projection: { workerId: 1 } }).toArray();
      return new Set(found.flatMap((doc) => (doc.workerId ? [doc.workerId] : [])));
    },
    async pending(before, limit) {
      const docs = await ledger
        .find({ pending: { $lte: before } })
        .sort({ pending: 1 })
        .limit(limit)
        .toArray();
      return docs.map(toEntry);
    },
    async settle(ids) {
      await inChunks(ids, ($in) => ledger.updateMany({ _id: { $in } }, { $unset: { pending: '' } }));
    },
    async *all() {
      for await (const doc of ledger.find({}).sort({ _id: 1 })) yield toEntry(doc);
    },
  };
}

function touching(workerIds: readonly WorkerId[], callIds: readonly CallId[]): mongo.Filter<LedgerDoc> {
  return { $or: [{ workerId: { $in: [...workerIds] } }, { callId: { $in: [...callIds] } }] };
}

function slotField(entry: LedgerEntry): { slot?: string } {
  return entry.workerId !== undefined && entry.seq !== undefined ? { slot: slotOf(entry.workerId, entry.seq) } : {};
}

function slotOf(workerId: WorkerId, seq: number): string {
  return `${workerId}:${String(seq)}`;
}

function toEntry(doc: LedgerDoc): LedgerEntry {
  const { _id, slot: _slot, pending: _pending, ...entry } = doc;
  return entry;
}
