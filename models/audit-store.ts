import type { Connection } from 'mongoose';
import type { AuditEntry, NotedEnd } from '../src/domain/audit.ts';
import { present } from '../src/domain/present.ts';
import type { AuditStore } from '../src/ports-audit.ts';
import { type Keyed, collectionOf, keysetPage } from './collection.ts';
import { isDuplicateKey } from './connection.ts';

export const auditIndexes = [
  { key: { at: -1, _id: -1 }, name: 'at' },
  { key: { chain: 1, at: -1 }, name: 'chain' },
  { key: { shown: 1 }, name: 'shown', sparse: true },
];

/** Entries of the audit under `chain:number`: whoever comes second with a number is told so, and nothing is ever replaced. */
export function createAuditStore(connection: Connection): AuditStore {
  const audit = collectionOf<AuditEntry & Keyed>(connection, 'audit');
  const ends = collectionOf<NotedEnd & Keyed>(connection, 'auditEnds');
  const within = (chain: string) => ({ _id: { $gt: `${chain}:`, $lt: `${chain};` } });
  return {
    async end(chain) {
      const [last] = await audit.find(within(chain)).sort({ _id: -1 }).limit(1).toArray();
      return last && { seq: last.seq, hash: last.hash };
    },
    async append(entry) {
      try {
        await audit.insertOne({ ...entry, _id: entry.id });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async noteEnd(end) {
      try {
        await ends.updateOne({ _id: end.chain, seq: { $lt: end.seq } }, { $set: { ...end } }, { upsert: true });
      } catch (error) {
        // Another one noted a later end meanwhile.
        if (!isDuplicateKey(error)) throw error;
      }
    },
    async notedEnd(chain) {
      const found = await ends.findOne({ _id: chain });
      return found ? { chain: found.chain, seq: found.seq, hash: found.hash, seal: found.seal } : undefined;
    },
    async page({ thing, ...filter }, request) {
      const order = { field: 'at', direction: -1, read: (text: string) => text } as const;
      const about = thing === undefined ? {} : { $and: [{ $or: [{ thing }, { shown: thing }] }] };
      const page = await keysetPage(audit, { ...present(filter), ...about }, order, request);
      return { ...page, items: page.items.map(toEntry) };
    },
    async chains() {
      const [written, noted] = await Promise.all([audit.distinct('chain'), ends.distinct('_id')]);
      return [...new Set([...written, ...noted])].sort();
    },
    async *entries(chain) {
      for await (const doc of audit.find(within(chain)).sort({ _id: 1 })) yield toEntry(doc);
    },
  };
}

/** An entry is named by where it stands, whatever is written in it. */
function toEntry({ _id, ...entry }: AuditEntry & Keyed): AuditEntry {
  return { ...entry, id: _id };
}
