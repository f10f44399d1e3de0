import type { Person } from '../../ivr/facts.ts';
import { employerFrom } from '../domain/employment.ts';
import type { SiteId, WorkerId } from '../domain/ids.ts';
import type { Conversation } from '../domain/ledger.ts';
import { type PhoneRegistration, validOn } from '../domain/phone.ts';
import { present } from '../domain/present.ts';
import type { Head } from '../domain/sequence.ts';
import { isForgotten, readStays } from '../domain/stays.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Worker } from '../domain/worker.ts';
import type { CallDirectory, NumberRecord } from '../ports.ts';

/** A worker, with the employer of that moment, and the end of his sequence. */
export interface Someone {
  readonly worker: Worker;
  readonly head: Head;
  /** He has left his firm and is still on this site: all that can be recorded of him is that he leaves it. */
  readonly leaving?: SiteId;
}

/** Whose telephone it is today, and by which registrations. */
export interface Holders {
  readonly registrations: readonly PhoneRegistration[];
  readonly people: readonly Someone[];
}

const WORKER_CODE = /^\d{6}$/;

/** The holders of a number on that day. */
export async function findHolders(
  directory: CallDirectory,
  record: NumberRecord | undefined,
  at: Date,
): Promise<Holders> {
  if (!record) return { registrations: [], people: [] };
  const registrations = validOn(record.registrations, tokyoDay(at));
  const ids = (of: readonly PhoneRegistration[]) => [...new Set(of.flatMap((r) => r.workerIds))];
  if (registrations.length > 0) {
    return { registrations, people: (await peopleOf(directory, ids(registrations))).map((one) => asOf(one, at)) };
  }
  // A number whose holder left his firm is answered as his, so that the office hears of the call under his name.
  const former = await peopleOf(directory, ids(record.registrations));
  const all = former.every(({ worker }) => employerFrom(worker, tokyoDay(at)) === null);
  return { registrations, people: all ? former.map((one) => asOf(one, at)) : [] };
}

/** These workers, each in the register that is kept of him. */
async function peopleOf(directory: CallDirectory, ids: readonly WorkerId[]): Promise<readonly Someone[]> {
  const found = await directory.people(ids);
  const merged = found.flatMap(({ worker }) => worker.mergedInto ?? []);
  if (merged.length === 0) return found;
  const kept = await directory.people([...new Set(merged)]);
  const own = found.filter(({ worker }) => worker.mergedInto === undefined);
  return [...own, ...kept.filter(({ worker }) => !own.some((one) => one.worker.id === worker.id))];
}

/** Somebody as he stands at that moment: who has left has no employer, but for going home from the site on which he still is. */
function asOf({ worker, head }: Someone, at: Date): Someone {
  const employerId = employerFrom(worker, tokyoDay(at));
  if (employerId !== null)
    return { worker: employerId === worker.employerId ? worker : { ...worker, employerId }, head };
  const { open } = readStays(head.recent);
  if (!open || isForgotten(open.entry, at)) return { worker: { ...worker, employerId }, head };
  return { worker: { ...worker, employerId: open.entry.standing.employerId }, head, leaving: open.siteId };
}

interface Keyed {
  readonly before: Conversation | undefined;
  readonly pressed?: string | undefined;
  readonly at: Date;
}

/** Whom a keyed worker code names, or of whom the turn before was about, whether or not the telephone is his. */
export async function findOther(
  directory: CallDirectory,
  { before, pressed = '', at }: Keyed,
): Promise<Someone | undefined> {
  const id = await otherId(directory, before, pressed);
  const [found] = id ? await peopleOf(directory, [id]) : [];
  if (!found) return undefined;
  const someone = asOf(found, at);
  // The code of a register that was merged into his names him too.
  const isCode = before?.workerId === undefined && WORKER_CODE.test(pressed);
  return isCode ? { ...someone, worker: { ...someone.worker, workerCode: pressed } } : someone;
}

async function otherId(
  directory: CallDirectory,
  before: Conversation | undefined,
  pressed: string,
): Promise<WorkerId | undefined> {
  if (before === undefined) return undefined;
  const askedWho = before.waitingFor === 'worker' || before.waitingFor === 'group';
  if (!askedWho) return before.workerId;
  return WORKER_CODE.test(pressed) ? directory.workerByCode(pressed) : undefined;
}

/** What the conversation sees of somebody. */
export function toPerson({ worker, head, leaving }: Someone, plannedSites: readonly SiteId[]): Person {
  const { id, kana, workerCode, employerId, hasPin, language, alwaysSpeak } = worker;
  const own = { workerId: id, kana, workerCode, employerId, hasPin, language, alwaysSpeak };
  return { ...own, plannedSites, head, ...present({ leaving }) };
}
