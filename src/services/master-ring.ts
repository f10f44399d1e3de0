import type { KeyEncryptionKey, KeyRing } from '../ports-keys.ts';

/** The ring of an installation that has never changed its key-encryption key: one key, derived from the master key. */
export function createMasterRing(master: KeyEncryptionKey): KeyRing {
  return {
    current: () => Promise.resolve(master),
    find: (id) => Promise.resolve(id === master.id ? master : undefined),
  };
}
