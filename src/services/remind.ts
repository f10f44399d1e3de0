import type { History } from '../domain/history.ts';
import type { Day, E164, SiteId, WorkerId } from '../domain/ids.ts';
import { nationalForm, takesTexts } from '../domain/phone-number.ts';
import { validOn } from '../domain/phone.ts';
import { type Reminder, type Unsent, isTooLate, isUnfinished, missingExitDue } from '../domain/reminder.ts';
import { reminderText } from '../domain/reminder-words.ts';
import type { Site } from '../domain/site.ts';
import { addDays, tokyoDay } from '../domain/work-day.ts';
import type { Messenger, Sent } from '../ports-messages.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { ReminderStore } from '../ports-watch.ts';
import type { Clock, LineStore, Log, NumberCipher, PhoneStore, SiteStore, WorkerStore } from '../ports.ts';
import type { Project } from './project.ts';
import { readAll } from './read-all.ts';

export interface RemindParts {
  readonly projections: ProjectionStore;
  readonly reminders: ReminderStore;
  readonly sites: SiteStore;
  readonly workers: WorkerStore;
  readonly phones: PhoneStore;
  readonly lines: LineStore;
  readonly messenger: Messenger;
  readonly cipher: NumberCipher;
  readonly project: Project;
  readonly clock: Clock;
  readonly log: Log;
}

/** Notices exits that are missing by now: opens the exception, and reminds as the site wants. May run at any time, twice too. */
export type Remind = () => Promise<{ readonly noticed: number; readonly sent: number }>;

/** The longest shift that a site may allow, and the day of its entry. */
const LOOK_BACK_DAYS = 3;

interface Missing {
  readonly history: History;
  readonly since: Date;
  readonly site: Site;
}

/**
 * One reminder for a history. Its exception is projected before anything goes out, and whoever moves it to `sending` is the only one to
 * send: a process that ends in the middle leaves it there, and nothing is sent a second time. No exit is ever made up.
 */
export function createRemind(parts: RemindParts): Remind {
  const { reminders, project, clock } = parts;
  const carryOut = createCarryOut(parts);
  return async function remind() {
    const now = clock.now();
    const missing = await findMissing(parts, now);
    const known = await reminders.findMany(missing.map(({ history }) => history.id));
    const settled = new Set(known.filter(({ state }) => state !== 'opened').map(({ id }) => id));
    let sent = 0;
    const fresh = missing.filter(({ history }) => !settled.has(history.id));
    for (const one of fresh) {
      const reminder = await reminders.open(newReminder(one, now));
      if (reminder.state !== 'opened') continue;
      await project({ workerIds: [reminder.workerId], callIds: [] });
      if (await carryOut(one, reminder)) sent += 1;
    }
    return { noticed: fresh.length, sent };
  };
}

async function findMissing({ projections, sites }: RemindParts, now: Date): Promise<readonly Missing[]> {
  const histories = (await projections.withoutExit(addDays(tokyoDay(now), -LOOK_BACK_DAYS))).filter(isUnfinished);
  const places = await sites.findMany([...new Set(histories.map(({ siteId }) => siteId))]);
  const siteOf = new Map(places.map((site) => [site.id, site]));
  return histories.flatMap((history) => {
    const site = siteOf.get(history.siteId);
    const since = new Date(history.evidence.last);
    return site && missingExitDue(since, site) <= now ? [{ history, since, site }] : [];
  });
}

function newReminder({ history, site }: Missing, openedAt: Date): Reminder {
  const { id, workerId, siteId, workDate, evidence } = history;
  const channel = site.missingExit?.channel ?? 'none';
  return { id, workerId, siteId, workDate, entries: evidence.entries, openedAt, channel, state: 'opened' };
}

/** Sends what the site wants to be sent, and keeps what became of it; true when it went out. */
function createCarryOut(parts: RemindParts) {
  const { reminders, messenger, clock } = parts;
  const warnOnce = createWarning(parts.log);
  return async function carryOut(missing: Missing, { id, channel }: Reminder): Promise<boolean> {
    const leave = async (why: Unsent) => {
      await reminders.move(id, 'opened', { state: 'unsent', why });
      return false;
    };
    if (channel === 'none') return leave('channel-none');
    if (isTooLate(missing.since, missing.site, clock.now())) return leave('too-late');
    if (!messenger.sendsTexts) {
      warnOnce();
      return leave('no-sender');
    }
    const message = await writeMessage(parts, missing);
    if (!message) return leave('no-number');
    if (await hasLeft(parts, id)) return leave('exit-came');
    if (!(await reminders.move(id, 'opened', { state: 'sending' }))) return false;
    const sent = await messenger.sendText(message);
    await reminders.move(id, 'sending', after(sent));
    return sent === 'accepted';
  };
}

/** What certainly did not go out may be tried again in a minute. */
function after(sent: Sent): Pick<Reminder, 'state' | 'why'> {
  if (sent === 'accepted') return { state: 'sent' };
  return sent === 'not-reached' ? { state: 'opened' } : { state: 'unsent', why: sent };
}

function createWarning(log: Log): () => void {
  let warned = false;
  return () => {
    if (!warned) log.warn({}, 'no text goes out: MESSAGE_FROM is not set');
    warned = true;
  };
}

async function hasLeft({ projections }: RemindParts, id: string): Promise<boolean> {
  const [history] = await projections.histories([id]);
  return history === undefined || !isUnfinished(history);
}

async function writeMessage(parts: RemindParts, { history, site }: Missing) {
  const [worker] = await parts.workers.findMany([history.workerId]);
  const to = await ownMobile(parts, history.workerId, tokyoDay(parts.clock.now()));
  const line = await lineOf(parts, site.id);
  if (!worker || !to || !line) return undefined;
  return { to, text: reminderText(worker.language, { site: site.name, line: nationalForm(line) }) };
}

/** A mobile telephone that is his alone. */
async function ownMobile({ phones, cipher }: RemindParts, workerId: WorkerId, day: Day): Promise<E164 | undefined> {
  const records = await phones.ofWorker(workerId);
  const own = records.filter(({ registrations }) => {
    const valid = validOn(registrations, day);
    return valid.length > 0 && valid.every((one) => !one.shared && !one.groupCall && one.workerIds.length === 1);
  });
  return own
    .filter(({ registrations }) => validOn(registrations, day).some((one) => one.workerIds.includes(workerId)))
    .map(({ sealed }) => cipher.open(sealed))
    .find(takesTexts);
}

/** The number on which he can say that he leaves: the site's own, else one that serves many sites. */
async function lineOf({ lines }: RemindParts, siteId: SiteId): Promise<E164 | undefined> {
  const usable = (await readAll((request) => lines.page(request))).filter(
    ({ state, purpose, direction }) => state === 'open' && purpose === 'attendance' && direction !== 'entry',
  );
  const own = usable.find((line) => line.siteId === siteId) ?? usable.find((line) => line.siteId === undefined);
  return own?.number;
}
