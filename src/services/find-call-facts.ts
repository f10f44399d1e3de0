import { answering } from '../../ivr/answering.ts';
import type { Facts, MissingExitCall, Person, Upper } from '../../ivr/facts.ts';
import type { Carrier } from '../../ivr/render-acts.ts';
import { siteByKeys, siteOf } from '../../ivr/where.ts';
import type { CallId, NumberIndex, SiteId, WorkerId } from '../domain/ids.ts';
import { type CallSource, type Conversation, type TurnEntry, turnId } from '../domain/ledger.ts';
import { type Caller, readCaller } from '../domain/phone-number.ts';
import type { PhoneRegistration } from '../domain/phone.ts';
import { present } from '../domain/present.ts';
import type { Progress } from '../domain/progress.ts';
import { receiptOf } from '../domain/receipt.ts';
import type { Line } from '../domain/line-use.ts';
import type { Site } from '../domain/site.ts';
import { readStays, siteAt } from '../domain/stays.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Worker } from '../domain/worker.ts';
import type { CallAids, PinVerdict } from '../ports-telephone.ts';
import type { CallDirectory, Clock, LedgerStore, NumberCipher } from '../ports.ts';
import { type Holders, type Someone, findHolders, findOther, toPerson } from './find-people.ts';
import { lineFacts, lineOfCall } from './find-line.ts';
import { type Sites, findSites, toPlace } from './find-sites.ts';
import { type Again, readOnTo } from './read-on.ts';
import { type UpperQuestion, type Uppers, findUppers, upperKey } from './find-uppers.ts';

/** One request of the carrier, checked and signed. */
export interface CallRequest {
  readonly callId: CallId;
  readonly turn: number;
  readonly from: string;
  readonly to: string;
  readonly pressed?: string;
  /** The caller hung up while he was keying; what he keyed may be half of what he meant. */
  readonly cutShort?: boolean;
  readonly forwarded: boolean;
  /** Who plays the answer, if it is not Twilio. */
  readonly carrier?: Carrier;
  /** Of a call that we make: why. `from` is then whom we call, and `to` our line. */
  readonly missingExit?: MissingExitCall;
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
  readonly uppers: Uppers;
}

/** What one turn rests on. */
export interface Found {
  /** What was asked, without keys that do not count. */
  readonly request: CallRequest;
  readonly before: Conversation | undefined;
  readonly facts: Facts;
  readonly known: Known;
}

/** What the look-ups of a call go through. */
export interface FactParts {
  readonly directory: CallDirectory;
  readonly aids: CallAids;
  readonly ledger: LedgerStore;
  readonly cipher: NumberCipher;
  readonly clock: Clock;
}

interface Asked {
  readonly request: CallRequest;
  readonly again: Again | undefined;
  readonly at: Date;
  readonly line: Line | undefined;
  readonly before: Conversation | undefined;
  readonly index: NumberIndex | undefined;
}

/** Looks up what one turn needs: the number, the line and the turn before together, then the people together with their heads. */
export function createFactFinder(parts: FactParts) {
  const { ledger, cipher, clock } = parts;
  return async function findFacts(sent: CallRequest, again?: Again): Promise<Found | undefined> {
    const directory = readOnTo(again, parts.directory);
    const at = instantOf(sent, again, clock);
    const { caller, index } = readNumber(cipher, sent.from);
    const [record, dialled, last] = await Promise.all([
      index && directory.number(index),
      directory.line(sent.to),
      turnBefore(ledger, sent),
    ]);
    if (sent.turn > 1 && !last) return undefined;
    const line = dialled && (await lineOfCall(ledger, dialled, { callId: sent.callId, at, last }));
    const before = asksWhat(last, sent);
    const request = withoutHalfKeys(sent, before);
    const [holders, other] = await Promise.all([
      findHolders(directory, record, at),
      findOther(directory, { before, pressed: request.pressed, at }),
      rememberSite(directory, line),
    ]);
    const people = [...holders.people, ...(other ? [other] : [])];
    const { pressed } = request;
    const sites = await findSites({ ...parts, directory }, { line, before, pressed, day: tokyoDay(at), people });
    const registrationOf = (workerId: WorkerId) =>
      holders.registrations.find(({ workerIds }) => workerIds.includes(workerId));
    const uppers = await findUppers(directory, sites.all.keys(), people, registrationOf);
    const known: Known = {
      caller,
      ...present({ index, sealed: record?.sealed ?? sealOf(cipher, caller) }),
      workers: people.map(({ worker }) => worker),
      sites: sites.all,
      registrationOf,
      uppers,
    };
    const asked = { request, again, at, line, before, index };
    return {
      request,
      before: last?.conversation,
      known,
      facts: await toFacts(parts.aids, asked, { caller, holders, other, sites, uppers }),
    };
  };
}

function readNumber(cipher: NumberCipher, from: string): Pick<Known, 'caller' | 'index'> {
  const caller = readCaller(from);
  return caller.kind === 'number' ? { caller, index: cipher.index(caller.number) } : { caller };
}

function instantOf({ late }: CallRequest, again: Again | undefined, clock: Clock): Date {
  return again?.at ?? late?.at ?? clock.now();
}

const SINGLE_KEYS: readonly Conversation['waitingFor'][] = ['after', 'upper', 'menu', 'language'];

