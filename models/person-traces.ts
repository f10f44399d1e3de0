import type { Connection, mongo } from 'mongoose';
import type { Account, Session } from '../src/domain/account.ts';
import type { ApiKey } from '../src/domain/api-key.ts';
import type { Correction } from '../src/domain/correction.ts';
import type { CallId, NumberIndex, WorkerId } from '../src/domain/ids.ts';
import type { LedgerEntry } from '../src/domain/ledger.ts';
import type { EmployerFinder, PersonTraces } from '../src/ports-erasure.ts';
import { type Keyed, collectionOf } from './collection.ts';
import type { ForwardingDoc } from './forwarding-doc.ts';
import { createPersonReferences } from './person-references.ts';
import type { WorkerDoc } from './worker-docs.ts';

const ERASED = {
  code: 'WORKER_ERASED',
  sentence: '本人の情報を削除したため送りません。The worker was deleted: nothing about him is handed over any more.',
  who: 'operator',
} as const;

/** Finds what leads to a person in every collection that is not his register, and cuts it off. Doing it again changes nothing. */
export function createPersonTraces(connection: Connection): PersonTraces {
  const forwardings = collectionOf<ForwardingDoc>(connection, 'forwardings');
  const waiting = (workerId: WorkerId) => ({
    workerId,
    current: true,
    state: { $in: ['pending', 'sending', 'rejected'] },
  });
  return {
    undelivered: (workerId) =>
      forwardings.countDocuments({ ...waiting(workerId), kind: 'history' } as mongo.Filter<ForwardingDoc>),
    async withdraw(workerId) {
      await forwardings.updateMany(waiting(workerId) as mongo.Filter<ForwardingDoc>, {
        $set: { state: 'withdrawn', answer: ERASED },
        $unset: { dueAt: '', held: '', owner: '' },
        // Whoever is sending one at this moment has lost it: how his attempt ends must not bring it back.
        $inc: { fence: 1 },
      });
      // The registry's sentences may name whom it refused.
      const answered = { workerId, 'answer.sentence': { $exists: true } } as mongo.Filter<ForwardingDoc>;
      await forwardings.updateMany(answered, { $set: { 'answer.sentence': ERASED.sentence } });
    },
    silence: (workerId, indexes) => silence(connection, workerId, indexes),
    ...createPersonReferences(connection),
    async dropAccess(workerId, at) {
      const keys = collectionOf<ApiKey & Keyed>(connection, 'apiKeys');
      await keys.updateMany({ workerId, revokedAt: { $exists: false } }, { $set: { revokedAt: at } });
      await keys.updateMany({ workerId }, { $set: { name: workerId } });
      await collectionOf(connection, 'disclosures').deleteOne({ _id: workerId });
      await collectionOf(connection, 'pinAttempts').deleteOne({ _id: `worker:${workerId}` });
      await dropActs(connection, workerId);
    },
  };
}

/** Reads of workers what stands open. */
export function createEmployerFinder(connection: Connection): EmployerFinder {
  const workers = collectionOf<WorkerDoc>(connection, 'workers');
  return {
    async firmsOf(workerIds) {
      const docs = await workers.find({ _id: { $in: [...workerIds] } }, { projection: { employments: 1 } }).toArray();
      return new Map(
        docs.map(({ _id, employments }) => [_id as WorkerId, [...new Set(employments.map(({ firmId }) => firmId))]]),
      );
    },
  };
}

async function silence(
  connection: Connection,
  workerId: WorkerId,
  indexes: readonly NumberIndex[],
): Promise<readonly CallId[]> {
  const ledger = collectionOf<LedgerEntry & Keyed>(connection, 'ledger');
  const about = { $or: [{ workerId }, { 'conversation.workerId': workerId }, { 'conversation.named': workerId }] };
  const calls = await ledger.distinct('callId', about as mongo.Filter<LedgerEntry & Keyed>);
  await ledger.updateMany(about, { $unset: { note: '' } });
  await ledger.updateMany({ kind: 'turn', ...about }, { $set: { markup: '' } });
  await ledger.updateMany(
    { 'caller.index': { $in: [...indexes] } },
    {
      $unset: { 'caller.index': '', 'caller.sealed': '', 'caller.masked': '' },
    },
  );
  const corrections = collectionOf<Correction & Keyed>(connection, 'corrections');
  await corrections.updateMany({ workerId }, { $unset: { note: '', 'decision.note': '' } });
  return calls.filter((id): id is CallId => typeof id === 'string');
}

/** What he may act as goes; an account that may act as nothing else goes with the name and mail address in it. */
async function dropActs(connection: Connection, workerId: WorkerId): Promise<void> {
  const accounts = collectionOf<Account & Keyed>(connection, 'accounts');
  const sessions = collectionOf<Session & Keyed>(connection, 'sessions');
  const his = { $or: [{ 'acts.workerId': workerId }, { 'offers.acts.workerId': workerId }] };
  for (const account of await accounts.find(his).toArray()) {
    const acts = account.acts.filter((act) => act.workerId !== workerId);
    const offers = account.offers.filter((offer) => offer.acts.every((act) => act.workerId !== workerId));
    if (acts.length + offers.length > 0) await accounts.updateOne({ _id: account._id }, { $set: { acts, offers } });
    else await accounts.deleteOne({ _id: account._id });
    await sessions.deleteMany({ accountId: account.id });
  }
}
