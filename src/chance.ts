import type { Chance } from './ports.ts';

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const LENGTH = 16;

/** Randomness from the system's generator. */
export function createChance(source: {
  readonly randomBytes: (size: number) => Buffer;
  readonly randomInt: (max: number) => number;
}): Chance {
  return {
    id: (prefix) =>
      `${prefix}_${[...source.randomBytes(LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('')}`,
    digits: (length) => Array.from({ length }, () => source.randomInt(10)).join(''),
    fraction: () => source.randomInt(2 ** 32) / 2 ** 32,
  };
}

/** Bytes fetched at once. */
const POOL = 4096;

/**
 * Random bytes of the system's generator, fetched some thousands at a time: a fetch for each nonce costs more than the sealing itself.
 * No byte is given twice, and none stays behind.
 */
export function createRandomDraw(fetchBytes: (size: number) => Buffer): (size: number) => Buffer {
  let pool: Buffer = Buffer.alloc(0);
  return (size) => {
    if (size > POOL) return fetchBytes(size);
    if (size > pool.length) pool = fetchBytes(POOL);
    const drawn = Buffer.from(pool.subarray(0, size));
    pool.fill(0, 0, size);
    pool = pool.subarray(size);
    return drawn;
  };
}
