import type { Connection } from 'mongoose';
import type { ThingStore } from '../src/ports-audit.ts';
import { type Keyed, collectionOf } from './collection.ts';
import { type WorkerDoc, createWorkerDocs } from './worker-docs.ts';
import type { PersonVault } from '../src/ports-keys.ts';
import { COLLECTIONS } from './relation-store.ts';

/** What never leaves the database, not even into the audit. */
const SECRET = new Set([
  '_id',
  'rev',
  'hash',
  'sealed',
  'passwordHash',
  'securityCodeHash',
  'recoveryHashes',
  'offers',
]);

type Doc = Keyed & Readonly<Record<string, unknown>>;

/** Reads any thing as it stands. */
export function createThingStore(connection: Connection, vault: PersonVault): ThingStore {
  const workerDocs = createWorkerDocs(vault);
  const find = (collection: string, id: unknown) =>
    typeof id === 'string' ? collectionOf<Doc>(connection, collection).findOne({ _id: id }) : Promise.resolve(null);

  async function ownerOf(doc: Doc): Promise<unknown> {
    const own = doc['employerId'] ?? doc['primeId'] ?? doc['firmId'];
    if (own) return own;
    const site = await find('sites', doc['siteId']);
    return site?.['primeId'] ?? (await find('workers', doc['workerId']))?.['employerId'];
  }

  async function opened(doc: Doc): Promise<Doc> {
    const [worker] = await workerDocs.open([doc as unknown as WorkerDoc]);
    return { ...worker, _id: doc._id };
  }

  return {
    async snapshot(kind, id) {
      const key = kind === 'phone' ? keyOfPhone(id) : id;
      const stored = await find(COLLECTIONS[kind], key);
      if (!stored) return undefined;
      const doc = kind === 'worker' ? await opened(stored) : stored;
      const shown = Object.fromEntries(Object.entries(doc).filter(([name]) => !SECRET.has(name)));
      const firmId = kind === 'firm' ? doc._id : await ownerOf(doc);
      return { shown, ...(typeof firmId === 'string' ? { firmId } : {}) };
    },
  };
}

/** The number under which a telephone stands; a list of telephones is none. */
function keyOfPhone(id: string): string | undefined {
  return id.startsWith('phn_') ? id.split('_')[1] : undefined;
}
