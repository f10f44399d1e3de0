import type { Connection } from 'mongoose';
import type { CodeStore } from '../src/ports.ts';
import { type Keyed, collectionOf, insertMany } from './collection.ts';
import { isDuplicateKey } from './connection.ts';

type CodeDoc = Keyed & { readonly owner: string };

/** Codes that were given out (worker codes, site codes): one document per code, so that two owners can never have one. */
export function createCodeStore(connection: Connection): CodeStore {
  const codes = collectionOf<CodeDoc>(connection, 'codes');
  return {
    async claim(kind, code, owner) {
      const _id = `${kind}:${code}`;
      try {
        await codes.insertOne({ _id, owner });
        return true;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return (await codes.findOne({ _id }))?.owner === owner;
      }
    },
    async claimMany(kind, wishes) {
      const docs = wishes.map(({ code, owner }) => ({ _id: `${kind}:${code}`, owner }));
      // Of many people's codes a good part is taken; an insert would stop at each of them.
      const given = await codes
        .find({ _id: { $in: docs.map(({ _id }) => _id) } }, { projection: { _id: 1 } })
        .toArray();
      const others = new Set(given.map(({ _id }) => _id));
      const taken = await insertMany(
        codes,
        docs.filter(({ _id }) => !others.has(_id)),
      );
      return new Set(docs.flatMap(({ _id, owner }) => (taken.has(_id) ? [owner] : [])));
    },
    async release(kind, code, owner) {
      await codes.deleteOne({ _id: `${kind}:${code}`, owner });
    },
    async ownerOf(kind, code) {
      return (await codes.findOne({ _id: `${kind}:${code}` }))?.owner;
    },
  };
}
