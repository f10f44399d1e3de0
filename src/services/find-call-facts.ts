import type { Facts, Person, Place } from '../../ivr/step.ts';
import type { CallId, NumberIndex, SiteId, WorkerId } from '../domain/ids.ts';
import { type CallSource, type Conversation, type TurnEntry, turnId } from '../domain/ledger.ts';
import { type Caller, readCaller } from '../domain/phone-number.ts';
import { type PhoneRegistration, validOn } from '../domain/phone.ts';
import { present } from '../domain/present.ts';
import { receiptOf } from '../domain/receipt.ts';
import type { Head } from '../domain/sequence.ts';
import type { Line, Site } from '../domain/site.ts';
import { readStays } from '../domain/stays.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Worker } from '../domain/worker.ts';
import type { CallDirectory, LedgerStore, NumberCipher, NumberRecord, Clock } from '../ports.ts';

/** One request of the carrier, checked and signed. */
export interface CallRequest {
  readonly callId: CallId;
  readonly turn: number;
  readonly from: string;
  readonly to: string;
  readonly pressed?: string;
  readonly forwarded: boolean;
  /** Of a call that is taken up later: when it came in, and how we know of it. */
  readonly late?: { readonly at: Date; readonly source: Exclude<CallSource, 'webhook'> };
}

/** What was looked up, beside what the conversation sees of it. */
export interface Known {
  readonly caller: Caller;
  readonly index?: NumberIndex;
  readonly sealed?: string;
  readonly workers: readonly Worker[];
  readonly sites: ReadonlyMap<SiteId, Site>;
  registrationOf(workerId: WorkerId): PhoneRegistration | undefined;
}

interface Found {
  readonly before: Conversation | undefined;
  readonly facts: Facts;
  readonly known: Known;
}

interface Parts {
  readonly directory: CallDirectory;
  readonly ledger: LedgerStore;
  readonly cipher: NumberCipher;
  readonly clock: Clock;
}

/** Looks up what one turn needs: the number, the line and the turn before together, then the people together with their heads. */
export function createFactFinder({ directory, ledger, cipher, clock }: Parts) {
  return async function findFacts(request: CallRequest): Promise<Found | undefined> {
    const at = cameAt(request, clock);
    const caller = readCaller(request.from);
    const index = indexOf(cipher, caller);
    const [record, line, before] = await Promise.all([
      index && directory.number(index),
      directory.line(request.to),
      turnBefore(ledger, request),
    ]);
    if (request.turn > 1 && !before) return undefined;
    const [{ registrations, people }] = await Promise.all([
      findPeople(directory, record, at),
      rememberSite(directory, line),
    ]);
    const sites = await findSites(directory, line, people, request.pressed);
    const known: Known = {
      caller,
      ...present({ index, sealed: record?.sealed ?? sealOf(cipher, caller) }),
      workers: people.map(({ worker }) => worker),
      sites: sites.all,
      registrationOf: (workerId) => registrations.find((r) => r.workerIds.includes(workerId)),
    };
    const facts: Facts = {
      at,
      turn: request.turn,
      receipt: receiptOf(request.callId),
      caller: caller.kind,
      line: lineKind(line),
      people: people.map(toPerson),
      shared: people.length > 1 || registrations.some((r) => r.shared),
      ...present({ lineSite: line?.siteId, keyedSite: sites.keyed }),
      places: new Map([...sites.all].map(([id, site]) => [id, toPlace(site)])),
    };
    return { before: before?.conversation, facts, known };
  };
}

/** A call counts from when it came in, however late it is taken up. */
function cameAt({ late }: CallRequest, clock: Clock): Date {
  return late ? late.at : clock.now();
}

/** Reads the line's site beside the people, so that it is remembered when the sites are gathered. */
async function rememberSite(directory: CallDirectory, line: Line | undefined): Promise<void> {
  if (line?.siteId) await directory.site(line.siteId);
}

interface Someone {
  readonly worker: Worker;
  readonly head: Head;
}

async function findPeople(
  directory: CallDirectory,
  record: NumberRecord | undefined,
  at: Date,
): Promise<{ registrations: readonly PhoneRegistration[]; people: readonly Someone[] }> {
  if (!record) return { registrations: [], people: [] };
  const registrations = validOn(record.registrations, tokyoDay(at));
  if (registrations.length > 0) {
    return { registrations, people: await directory.people([...new Set(registrations.flatMap((r) => r.workerIds))]) };
  }
  // A number whose holder left his firm is answered as his, so that the office hears of the call under his name.
  const former = await directory.people([...new Set(record.registrations.flatMap((r) => r.workerIds))]);
  return { registrations, people: former.every(({ worker }) => worker.employerId === null) ? former : [] };
}

async function findSites(
  directory: CallDirectory,
  line: Line | undefined,
  people: readonly Someone[],
  pressed: string | undefined,
): Promise<{ all: ReadonlyMap<SiteId, Site>; keyed: SiteId | undefined }> {
  const ids = new Set([line?.siteId, ...people.flatMap(({ head }) => sitesOf(head))].filter((id) => id !== undefined));
  const asksCode = !line?.siteId && /^\d{4,6}$/.test(pressed ?? '');
  const byCode = asksCode ? directory.siteByCode(pressed ?? '') : undefined;
  const [keyed, ...sites] = await Promise.all([byCode, ...[...ids].map((id) => directory.site(id))]);
  const all = [keyed, ...sites].flatMap((site) => (site ? [[site.id, site] as const] : []));
  return { all: new Map(all), keyed: keyed?.id };
}

function indexOf(cipher: NumberCipher, caller: Caller): NumberIndex | undefined {
  return caller.kind === 'number' ? cipher.index(caller.number) : undefined;
}

/** The number of a caller nobody knows, sealed, so that it can be registered when the call is linked. */
function sealOf(cipher: NumberCipher, caller: Caller): string | undefined {
  return caller.kind === 'number' ? cipher.seal(caller.number) : undefined;
}

/** Where somebody is, or was last. */
function sitesOf(head: Head): readonly (SiteId | undefined)[] {
  return [readStays(head.recent).open?.siteId, head.recent.at(-1)?.siteId];
}

async function turnBefore(ledger: LedgerStore, { callId, turn }: CallRequest): Promise<TurnEntry | undefined> {
  const before = turn > 1 ? await ledger.find(turnId(callId, turn - 1)) : undefined;
  return before?.kind === 'turn' ? before : undefined;
}

function lineKind(line: Line | undefined): Facts['line'] {
  if (!line) return 'unknown';
  if (line.state === 'closed') return 'closed';
  return line.purpose === 'service' ? 'service' : line.direction;
}

function toPerson({ worker, head }: Someone): Person {
  const { id, kana, workerCode, employerId } = worker;
  return { workerId: id, kana, workerCode, employed: employerId !== null, head };
}

function toPlace(site: Site): Place {
  return {
    siteId: site.id,
    kana: site.kana,
    repeatWindowSec: site.repeatWindowSec,
    phoneEnabled: site.methods.includes('PHONE_CALL'),
  };
}
