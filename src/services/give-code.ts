import type { Chance, CodeStore } from '../ports.ts';

const TRIES_PER_LENGTH = 20;

interface Wish {
  readonly kind: 'worker' | 'site';
  readonly owner: string;
  /** Numbers of digits to try, short ones first. */
  readonly lengths: readonly number[];
  /** A code the owner had before and would like back. */
  readonly earlier?: string;
}

/** Gives out a code of random digits that nobody has. That none is free among so many tries is a full code space, and a bug of ours. */
export async function giveCode(codes: CodeStore, chance: Chance, wish: Wish): Promise<string> {
  const { kind, owner, lengths, earlier } = wish;
  if (earlier !== undefined && (await codes.claim(kind, earlier, owner))) return earlier;
  for (const length of lengths) {
    for (let tries = 0; tries < TRIES_PER_LENGTH; tries += 1) {
      const code = chance.digits(length);
      if (await codes.claim(kind, code, owner)) return code;
    }
  }
  throw new Error(`no ${kind} code is free`);
}
