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

/** Gives each of many new workers a code of six digits at once. */
export async function giveCodes<Owner extends string>(
  codes: CodeStore,
  chance: Chance,
  owners: readonly Owner[],
): Promise<ReadonlyMap<Owner, string>> {
  const given = new Map<Owner, string>();
  for (let tries = 0; tries < TRIES_PER_LENGTH && given.size < owners.length; tries += 1) {
    const byCode = new Map(owners.filter((owner) => !given.has(owner)).map((owner) => [chance.digits(6), owner]));
    const wishes = [...byCode].map(([code, owner]) => ({ code, owner }));
    const taken = await codes.claimMany('worker', wishes);
    for (const { code, owner } of wishes) if (taken.has(owner)) given.set(owner, code);
  }
  if (given.size < owners.length) throw new Error('no worker code is free');
  return given;
}
