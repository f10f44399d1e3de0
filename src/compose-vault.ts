import type { Connection } from 'mongoose';
import { createDataKeyStore } from '../models/data-key-store.ts';
import type { Clock } from './ports.ts';
import type { KeyRing } from './ports-keys.ts';
import { createMasterRing } from './services/master-ring.ts';
import type { MasterCipher } from './services/number-cipher.ts';
import { createPersonVault } from './services/person-vault.ts';
import { createWordKeeper } from './services/word-keeper.ts';

/** What personal data is kept with. */
export interface VaultGround {
  readonly cipher: MasterCipher;
  readonly clock: Pick<Clock, 'real'>;
  readonly randomBytes: (size: number) => Buffer;
  /** Absent: the key of the master key alone. */
  readonly ring?: KeyRing;
}

/** The data keys of one database and the vault that uses them. */
export function openVault(connection: Connection, { cipher, clock, randomBytes, ...given }: VaultGround) {
  const dataKeys = createDataKeyStore(connection);
  const ring = given.ring ?? createMasterRing(cipher.firstKek());
  const vault = createPersonVault({ keys: dataKeys, ring, randomBytes, realMs: () => clock.real().getTime() });
  return { dataKeys, ring, vault, words: createWordKeeper(vault, cipher) };
}
