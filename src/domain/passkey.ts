import type { AccountId } from './account.ts';

/** A key pair of one person's device; the service knows the public half alone. One person may have several. */
export interface Passkey {
  /** As the device calls it, base64url. */
  readonly id: string;
  readonly accountId: AccountId;
  /** What its owner calls it. */
  readonly name: string;
  /** COSE, base64url. */
  readonly publicKey: string;
  /** How often the device has signed; zero for ever where it does not count. */
  readonly counter: number;
  /** Kept by its maker on several devices. */
  readonly isSynced: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt?: Date;
}

/** What a device is asked to sign: good once, for one purpose, for some minutes. */
export interface Challenge {
  /** The hash of it. */
  readonly id: string;
  readonly purpose: 'register' | 'sign-in';
  /** Who wants to register a passkey. */
  readonly accountId?: AccountId;
  readonly expiresAt: Date;
}
