import type { FirmId, SiteId, WorkerId } from './ids.ts';

/** Who a key or a person acts as. What the roles beside operator and auditor may see is narrower; until a table says what, nothing. */
export const roles = [
  'operator',
  'firm-responsible',
  'hierarchy-manager',
  'site-manager',
  'registration-officer',
  'auditor',
  'worker',
] as const;
export type Role = (typeof roles)[number];

/** What a key may be used for: reading, changing registers and records, giving out further keys. */
export const scopes = ['read', 'write', 'keys'] as const;
export type Scope = (typeof scopes)[number];

/** Whoever asks, after the key was recognised. */
export interface Viewer {
  readonly keyId: string;
  readonly name: string;
  readonly role: Role;
  readonly scopes: readonly Scope[];
  readonly firmId?: FirmId;
  readonly siteIds?: readonly SiteId[];
  readonly workerId?: WorkerId;
  /** A person who signed in, and not a program with a key. */
  readonly isPerson?: boolean;
}

/** A key of the admin API at rest: the SHA-256 of its secret, never the secret. */
export interface ApiKey {
  readonly id: string;
  readonly hash: string;
  readonly name: string;
  readonly role: Role;
  readonly firmId?: FirmId;
  readonly siteIds?: readonly SiteId[];
  readonly workerId?: WorkerId;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly expiresAt?: Date;
  readonly revokedAt?: Date;
  readonly lastUsedAt?: Date;
}
