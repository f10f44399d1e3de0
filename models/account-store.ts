import type { Connection } from 'mongoose';
import type { Account, AccountId, Session } from '../src/domain/account.ts';
import type { AccountStore, SessionStore } from '../src/ports-accounts.ts';
import { type Keyed, collectionOf } from './collection.ts';
import { createRegister } from './register.ts';

/** The accounts of people, by an id made from the mail address. */
export function createAccountStore(connection: Connection): AccountStore {
  return createRegister<Account, AccountId>({ connection, collection: 'accounts', keyOf: (account) => account.id });
}

export const sessionIndexes = [
  { key: { accountId: 1 }, name: 'account' },
  { key: { expiresAt: 1 }, name: 'expiry' },
];

/** Sign-ins, under the hash of what the cookie holds. */
export function createSessionStore(connection: Connection): SessionStore {
  const sessions = collectionOf<Session & Keyed>(connection, 'sessions');
  return {
    async open(session) {
      await sessions.insertOne({ ...session, _id: session.id });
    },
    async find(id) {
      const doc = await sessions.findOne({ _id: id });
      if (!doc) return undefined;
      const { _id, ...session } = doc;
      return session;
    },
    async touch(id, at) {
      await sessions.updateOne({ _id: id }, { $set: { lastUsedAt: at } });
    },
    async end(id) {
      await sessions.deleteOne({ _id: id });
    },
    async endAll(accountId) {
      await sessions.deleteMany({ accountId });
    },
    async ofAccount(accountId) {
      const found = await sessions.find({ accountId }).sort({ _id: 1 }).toArray();
      return found.map(({ _id, ...session }) => session);
    },
    async sweep(before) {
      await sessions.deleteMany({ expiresAt: { $lt: before } });
    },
  };
}
