import type { Connection } from 'mongoose';
import type { Disclosure, ProxyConsent } from '../src/domain/disclosure.ts';
import type { WorkerId } from '../src/domain/ids.ts';
import type { ConsentStore, DisclosureStore } from '../src/ports-disclosure.ts';
import { createRegister } from './register.ts';

/** What workers and employers disclose, by worker. */
export function createDisclosureStore(connection: Connection): DisclosureStore {
  const keyOf = ({ workerId }: Disclosure) => workerId;
  return createRegister<Disclosure, WorkerId>({ connection, collection: 'disclosures', keyOf });
}

export const consentIndexes = [
  { key: { employerId: 1 }, name: 'employer' },
  { key: { proxyFirmId: 1 }, name: 'proxy' },
];

/** Which firm lets which other one act for it. */
export function createConsentStore(connection: Connection): ConsentStore {
  return createRegister<ProxyConsent, string>({ connection, collection: 'proxyConsents', keyOf: ({ id }) => id });
}
