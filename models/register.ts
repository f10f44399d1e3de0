import type { Connection, mongo } from 'mongoose';
import type { Within } from '../src/domain/reach.ts';
import type { Page, PageRequest, Register, Revised } from '../src/ports.ts';
import { type Keyed, collectionOf, inChunks, insertMany, narrowed } from './collection.ts';
import { isDuplicateKey } from './connection.ts';

/** A document of a register: the value whole, its key once more as `_id`, and the revision for compare-and-set. */
export type RegisterDoc<T> = T & Keyed & { readonly rev: number };

interface Place<T, Id extends string> {
  readonly connection: Connection;
  readonly collection: string;
  readonly keyOf: (value: T) => Id;
  /** How values are written and read, where not as they are. */
  readonly docs?: ValueDocs<T>;
}

/** Turns values into what is stored of them and back, in their order. */
export interface ValueDocs<T> {
  readonly seal: (values: readonly T[]) => Promise<readonly object[]>;
  /** How values are written that have never been there, where that is less work. */
  readonly sealNew?: (values: readonly T[]) => Promise<readonly object[]>;
  readonly open: (docs: readonly RegisterDoc<T>[]) => Promise<readonly T[]>;
}

/** So many documents come at once where all are gone through. */
const SCAN = 500;

/** A register, and beside it a page of the values that fit a filter. */
export interface FilteredRegister<T, Id extends string> extends Register<T, Id> {
  readonly pageWhere: (filter: Readonly<Record<string, unknown>>, request: PageRequest) => Promise<Page<T>>;
}

/** A register of things with an id in one collection; what is created twice is refused by `_id` alone. */
export function createRegister<T extends object, Id extends string>(place: Place<T, Id>): FilteredRegister<T, Id> {
  const docs = collectionOf<RegisterDoc<T>>(place.connection, place.collection);
  return { ...createReadings<T, Id>(docs, place), ...createWritings<T, Id>(docs, place) };
}

type Docs<T> = mongo.Collection<RegisterDoc<T>>;
type Writings = 'create' | 'createMany' | 'removeMany' | 'replace';

function createWritings<T extends object, Id extends string>(
  docs: Docs<T>,
  { keyOf, docs: { seal, sealNew = seal } = asTheyAre() }: Place<T, Id>,
): Pick<Register<T, Id>, Writings> {
  return {
    async create(value) {
      const [stored] = await seal([value]);
      const doc = { ...stored, _id: keyOf(value), rev: 1 };
      try {
        await docs.insertOne(doc as unknown as mongo.OptionalUnlessRequiredId<RegisterDoc<T>>);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async createMany(values) {
      const stored = await sealNew(values);
      const fresh = values.map((value, place) => ({ ...stored[place], _id: keyOf(value), rev: 1 }));
      return (await insertMany(docs as unknown as mongo.Collection<Keyed>, fresh)) as ReadonlySet<Id>;
    },
    removeMany: (ids, rev) => inChunks(ids, ($in) => docs.deleteMany(where<T>({ _id: { $in }, rev }))),
    async replace(value, rev) {
      const [stored] = await seal([value]);
      const next = { ...stored, rev: rev + 1 } as unknown as mongo.WithoutId<RegisterDoc<T>>;
      const { matchedCount } = await docs.replaceOne(where<T>({ _id: keyOf(value), rev }), next);
      return matchedCount === 1;
    },
  };
}

function createReadings<T extends object, Id extends string>(
  docs: Docs<T>,
  { docs: { open } = asTheyAre() }: Place<T, Id>,
): Omit<FilteredRegister<T, Id>, Writings> {
  const findRevised = async (ids: readonly Id[]): Promise<readonly Revised<T>[]> => {
    if (ids.length === 0) return [];
    const found = asDocs<T>(await docs.find(where<T>({ _id: { $in: ids } })).toArray());
    const values = await open(found);
    return values.map((value, place) => ({ value, rev: found[place]?.rev ?? 0 }));
  };
  const findManyWithin = async (ids: readonly Id[], within: Within): Promise<readonly T[]> => {
    if (ids.length === 0) return [];
    return open(asDocs<T>(await docs.find(where<T>(narrowed({ _id: { $in: ids } }, within))).toArray()));
  };
  const pageWhere = async (filter: object, request: PageRequest) => {
    const { items, ...page } = await pageOf(docs, filter, request);
    return { ...page, items: await open(items) };
  };
  return {
    findRevised,
    async *all() {
      let some: RegisterDoc<T>[] = [];
      for await (const doc of docs.find({}, { batchSize: SCAN })) {
        some.push(doc as unknown as RegisterDoc<T>);
        if (some.length < SCAN) continue;
        yield* await open(some);
        some = [];
      }
      yield* await open(some);
    },
    find: async (id) => (await findRevised([id]))[0],
    findMany: async (ids) => (await findRevised(ids)).map(({ value }) => value),
    findWithin: async (id, within) => (await findManyWithin([id], within))[0],
    findManyWithin,
    page: (request) => pageWhere({}, request),
    pageWhere,
  };
}

async function pageOf<T>(
  docs: mongo.Collection<RegisterDoc<T>>,
  filter: object,
  { limit, after, within }: PageRequest,
): Promise<Page<RegisterDoc<T>>> {
  const beyond = after === undefined ? {} : { _id: { $gt: after } };
  const wanted = { ...filter, ...beyond };
  const query = docs.find(where<T>(narrowed(wanted, within))).sort({ _id: 1 });
  const found = await query.limit(limit + 1).toArray();
  const items = asDocs<T>(found.slice(0, limit));
  const last = items.at(-1);
  return found.length > limit && last ? { items, next: last._id } : { items };
}

function where<T>(filter: object): mongo.Filter<RegisterDoc<T>> {
  return filter;
}

function asDocs<T>(found: readonly unknown[]): readonly RegisterDoc<T>[] {
  return found as readonly RegisterDoc<T>[];
}

function asTheyAre<T extends object>(): ValueDocs<T> {
  return {
    seal: (values) => Promise.resolve(values),
    open: (docs) => Promise.resolve(docs.map(({ _id, rev: _rev, ...value }) => value as unknown as T)),
  };
}
