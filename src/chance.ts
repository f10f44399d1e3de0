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
