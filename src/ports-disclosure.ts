import type { Disclosure, ProxyConsent } from './domain/disclosure.ts';
import type { WorkerId } from './domain/ids.ts';
import type { Register } from './ports.ts';

export type DisclosureStore = Register<Disclosure, WorkerId>;

export type ConsentStore = Register<ProxyConsent, string>;
