import type { Connection } from 'mongoose';
import type { Kind } from '../src/domain/access.ts';
import type { WorkerId } from '../src/domain/ids.ts';
import type { PhoneRegistration } from '../src/domain/phone.ts';
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

  async function ownerOf(kind: Kind, doc: Doc): Promise<unknown> {
    if (kind === 'firm') return doc._id;
    const own = doc['employerId'] ?? doc['primeId'] ?? doc['firmId'];
    if (own) return own;
    const site = await find('sites', doc['siteId']);
    return (
      site?.['primeId'] ??
      (await find('workers', kind === 'phone' ? firstHolder(doc) : doc['workerId']))?.['employerId']
    );
  }

  async function opened(doc: Doc): Promise<Doc> {
    const [worker] = await workerDocs.open([doc as unknown as WorkerDoc]);
    return { ...worker, _id: doc._id };
  }

  async function asMeant(kind: Kind, id: string, stored: Doc): Promise<Doc> {
    if (kind === 'phone') return registrationAlone(stored, id);
    return kind === 'worker' ? opened(stored) : stored;
  }

  return {
    async snapshot(kind, id) {
      const key = kind === 'phone' ? keyOfPhone(id) : id;
      const stored = await find(COLLECTIONS[kind], key);
      if (!stored) return undefined;
      const doc = await asMeant(kind, id, stored);
      const shown = Object.fromEntries(Object.entries(doc).filter(([name]) => !SECRET.has(name)));
      const firmId = await ownerOf(kind, doc);
      return { shown, ...(typeof firmId === 'string' ? { firmId } : {}) };
    },
  };
}

/** Of a number the one registration that is meant: who had it before or after is another firm's perhaps. */
function registrationAlone(doc: Doc, id: string): Doc {
  return { ...doc, registrations: registrationsOf(doc).filter((one) => one.id === id) };
}

function registrationsOf(doc: Doc): readonly PhoneRegistration[] {
  return (doc['registrations'] as readonly PhoneRegistration[] | undefined) ?? [];
}

/** Whose a telephone is, for its employer's chain. */
function firstHolder(doc: Doc): WorkerId | undefined {
  return registrationsOf(doc)[0]?.workerIds[0];
}

/** The number under which a telephone stands; a list of telephones is none. */
function keyOfPhone(id: string): string | undefined {
  return id.startsWith('phn_') ? id.split('_')[1] : undefined;
}
