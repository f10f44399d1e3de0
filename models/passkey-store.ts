import type { Connection } from 'mongoose';
import type { Challenge, Passkey } from '../src/domain/passkey.ts';
import type { PasskeyStore } from '../src/ports-accounts.ts';
import { type Keyed, collectionOf } from './collection.ts';
import { isDuplicateKey } from './connection.ts';

export const passkeyIndexes = [{ key: { accountId: 1 }, name: 'account' }];
export const challengeIndexes = [{ key: { expiresAt: 1 }, name: 'expiry' }];

/** Passkeys under the name their device gave them, challenges under their hash. */
export function createPasskeyStore(connection: Connection): PasskeyStore {
  const passkeys = collectionOf<Passkey & Keyed>(connection, 'passkeys');
  const challenges = collectionOf<Challenge & Keyed>(connection, 'passkeyChallenges');
  return {
    async create(passkey) {
      try {
        await passkeys.insertOne({ ...passkey, _id: passkey.id });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    find: async (id) => unkeyed(await passkeys.findOne({ _id: id })),
    async ofAccount(accountId) {
      const found = await passkeys.find({ accountId }).sort({ _id: 1 }).toArray();
      return found.map(({ _id, ...passkey }) => passkey);
    },
    async noteUse(id, { from, to, at }) {
      const noted = await passkeys.updateOne({ _id: id, counter: from }, { $set: { counter: to, lastUsedAt: at } });
      return noted.matchedCount === 1;
    },
    async remove(accountId, id) {
      const { deletedCount } = await passkeys.deleteOne({ _id: id, accountId });
      return deletedCount === 1;
    },
    async removeAll(accountId) {
      await passkeys.deleteMany({ accountId });
    },
    async keepChallenge(challenge) {
      await challenges.insertOne({ ...challenge, _id: challenge.id });
    },
    takeChallenge: async (id) => unkeyed(await challenges.findOneAndDelete({ _id: id })),
    async sweepChallenges(before) {
      await challenges.deleteMany({ expiresAt: { $lt: before } });
    },
  };
}

function unkeyed<T>(doc: (T & Keyed) | null): T | undefined {
  if (!doc) return undefined;
  const { _id, ...value } = doc;
  return value as T;
}