/** A code, a PIN or a site number that a hang-up cut short is none; a single key that was listened for is whole. */
function withoutHalfKeys({ pressed, ...request }: CallRequest, before: Conversation | undefined): CallRequest {
  const single = before !== undefined && SINGLE_KEYS.includes(before.waitingFor);
  return pressed === undefined || (request.cutShort && !single) ? request : { ...request, pressed };
}

interface Gathered {
  readonly caller: Caller;
  readonly holders: Holders;
  readonly other: Someone | undefined;
  readonly sites: Sites;
  readonly uppers: Uppers;
}

async function toFacts(aids: CallAids, asked: Asked, gathered: Gathered): Promise<Facts> {
  const { request, at, line } = asked;
  const { caller, holders, other, sites, uppers } = gathered;
  const { registrations, people } = holders;
  const seen = (someone: Someone) => toPerson(someone, sites.planned.get(someone.worker.id) ?? []);
  return {
    at,
    turn: request.turn,
    receipt: receiptOf(request.callId),
    caller: caller.kind,
    forwarded: request.forwarded,
    ...present({ missingExit: request.missingExit }),
    unheard: request.late?.source === 'carrier-list',
    ...lineFacts(line),
    people: people.map(seen),
    shared: people.length > 1 || registrations.some((r) => r.shared),
    groupCall: registrations.some((r) => r.groupCall),
    ...present({ other: other && seen(other), keyedSite: sites.keyed, pin: await pinVerdict(aids, asked) }),
    companionsToday: await companionsToday(aids, asked, { sites, companion: other && seen(other) }),
    ...present({ present: await namesOnSite(aids, asked, people), progress: await progressOf(aids, asked, people) }),
    places: new Map([...sites.all].map(([id, site]) => [id, toPlace(site)])),
    uppersOf: (workerId, siteId) => openChoice(uppers.get(upperKey(siteId, workerId))),
  };
}

/** Whoever chose lately is not asked again. */
function openChoice(question: UpperQuestion | undefined): readonly Upper[] {
  return question && question.last === undefined ? question.choices : [];
}

/** A PIN is checked only where one was asked for; nothing keyed is no attempt. */
async function pinVerdict(aids: CallAids, { request, again, before, index }: Asked): Promise<PinVerdict | undefined> {
  if (again) return again.pin;
  if (before?.waitingFor !== 'pin' || !before.workerId || request.pressed === undefined) return undefined;
  return aids.checkPin({ workerId: before.workerId, pin: request.pressed, ...present({ callerIndex: index }) });
}

/** Looked for only where somebody certain is about to leave. */
async function progressOf(
  aids: CallAids,
  { request, at }: Asked,
  people: readonly Someone[],
): Promise<Progress | undefined> {
  const [only, another] = people;
  const firmId = only?.worker.employerId;
  if (!firmId || another || request.turn > 1 || !siteAt(readStays(only.head.recent), at)) return undefined;
  const jobType = only.head.recent.at(-1)?.standing.jobType;
  return aids.progress({ workerId: only.worker.id, firmId, at, ...present({ jobType }) });
}

/** A foreman asks for it with key 0 in his group call: his people who are still on the line's site. */
async function namesOnSite(
  aids: CallAids,
  { before, request, line, at }: Asked,
  people: readonly Someone[],
): Promise<readonly string[] | undefined> {
  if (before?.waitingFor !== 'group' || request.pressed !== '0' || !line?.siteId) return undefined;
  const firmIds = people.flatMap(({ worker }) => worker.employerId ?? []);
  return aids.namesOnSite({ siteId: line.siteId, at, firmIds });
}

/** Counted at the site that the companion would be recorded at, whatever it is that says which. */
async function companionsToday(
  aids: CallAids,
  asked: Asked,
  { sites, companion }: { readonly sites: Sites; readonly companion: Person | undefined },
): Promise<number> {
  if (asked.before?.as !== 'companion') return 0;
  const siteId = sites.keyed ?? (companion && settledSite(companion, asked));
  return siteId ? aids.companionsAt(siteId, tokyoDay(asked.at)) : 0;
}

/** Where somebody is taken to be: the site of last time if he pressed 1 for it, else what is certain. */
function settledSite(person: Person, { before, request, line, at }: Asked): SiteId | undefined {
  const lastTime = before?.waitingFor === 'site' ? siteByKeys(person, request.pressed, undefined) : undefined;
  return lastTime ?? siteOf(person, { at, ...present({ lineSite: line?.siteId }) });
}

/** Reads the line's site beside the people, so that it is remembered when the sites are gathered. */
async function rememberSite(directory: CallDirectory, line: Line | undefined): Promise<void> {
  if (line?.siteId) await directory.site(line.siteId);
}

/** The number of a caller nobody knows, sealed, so that it can be registered when the call is linked. */
function sealOf(cipher: NumberCipher, caller: Caller): string | undefined {
  return caller.kind === 'number' ? cipher.seal(caller.number) : undefined;
}

/** What the keys of this turn answer. */
function asksWhat(last: TurnEntry | undefined, { pressed }: CallRequest): Conversation | undefined {
  return last && answering(last.conversation, pressed);
}

async function turnBefore(ledger: LedgerStore, { callId, turn }: CallRequest): Promise<TurnEntry | undefined> {
  const before = turn > 1 ? await ledger.find(turnId(callId, turn - 1)) : undefined;
  return before?.kind === 'turn' ? before : undefined;
}
