import type { Connection } from 'mongoose';
import type { ApiKey } from '../src/domain/api-key.ts';
import type { KeyStore } from '../src/ports.ts';
import { collectionOf, narrowed } from './collection.ts';
import { type RegisterDoc, createRegister } from './register.ts';

/** The keys of the admin API, by their id; only hashes of their secrets. */
export function createKeyStore(connection: Connection): KeyStore {
  const keys = createRegister<ApiKey, string>({ connection, collection: 'apiKeys', keyOf: (key) => key.id });
  const docs = collectionOf<RegisterDoc<ApiKey>>(connection, 'apiKeys');
  return {
    create: (key) => keys.create(key),
    find: async (id) => (await keys.find(id))?.value,
    page: (request) => keys.page(request),
    async revoke(id, at) {
      const { matchedCount } = await docs.updateOne(
        { _id: id, revokedAt: { $exists: false } },
        { $set: { revokedAt: at } },
      );
      return matchedCount === 1;
    },
    async revokeAll(at, within) {
      const standing = narrowed({ revokedAt: { $exists: false } }, within);
      const { matchedCount } = await docs.updateMany(standing, {
        $set: { revokedAt: at },
      });
      return matchedCount;
    },
    async endBy(id, at) {
      await docs.updateOne({ _id: id }, { $set: { expiresAt: at } });
    },
    async touch(id, at, everyMs) {
      const long = new Date(at.getTime() - everyMs);
      const due = { $or: [{ lastUsedAt: { $exists: false } }, { lastUsedAt: { $lte: long } }] };
      await docs.updateOne({ _id: id, ...due }, { $set: { lastUsedAt: at } });
    },
  };
}
