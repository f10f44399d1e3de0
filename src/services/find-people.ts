import type { Person } from '../../ivr/facts.ts';
import type { SiteId, WorkerId } from '../domain/ids.ts';
import type { Conversation } from '../domain/ledger.ts';
import { type PhoneRegistration, validOn } from '../domain/phone.ts';
import type { Head } from '../domain/sequence.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Worker } from '../domain/worker.ts';
import type { CallDirectory, NumberRecord } from '../ports.ts';

/** A worker with the end of his sequence. */
export interface Someone {
  readonly worker: Worker;
  readonly head: Head;
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
  if (registrations.length > 0) {
    return { registrations, people: await directory.people([...new Set(registrations.flatMap((r) => r.workerIds))]) };
  }
  // A number whose holder left his firm is answered as his, so that the office hears of the call under his name.
  const former = await directory.people([...new Set(record.registrations.flatMap((r) => r.workerIds))]);
  return { registrations, people: former.every(({ worker }) => worker.employerId === null) ? former : [] };
}

/** Whom a keyed worker code names, or of whom the turn before was about, whether or not the telephone is his. */
export async function findOther(
  directory: CallDirectory,
  { before, pressed = '' }: { readonly before: Conversation | undefined; readonly pressed?: string | undefined },
): Promise<Someone | undefined> {
  const id = await otherId(directory, before, pressed);
  return id ? (await directory.people([id]))[0] : undefined;
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
export function toPerson({ worker, head }: Someone, plannedSites: readonly SiteId[]): Person {
  const { id, kana, workerCode, employerId, hasPin, language, alwaysSpeak } = worker;
  return { workerId: id, kana, workerCode, employerId, hasPin, language, alwaysSpeak, plannedSites, head };
}
