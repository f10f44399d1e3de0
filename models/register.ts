import type { Connection, mongo } from 'mongoose';
import type { Page, PageRequest, Register, Revised } from '../src/ports.ts';
import { type Keyed, collectionOf, inChunks, insertMany, narrowed } from './collection.ts';
import { isDuplicateKey } from './connection.ts';

/** A document of a register: the value whole, its key once more as `_id`, and the revision for compare-and-set. */
export type RegisterDoc<T> = T & Keyed & { readonly rev: number };

interface Place<T, Id extends string> {
  readonly connection: Connection;
  readonly collection: string;
  readonly keyOf: (value: T) => Id;
}

/** So many documents come at once where all are gone through. */
const SCAN = 500;

/** A register, and beside it a page of the values that fit a filter. */
export interface FilteredRegister<T, Id extends string> extends Register<T, Id> {
  readonly pageWhere: (filter: Readonly<Record<string, unknown>>, request: PageRequest) => Promise<Page<T>>;
}

/** A register of things with an id in one collection; what is created twice is refused by `_id` alone. */
export function createRegister<T extends object, Id extends string>({
  connection,
  collection,
  keyOf,
}: Place<T, Id>): FilteredRegister<T, Id> {
  const docs = collectionOf<RegisterDoc<T>>(connection, collection);
  const pageWhere = (filter: object, request: PageRequest) => pageOf(docs, filter, request);
  return {
    ...forViewers<T, Id>(docs),
    async create(value) {
      const doc = { ...value, _id: keyOf(value), rev: 1 };
      try {
        await docs.insertOne(doc as unknown as mongo.OptionalUnlessRequiredId<RegisterDoc<T>>);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async createMany(values) {
      const fresh = values.map((value) => ({ ...value, _id: keyOf(value), rev: 1 }));
      return (await insertMany(docs as unknown as mongo.Collection<Keyed>, fresh)) as ReadonlySet<Id>;
    },
    removeMany: (ids, rev) => inChunks(ids, ($in) => docs.deleteMany(where<T>({ _id: { $in }, rev }))),
    async findRevised(ids) {
      if (ids.length === 0) return [];
      const found = await docs.find(where<T>({ _id: { $in: ids } })).toArray();
      return found.map((doc) => readDoc<T>(doc));
    },
    async *all() {
      for await (const doc of docs.find({}, { batchSize: SCAN })) yield readDoc<T>(doc).value;
    },
    async find(id) {
      const doc = await docs.findOne(where<T>({ _id: id }));
      return doc ? readDoc<T>(doc) : undefined;
    },
    async findMany(ids) {
      if (ids.length === 0) return [];
      const found = await docs.find(where<T>({ _id: { $in: ids } })).toArray();
      return found.map((doc) => readDoc<T>(doc).value);
    },
    async replace(value, rev) {
      const next = { ...value, rev: rev + 1 } as unknown as mongo.WithoutId<RegisterDoc<T>>;
      const { matchedCount } = await docs.replaceOne(where<T>({ _id: keyOf(value), rev }), next);
      return matchedCount === 1;
    },
    page: (request) => pageWhere({}, request),
    pageWhere,
  };
}

function forViewers<T, Id extends string>(
  docs: mongo.Collection<RegisterDoc<T>>,
): Pick<Register<T, Id>, 'findWithin' | 'findManyWithin'> {
  return {
    async findWithin(id, within) {
      const doc = await docs.findOne(where<T>(narrowed({ _id: id }, within)));
      return doc ? readDoc<T>(doc).value : undefined;
    },
    async findManyWithin(ids, within) {
      if (ids.length === 0) return [];
      const found = await docs.find(where<T>(narrowed({ _id: { $in: ids } }, within))).toArray();
      return found.map((doc) => readDoc<T>(doc).value);
    },
  };
}

async function pageOf<T>(
  docs: mongo.Collection<RegisterDoc<T>>,
  filter: object,
  { limit, after, within }: PageRequest,
): Promise<Page<T>> {
  const beyond = after === undefined ? {} : { _id: { $gt: after } };
  const wanted = { ...filter, ...beyond };
  const query = docs.find(where<T>(narrowed(wanted, within))).sort({ _id: 1 });
  const found = await query.limit(limit + 1).toArray();
  const items = found.slice(0, limit);
  const last = items.at(-1) as Keyed | undefined;
  const values = items.map((doc) => readDoc<T>(doc).value);
  return found.length > limit && last ? { items: values, next: last._id } : { items: values };
}

function where<T>(filter: object): mongo.Filter<RegisterDoc<T>> {
  return filter;
}

function readDoc<T>(doc: unknown): Revised<T> {
  const { _id, rev, ...value } = doc as RegisterDoc<T>;
  return { value: value as unknown as T, rev };
}
