import { type Outcome, accept } from '../src/domain/outcome.ts';
import type { LineFaults } from './bad-line.ts';
import { decline, readDuration } from './read-words.ts';

/** What goes wrong on the way, as a command or a script names it, with what it does. */
export const faultWords = {
  duplicate: 'every request is sent twice',
  'delay[=2s]': 'every request is late by so much, of real time',
  reorder: 'the final status comes first, and each request again after the next one',
  'drop-last': 'the request after the last key is lost; without keys the first one',
  'no-status': 'the final status is lost',
  'database-away': 'the database engine of the data folder stands still during the call',
} as const;

const DELAY_MS = 2_000;
/** The carrier itself gives up after fifteen seconds. */
const MOST_DELAY_MS = 60_000;

/** Faults of the network, and whether the database is to be away meanwhile. */
export interface NamedFaults {
  readonly faults: LineFaults;
  readonly databaseAway: boolean;
}

const line: Readonly<Record<string, LineFaults>> = {
  duplicate: { everyTurnTwice: true },
  delay: { delayMs: DELAY_MS },
  reorder: { statusFirst: true, lateCopies: true },
  'drop-last': { lastTurnLost: true },
  'no-status': { statusLost: true },
  'database-away': {},
};

/** Reads the names of faults; several may be given, each once or more often. */
export function readFaults(words: readonly string[]): Outcome<NamedFaults, 'call-unplayable'> {
  let faults: LineFaults = {};
  for (const word of words) {
    const read = readFault(word);
    if (!read.ok) return read;
    faults = { ...faults, ...read.value };
  }
  return accept({ faults, databaseAway: words.includes('database-away') });
}

function readFault(word: string): Outcome<LineFaults, 'call-unplayable'> {
  const [name = '', amount] = word.split(/=(.*)/, 2);
  const known = line[name];
  if (!known) return decline(`"${word}" is not a fault; there are: ${Object.keys(faultWords).join(', ')}.`);
  if (amount === undefined) return accept(known);
  if (name !== 'delay') return decline(`The fault ${name} takes no amount.`);
  const delayMs = readDuration(amount) ?? Infinity;
  if (delayMs > MOST_DELAY_MS)
    return decline(`"${amount}" is not a delay: write delay=2s or delay=500ms, a minute at most.`);
  return accept({ delayMs });
}
