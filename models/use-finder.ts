import type { Connection, mongo } from 'mongoose';
import type { UseFinder } from '../src/ports-imports.ts';
import { type Keyed, collectionOf } from './collection.ts';

type Place = readonly [collection: string, field: string];

/** Where a worker stands who is of use to somebody; heads are also of whoever came along on another's call. */
const OF_WORKERS: readonly Place[] = [
  ['ledger', 'workerId'],
  ['heads', '_id'],
  ['plans', 'workerIds'],
  ['corrections', 'workerId'],
  ['sites', 'siteManagerIds'],
  ['merges', 'keptId'],
  ['merges', 'otherId'],
  ['disclosures', '_id'],
  ['agentApplications', 'workerId'],
  ['accounts', 'acts.workerId'],
  ['accounts', 'offers.acts.workerId'],
  ['apiKeys', 'workerId'],
];
const OF_FIRMS: readonly Place[] = [
  ['workers', 'employments.firmId'],
  ['workers', 'employerId'],
  ['firms', 'usualUpperId'],
  ['sites', 'primeId'],
  ['phoneNumbers', 'registrations.upperFirmId'],
  ['phoneNumbers', 'registrations.upperFirms.firmId'],
  ['proxyConsents', 'employerId'],
  ['proxyConsents', 'proxyFirmId'],
  ['agentApplications', 'agentFirmId'],
  ['agentApplications', 'firmId'],
  ['agentApplications', 'employerId'],
  ['accounts', 'acts.firmId'],
  ['accounts', 'offers.acts.firmId'],
  ['apiKeys', 'firmId'],
];

/** Finds what refers to workers and firms, in every collection that may: asked before something is taken away. */
export function createUseFinder(connection: Connection): UseFinder {
  const find = async (collection: string, field: string, ids: readonly string[]): Promise<readonly unknown[]> => {
    const docs = collectionOf<Keyed>(connection, collection);
    const where = { [field]: { $in: [...ids] } } as mongo.Filter<Keyed>;
    const found = await docs.find(where, { projection: { [field]: 1 } }).toArray();
    return found.flatMap((doc) => valuesAt(doc, field.split('.')));
  };
  const among = async (ids: readonly string[], places: readonly Place[]) => {
    const wanted = new Set<unknown>(ids);
    const used = new Set<string>();
    if (ids.length === 0) return used;
    for (const [collection, field] of places) {
      for (const value of await find(collection, field, ids)) if (wanted.has(value)) used.add(String(value));
    }
    return used;
  };
  return { ofWorkers: (ids) => among(ids, OF_WORKERS), ofFirms: (ids) => among(ids, OF_FIRMS) };
}

function valuesAt(value: unknown, [field, ...rest]: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesAt(one, field === undefined ? [] : [field, ...rest]));
  if (field === undefined) return [value];
  return value !== null && typeof value === 'object' ? valuesAt((value as Record<string, unknown>)[field], rest) : [];
}
