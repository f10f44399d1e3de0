import { createHash, timingSafeEqual } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { createPlaces, startTimer } from './limited-places.ts';

/** argon2id, about 50 ms: what people choose or type must cost something to guess. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** One at a time: the machine's threads are there for calls first. */
const enter = createPlaces({ places: 1, line: 50, waitMs: 10_000, startTimer });

/** The slow hash of a password or code; undefined when too many wait for theirs. */
export async function hashSlowly(secret: string): Promise<string | undefined> {
  return inPlace(() => hash(secret, COST));
}

/** Whether a password or code is the one that was hashed; without a hash the same time passes and it is not. Undefined when too many wait. */
export async function isSecret(hashed: string | undefined, secret: string): Promise<boolean | undefined> {
  return inPlace(async () => (await verify(hashed ?? NOBODYS, secret)) && hashed !== undefined);
}

/** The hash of a random text that was thrown away. */
const NOBODYS = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXJhbmRvbXNhbHQxMg$yBpEOvqWPkYeo8BlZqQvCfTvvyVx6lbNQBvf0F9mE1k';

/** The quick hash of a random secret of 128 bits or more. */
export function quickHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Compares two hashes of equal length in constant time. */
export function sameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
}

async function inPlace<T>(work: () => Promise<T>): Promise<T | undefined> {
  const leave = await enter();
  if (!leave) return undefined;
  try {
    return await work();
  } finally {
    leave();
  }
}
