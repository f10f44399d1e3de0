import type { Connection, mongo } from 'mongoose';
import type { CallId, WorkerId } from '../src/domain/ids.ts';
import type { LedgerEntry, TurnEntry } from '../src/domain/ledger.ts';
import type { WordKeeper } from '../src/ports-keys.ts';
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

/**
 * The ledger of turns and acts: append-only truth under natural keys. `pending` marks what is not yet projected. What was said stands
 * sealed, and is opened only where it is said or shown again.
 */
export function createLedgerStore(connection: Connection, words: WordKeeper): LedgerStore {
  const ledger = collectionOf<LedgerDoc>(connection, 'ledger');
  return {
    async append(entry, now) {
      try {
        const kept = entry.kind === 'turn' ? await withSealedWords(words, entry) : entry;
        await ledger.insertOne({ ...kept, _id: entry.id, ...slotField(entry), pending: now });
        return 'stored';
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return (await ledger.findOne({ _id: entry.id }, { projection: { _id: 1 } })) ? 'id-taken' : 'slot-taken';
      }
    },
    ...createSpoken(ledger, words),
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

/** Reads turns with what was said in them. */
function createSpoken(ledger: mongo.Collection<LedgerDoc>, words: WordKeeper): Pick<LedgerStore, 'find' | 'wordsOf'> {
  return {
    async find(id) {
      const doc = await ledger.findOne({ _id: id });
      if (!doc) return undefined;
      const [opened] = await withWords(words, [toEntry(doc)]);
      return opened;
    },
    async wordsOf(callIds) {
      if (callIds.length === 0) return new Map();
      const docs = await ledger.find({ callId: { $in: [...callIds] }, kind: 'turn' }).toArray();
      const opened = await withWords(words, docs.map(toEntry));
      return new Map(opened.flatMap((entry) => (entry.kind === 'turn' ? [[entry.id, entry.markup] as const] : [])));
    },
  };
}

async function withSealedWords(words: WordKeeper, turn: TurnEntry): Promise<TurnEntry> {
  return { ...turn, markup: (await words.seal(ownerOf(turn), turn.markup)) ?? '' };
}

async function withWords(words: WordKeeper, entries: readonly LedgerEntry[]): Promise<readonly LedgerEntry[]> {
  const opened = await words.openAll(entries.map((entry) => (entry.kind === 'turn' ? entry.markup : '')));
  return entries.map((entry, place) => (entry.kind === 'turn' ? { ...entry, markup: opened[place] ?? '' } : entry));
}

/** Whom a turn was said to, or about. */
function ownerOf({ workerId, conversation }: TurnEntry): WorkerId | undefined {
  return workerId ?? conversation.workerId;
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
