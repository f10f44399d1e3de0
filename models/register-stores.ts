import type { Connection } from 'mongoose';
import type { PersonVault, WordKeeper } from '../src/ports-keys.ts';
import { createAccountStore, createSessionStore } from './account-store.ts';
import { createAgentApplicationStore } from './agent-application-store.ts';
import { createAuditStore } from './audit-store.ts';
import { createCallRecordStore } from './call-record-store.ts';
import { createCatalogStore } from './catalog-store.ts';
import { createChangeLog } from './change-log.ts';
import { createCodeStore } from './code-store.ts';
import { createDepartureStore } from './departure-store.ts';
import { createHiringStore } from './hiring-store.ts';
import { createCopyStore } from './copy-store.ts';
import { createConsentStore, createDisclosureStore } from './disclosure-store.ts';
import { createFirmStore } from './firm-store.ts';
import { createLookStore } from './look-store.ts';
import { createKeyStore } from './key-store.ts';
import { createLineStore } from './line-store.ts';
import { createMergeStore } from './merge-store.ts';
import { createPinStore } from './pin-store.ts';
import { createPlanStore } from './plan-store.ts';
import { createPasskeyStore } from './passkey-store.ts';
import { createEmployerFinder } from './person-traces.ts';
import { createPhoneStore } from './phone-store.ts';
import { createRelationStore } from './relation-store.ts';
import { createSiteStore } from './site-store.ts';
import { createThingStore } from './thing-store.ts';
import { createWorkerStore } from './worker-store.ts';

interface Vault {
  readonly vault: PersonVault;
  readonly words: WordKeeper;
}

/** All stores of the registers on one connection. */
export function createRegisterStores(connection: Connection, { vault, words }: Vault) {
  return {
    vault,
    words,
    firms: createFirmStore(connection),
    workers: createWorkerStore(connection, vault),
    sites: createSiteStore(connection),
    lines: createLineStore(connection),
    phones: createPhoneStore(connection),
    keys: createKeyStore(connection),
    accounts: createAccountStore(connection),
    sessions: createSessionStore(connection),
    passkeys: createPasskeyStore(connection),
    relations: createRelationStore(connection),
    disclosures: createDisclosureStore(connection),
    consents: createConsentStore(connection),
    copies: createCopyStore(connection, 'insuranceCopies'),
    hirings: createHiringStore(connection),
    certificates: createCopyStore(connection, 'certificateImages'),
    photos: createCopyStore(connection, 'facePhotos'),
    audit: createAuditStore(connection),
    employers: createEmployerFinder(connection),
    things: createThingStore(connection, vault),
    agentApplications: createAgentApplicationStore(connection),
    looks: createLookStore(connection),
    codes: createCodeStore(connection),
    pins: createPinStore(connection),
    merges: createMergeStore(connection, vault),
    departures: createDepartureStore(connection),
    plans: createPlanStore(connection),
    callers: createCallRecordStore(connection),
    changeLog: createChangeLog(connection),
    catalogVersions: createCatalogStore(connection),
  };
}
