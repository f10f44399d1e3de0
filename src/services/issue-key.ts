import { createHash, timingSafeEqual } from 'node:crypto';
import type { Within } from '../domain/reach.ts';
import { mayGrant } from '../domain/account.ts';
import { type ApiKey, type Role, type Scope, type Viewer, scopes as allScopes } from '../domain/api-key.ts';
import type { FirmId, SiteId, WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { Chance, Clock, KeyStore } from '../ports.ts';

const TOUCH_EVERY_MS = 60_000;

export interface NewKey {
  readonly name: string;
  readonly role: Role;
  readonly firmId?: FirmId;
  readonly siteIds?: readonly SiteId[];
  readonly workerId?: WorkerId;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: Date;
}

interface Parts {
  readonly keys: KeyStore;
  readonly clock: Pick<Clock, 'real'>;
  readonly chance: Chance;
  readonly randomBytes: (size: number) => Buffer;
  /** The key of the configuration: operator, every right, cannot be revoked here. */
  readonly firstKey: string;
}

export type KeyService = ReturnType<typeof createKeyService>;

/** Gives out the keys of the admin API, tells who holds one, and revokes them. Only hashes are kept; expiry runs on real time. */
export function createKeyService({ keys, clock, chance, randomBytes, firstKey }: Parts) {
  const firstHash = hashOf(firstKey);
  /** A new key and its secret, which nobody can be shown again. No key grants more than it has. */
  async function issue(
    input: NewKey,
    viewer: Viewer,
  ): Promise<Outcome<{ key: ApiKey; secret: string }, 'not-allowed'>> {
    if (!input.scopes.every((scope) => viewer.scopes.includes(scope))) return refuse('not-allowed', 'scopes');
    if (!mayGrant(viewer, input)) return refuse('not-allowed', 'role');
    const id = chance.id('key');
    const secret = `${id}.${randomBytes(32).toString('hex')}`;
    const key: ApiKey = { id, hash: hashOf(secret), ...input, createdAt: clock.real() };
    if (!(await keys.create(key))) throw new Error('the id of a new key was taken');
    return accept({ key, secret });
  }

  return {
    /** Who holds this secret; read anew each time, so that a revoked key is refused at once. */
    authenticate: async (secret: string): Promise<Viewer | undefined> => {
      const hash = hashOf(secret);
      if (sameHash(hash, firstHash)) {
        return { keyId: 'first', name: 'first key', role: 'operator', scopes: allScopes };
      }
      const id = /^(key_[a-z0-9]{4,40})\./.exec(secret)?.[1];
      const key = id === undefined ? undefined : await keys.find(id);
      if (!key || !sameHash(hash, key.hash) || !isValid(key, clock.real())) return undefined;
      if (isUseNoted(key, clock.real())) return viewerOf(key);
      await keys.touch(key.id, clock.real(), TOUCH_EVERY_MS);
      return viewerOf(key);
    },
    issue,
    /** A new key with the rights of the old one, which is good for a while yet so that nobody stands at a closed door. */
    async rotate(
      id: string,
      graceMinutes: number,
      viewer: Viewer,
    ): Promise<Outcome<{ key: ApiKey; secret: string }, 'not-allowed' | 'not-found'>> {
      const old = await keys.find(id);
      const now = clock.real();
      if (!old || !isValid(old, now)) return refuse('not-found');
      const { hash: _hash, id: _id, createdAt, lastUsedAt: _used, expiresAt, ...rights } = old;
      const life = expiresAt && { expiresAt: new Date(now.getTime() + expiresAt.getTime() - createdAt.getTime()) };
      const issued = await issue({ ...rights, ...life }, viewer);
      const ends = new Date(now.getTime() + graceMinutes * 60_000);
      if (issued.ok) await keys.endBy(id, expiresAt && expiresAt < ends ? expiresAt : ends);
      return issued;
    },
    async revoke(id: string): Promise<Outcome<undefined, 'not-found'>> {
      return (await keys.revoke(id, clock.real())) ? accept(undefined) : refuse('not-found');
    },
    /** Revokes every key within that reach at once; answers how many. */
    revokeAll: (within: Within): Promise<number> => keys.revokeAll(clock.real(), within),
  };
}

/** The time of last use is written at most once a minute for each key, whoever it is used by. */
function isUseNoted({ lastUsedAt }: ApiKey, now: Date): boolean {
  return lastUsedAt !== undefined && now.getTime() - lastUsedAt.getTime() < TOUCH_EVERY_MS;
}

function isValid({ revokedAt, expiresAt }: ApiKey, now: Date): boolean {
  return revokedAt === undefined && (expiresAt === undefined || expiresAt > now);
}

function viewerOf({ id, name, role, scopes, firmId, siteIds, workerId }: ApiKey): Viewer {
  return {
    keyId: id,
    name,
    role,
    scopes,
    ...(firmId ? { firmId } : {}),
    ...(siteIds ? { siteIds } : {}),
    ...(workerId ? { workerId } : {}),
  };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function sameHash(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
}
