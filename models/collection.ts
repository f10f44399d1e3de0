import type { Connection, mongo } from 'mongoose';
import type { Within } from '../src/domain/reach.ts';
import type { Page, PageRequest } from '../src/ports.ts';
import { isDuplicateKey } from './connection.ts';

/** Documents under natural keys of text. */
export interface Keyed {
  readonly _id: string;
}

/** The driver's own collection on our connection: for append-only and derived documents, which need bulk writes and no casting. */
export function collectionOf<T extends Keyed>(connection: Connection, name: string): mongo.Collection<T> {
  if (!connection.db) throw new Error('the connection is not open');
  return connection.db.collection<T>(name);
}

/** What is asked for, as far as the asker's reach goes; joined by `$and`, so that neither can overwrite the other. */
export function narrowed(wanted: object, within: Within): object {
  return within === 'everything' ? wanted : { $and: [wanted, within] };
}

/** In which order a list is read: a field, its direction, and how its value is written in a cursor. */
export interface Order {
  readonly field: string;
  readonly direction: 1 | -1;
  readonly read: (text: string) => unknown;
}

/** One page of a list ordered by a field and then by key; the cursor holds both, so that nothing is skipped or shown twice. */
export async function keysetPage<T extends Keyed>(
  collection: mongo.Collection<T>,
  filter: Record<string, unknown>,
  order: Order,
  { limit, after, within }: PageRequest,
): Promise<Page<mongo.WithId<T>>> {
  const { field, direction } = order;
  const wanted = { ...filter, ...(after === undefined ? {} : beyond(order, after)) };
  const found = await collection
    .find(narrowed(wanted, within) as mongo.Filter<T>)
    .sort({ [field]: direction, _id: direction })
    .limit(limit + 1)
    .toArray();
  const items = found.slice(0, limit);
  const last = items.at(-1) as (Record<string, unknown> & Keyed) | undefined;
  return found.length > limit && last ? { items, next: `${cursorText(last[field])}|${last._id}` } : { items };
}

function beyond({ field, direction, read }: Order, after: string): object {
  const cut = after.indexOf('|');
  const value = read(after.slice(0, cut));
  const past = direction === 1 ? '$gt' : '$lt';
  return { $or: [{ [field]: { [past]: value } }, { [field]: value, _id: { [past]: after.slice(cut + 1) } }] };
}

function cursorText(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

/** Writes each document whole under its key. */
export async function replaceAll<T extends Keyed>(collection: mongo.Collection<T>, docs: readonly T[]): Promise<void> {
  if (docs.length === 0) return;
  const writes = docs.map(({ _id, ...rest }) => ({
    replaceOne: { filter: { _id }, replacement: rest, upsert: true },
  })) as unknown as mongo.AnyBulkWriteOperation<T>[];
  await inChunks(writes, (chunk) => collection.bulkWrite(chunk, { ordered: false }));
}

/** So many documents are written by one command at most. */
const CHUNK = 16;

/**
 * Writes many documents some at a time. One long command would hold up the calls that are being recorded meanwhile: the embedded
 * engine syncs between commands and not within one.
 */
export async function inChunks<T>(items: readonly T[], write: (chunk: T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += CHUNK) await write(items.slice(from, from + CHUNK));
}

/** So many new documents are inserted by one command, and so many commands at once: most of what the engine can do, in pieces of a few milliseconds. */
const INSERTS = { docs: 128, atOnce: 4 };

/** Inserts documents whose keys may be taken; answers the keys of those that are new. */
export async function insertMany<T extends Keyed>(
  collection: mongo.Collection<T>,
  docs: readonly T[],
): Promise<ReadonlySet<string>> {
  const fresh = new Set<string>();
  const chunks = Array.from({ length: Math.ceil(docs.length / INSERTS.docs) }, (_, place) =>
    docs.slice(place * INSERTS.docs, (place + 1) * INSERTS.docs),
  ).values();
  const runner = async () => {
    for (const chunk of chunks) for (const key of await insertChunk(collection, chunk)) fresh.add(key);
  };
  await Promise.all(Array.from({ length: INSERTS.atOnce }, runner));
  return fresh;
}

/** In order, so that a taken key divides what stands from what was not tried yet. */
async function insertChunk<T extends Keyed>(
  collection: mongo.Collection<T>,
  chunk: readonly T[],
): Promise<readonly string[]> {
  if (chunk.length === 0) return [];
  try {
    await collection.insertMany(chunk as unknown as mongo.OptionalUnlessRequiredId<T>[], { ordered: true });
    return chunk.map(({ _id }) => _id);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const stands = firstFailure(error);
    const rest = await insertChunk(collection, chunk.slice(stands + 1));
    return [...chunk.slice(0, stands).map(({ _id }) => _id), ...rest];
  }
}

/** Where an insert in order stopped; the count of what was inserted is wrong on one engine. */
function firstFailure(error: unknown): number {
  const { writeErrors } = error as { readonly writeErrors?: readonly { readonly index: number }[] };
  const [first] = writeErrors ?? [];
  if (first === undefined) throw error;
  return first.index;
}
