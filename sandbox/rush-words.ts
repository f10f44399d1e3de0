import { type Outcome, accept } from '../src/domain/outcome.ts';
import { decline, readCount } from './read-words.ts';
import {
  type AddressWords,
  type ServiceAddress,
  type Surroundings,
  findAdminKey,
  findSandbox,
  findService,
} from './service-address.ts';

/** The words of the command line, as typed. */
export interface RushWords extends AddressWords {
  readonly people: string;
  readonly seconds: string;
}

/** A rush that can be played. */
export interface RushWish {
  readonly people: number;
  readonly seconds: number;
  readonly service: ServiceAddress;
  readonly sandbox: string;
  readonly key: string;
}

/** Turns the words into a rush, or says in a sentence what is missing. */
export function planRush(words: RushWords, around: Surroundings): Outcome<RushWish, 'call-unplayable'> {
  const people = readCount(words.people, { min: 1, max: 200 });
  const seconds = readCount(words.seconds, { min: 1, max: 600 });
  if (people === undefined) return decline(`"${words.people}" is not a number of people: --people takes 1 to 200.`);
  if (seconds === undefined) return decline(`"${words.seconds}" is not a time: --seconds takes 1 to 600.`);
  const service = findService(words, around);
  if (!service.ok) return service;
  const sandbox = findSandbox(words, around);
  if (!sandbox.ok) return sandbox;
  const key = findAdminKey(around);
  if (!key.ok) return key;
  return accept({ people, seconds, service: service.value, sandbox: sandbox.value, key: key.value });
}
