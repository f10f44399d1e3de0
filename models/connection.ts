import mongoose, { type Connection } from 'mongoose';

mongoose.set('strictQuery', 'throw');

/** How long an operation may wait for a server before the caller hears that nothing could be kept. */
const PATIENCE_MS = 2000;

/**
 * Opens one connection. Nothing is registered globally; writes are acknowledged by a majority and journaled, so "stored"
 * means on disk; an unreachable server answers with an error after two seconds instead of a queue.
 */
export async function connect(uri: string, poolSize = 32): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    maxPoolSize: poolSize,
    serverSelectionTimeoutMS: PATIENCE_MS,
    connectTimeoutMS: PATIENCE_MS,
    waitQueueTimeoutMS: PATIENCE_MS,
    retryWrites: false,
    writeConcern: { w: 'majority', journal: true },
  });
  await connection.asPromise();
  return connection;
}

/** The duplicate-key error of every engine: a natural key that stands already. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 11000;
}

/** Waits for a write; a duplicate key means that somebody else's write of the same thing, or a newer one, stands. */
export async function toleratingDuplicates(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}
