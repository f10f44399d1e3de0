import type { Connection } from 'mongoose';
import type { ApiKey } from '../src/domain/api-key.ts';
import type { KeyStore } from '../src/ports.ts';
import { collectionOf } from './collection.ts';
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
    async touch(id, at) {
      await docs.updateOne({ _id: id }, { $set: { lastUsedAt: at } });
    },
  };
}
