import { z } from 'zod';
import { seesEverything } from './access.ts';
import type { Role, Scope, Viewer } from './api-key.ts';
import type { FirmId, SiteId, WorkerId } from './ids.ts';
import { present } from './present.ts';

/** An account's id is made from the keyed hash of its mail address: one address is one account. */
export const AccountId = z
  .string()
  .regex(/^acc_[a-f0-9]{32}$/)
  .brand<'AccountId'>();
export type AccountId = z.infer<typeof AccountId>;

/** What a person may act as: a role, and for whom. One person may have several. */
export interface Act {
  readonly role: Role;
  readonly firmId?: FirmId;
  readonly siteIds?: readonly SiteId[];
  readonly workerId?: WorkerId;
}

/** An invitation to act for somebody; the token is handed to the person, its hash is kept. */
export interface Offer {
  readonly hash: string;
  readonly expiresAt: Date;
  readonly acts: readonly Act[];
  /** The name by which he was invited, sealed; absent in offers of before. */
  readonly sealedName?: string;
}

/** How long an invitation may be answered. */
export const INVITATION_MS = 7 * 24 * 3_600_000;

/** A person with a password. Name and mail address are sealed; of secrets there are hashes only. */
export interface Account {
  readonly id: AccountId;
  readonly sealed: string;
  readonly acts: readonly Act[];
  /** What was offered and not answered yet. Whoever opens an account has not shown to the other firms that it is he whom they mean. */
  readonly offers: readonly Offer[];
  /** `invited`: nobody has answered yet; `first-login`: the password is the initial one. */
  readonly state: 'invited' | 'first-login' | 'active' | 'ended';
  readonly passwordHash?: string;
  readonly securityCodeHash?: string;
  readonly recoveryHashes: readonly string[];
  readonly createdAt: Date;
}

/** A sign-in: found by the hash of what the cookie holds. */
export interface Session {
  readonly id: string;
  readonly accountId: AccountId;
  /** What the person acts as in this session. */
  readonly act: Act;
  /** Signed in with the initial password: good for setting a new one only. */
  readonly first: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  /** When the person last showed who he is: exports and deletions want that lately. */
  readonly provenAt: Date;
  readonly expiresAt: Date;
}

/** What a person may do by himself, by his role. */
export function scopesOf(role: Role): readonly Scope[] {
  if (role === 'operator') return ['read', 'write', 'keys'];
  if (role === 'firm-responsible') return ['read', 'write', 'keys'];
  return role === 'auditor' ? ['read'] : ['read', 'write'];
}

/** A person as one who asks: in one of his acts, the first where none is said. */
export function personViewer({ id, acts }: Pick<Account, 'id' | 'acts'>, act: Act | undefined = acts[0]): Viewer {
  const { role, firmId, siteIds, workerId } = act ?? { role: 'worker' as const };
  return {
    keyId: id,
    name: 'account',
    isPerson: true,
    role,
    scopes: scopesOf(role),
    ...present({ firmId, siteIds, workerId }),
  };
}

/** Whether somebody can sign in with this account at all. */
export function isOpen({ state }: Pick<Account, 'state'>): boolean {
  return state === 'first-login' || state === 'active';
}

export function sameAct(a: Act, b: Act): boolean {
  return a.role === b.role && a.firmId === b.firmId && a.workerId === b.workerId;
}

/** Whether somebody may give out this role: whoever is a firm's gives rights of that firm alone, and at no more sites than his own. */
export function mayGrant(viewer: Viewer, act: Act): boolean {
  if (seesEverything(viewer)) return true;
  const { siteIds } = viewer;
  const sites = siteIds === undefined || (act.siteIds !== undefined && act.siteIds.every((id) => siteIds.includes(id)));
  return act.role !== 'operator' && act.firmId !== undefined && act.firmId === viewer.firmId && sites;
}
