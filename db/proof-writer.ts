import mongoose from 'mongoose';
import { openDatabase } from './open-database.ts';
import type { Known } from './proof-ledger.ts';

const LANES = 16;
const DURABLE = { writeConcern: { w: 'majority' as const, j: true } };

/** A document of the proof; `u` is its key in a unique sparse index. */
export interface ProofDocument {
  readonly _id: string;
  readonly u?: string;
}

/** The collection of the proof, with its unique sparse index. */
export async function openProofCollection(client: mongoose.mongo.MongoClient) {
  const collection = client.db().collection<ProofDocument>('proof');
  await collection.createIndex({ u: 1 }, { unique: true, sparse: true });
  return collection;
}

/**
 * Plays the service: opens the database, writes in many lanes until the engine or this process is killed, and says each
 * write before it is sent (`? id key`) and after it is acknowledged (`! id`) or refused (`x id`), for the ledger in another
 * process.
 */
export async function writeUntilKilled({ dataDir, round, say }: WriterOptions): Promise<void> {
  const database = await openDatabase({ engine: 'java', dataDir, progress: () => undefined });
  const client = new mongoose.mongo.MongoClient(database.uri, { serverSelectionTimeoutMS: 1_000, ...DURABLE });
  const collection = await openProofCollection(client);
  const { pid } = await client.db().admin().serverStatus();
  say(`ready ${String(pid)}`);
  const lane = (name: number) => writeLane({ collection, say, prefix: `${round}-${name}` });
  await Promise.race([database.ended, ...Array.from({ length: LANES }, (_, name) => lane(name))]);
  say('over');
}

interface WriterOptions {
  readonly dataDir: string;
  readonly round: number;
  readonly say: (line: string) => void;
}

interface Lane {
  readonly collection: mongoose.mongo.Collection<ProofDocument>;
  readonly say: (line: string) => void;
  readonly prefix: string;
}

/** One lane's documents are its own, so that per document one write is under way at most. */
async function writeLane({ collection, say, prefix }: Lane): Promise<void> {
  const write = async (id: string, state: Known, send: () => Promise<unknown>) => {
    say(`? ${id} ${state === 'absent' ? 'absent' : (state.key ?? 'none')}`);
    await send().catch((error: unknown) => {
      if (error instanceof mongoose.mongo.MongoServerError) say(`x ${id}`);
      throw error;
    });
    say(`! ${id}`);
  };
  for (let n = 0; ; n += 1) {
    const id = `${prefix}-${n}`;
    const key = `k-${id}`;
    await write(id, { key }, () => collection.insertOne({ _id: id, u: key }));
    if (n % 4 === 1) {
      const moved = `${key}-moved`;
      await write(id, { key: moved }, () => collection.updateOne({ _id: id }, { $set: { u: moved } }));
    }
    if (n % 4 === 2) await write(id, { key: undefined }, () => collection.updateOne({ _id: id }, { $unset: { u: 1 } }));
    if (n % 4 === 3) await write(id, 'absent', () => collection.deleteOne({ _id: id }));
  }
}
