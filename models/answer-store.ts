import type { Connection, mongo } from 'mongoose';
import type { AnswerStore, Claim, StoredAnswer } from '../src/domain/stored-answer.ts';
import type { Clock, TextSealer } from '../src/ports.ts';
import { type Keyed, collectionOf } from './collection.ts';
import { isDuplicateKey } from './connection.ts';

/** How long a repeated request is answered with what the first one was answered. */
const KEEP_MS = 24 * 3600_000;
/** After which a claim without an answer belongs to a process that died. */
const ABANDONED_MS = 60_000;

type AnswerDoc = Keyed & {
  readonly fence: number;
  readonly startedAt: Date;
  /** Hash of the request and its answer, sealed: both may hold telephone numbers. */
  readonly sealed: string;
  readonly answered: boolean;
};

interface Kept {
  readonly requestHash: string;
  readonly answer?: StoredAnswer;
}

/** An answer store whose old entries are dropped from time to time. */
export interface SweptAnswerStore extends AnswerStore {
  /** Drops what is older than a day; nothing relies on it but the size of the collection. */
  sweep(): Promise<void>;
  /** Takes away what answers say that name somebody who is deleted: repeated, they are told that it was shown once. */
  blankNaming(marks: readonly string[]): Promise<void>;
}

interface Parts {
  readonly connection: Connection;
  readonly sealer: TextSealer;
  readonly clock: Pick<Clock, 'real'>;
}

/** Answers under idempotency keys, for a day. */
export function createAnswerStore({ connection, sealer, clock }: Parts): SweptAnswerStore {
  const docs = collectionOf<AnswerDoc>(connection, 'answers');
  const seal = (kept: Kept): string => sealer.sealText(JSON.stringify(kept));
  const open = (doc: AnswerDoc): Kept => JSON.parse(sealer.openText(doc.sealed)) as Kept;
  const begun = (requestHash: string) => ({ startedAt: clock.real(), sealed: seal({ requestHash }), answered: false });
  return {
    async claim(key, requestHash) {
      const inserted = await insertOnce(docs, { _id: key, fence: 1, ...begun(requestHash) });
      if (inserted) return { state: 'ours', fence: 1 };
      const doc = await docs.findOne({ _id: key });
      if (!doc) return { state: 'running', requestHash };
      if (!isOver(doc, clock.real())) return claimOf(open(doc));
      const fence = doc.fence + 1;
      const taken = await docs.updateOne({ _id: key, fence: doc.fence }, { $set: { fence, ...begun(requestHash) } });
      return taken.matchedCount === 1 ? { state: 'ours', fence } : { state: 'running', requestHash };
    },
    async keep(key, fence, answer) {
      const doc = await docs.findOne({ _id: key, fence });
      if (!doc) return;
      const sealed = seal({ requestHash: open(doc).requestHash, answer });
      await docs.updateOne({ _id: key, fence }, { $set: { sealed, answered: true } });
    },
    async release(key, fence) {
      await docs.deleteOne({ _id: key, fence, answered: false });
    },
    async blankNaming(marks) {
      for await (const doc of docs.find({ answered: true })) {
        const { requestHash, answer } = open(doc);
        if (!answer || !marks.some((mark) => answer.body?.includes(mark))) continue;
        const { body: _body, ...rest } = answer;
        await docs.updateOne(
          { _id: doc._id, fence: doc.fence },
          { $set: { sealed: seal({ requestHash, answer: rest }) } },
        );
      }
    },
    async sweep() {
      await docs.deleteMany({ startedAt: { $lt: new Date(clock.real().getTime() - KEEP_MS) } });
    },
  };
}

function isOver({ answered, startedAt }: AnswerDoc, now: Date): boolean {
  return now.getTime() - startedAt.getTime() > (answered ? KEEP_MS : ABANDONED_MS);
}

function claimOf({ requestHash, answer }: Kept): Claim {
  return answer ? { state: 'answered', requestHash, answer } : { state: 'running', requestHash };
}

async function insertOnce(docs: mongo.Collection<AnswerDoc>, doc: AnswerDoc): Promise<boolean> {
  try {
    await docs.insertOne(doc);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
