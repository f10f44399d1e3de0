import type { History } from '../domain/history.ts';
import { type Reminder, type Unsent, isTooLate, isUnfinished, missingExitDue } from '../domain/reminder.ts';
import type { Site } from '../domain/site.ts';
import { addDays, tokyoDay } from '../domain/work-day.ts';
import type { Sent } from '../ports-messages.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { ReminderStore } from '../ports-watch.ts';
import type { SiteStore } from '../ports.ts';
import type { Project } from './project.ts';
import { type ReachParts, createReachWorker } from './reach-worker.ts';

export interface RemindParts extends ReachParts {
  readonly projections: ProjectionStore;
  readonly reminders: ReminderStore;
  readonly sites: SiteStore;
  readonly project: Project;
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
  const { reminders, clock } = parts;
  const reach = createReachWorker(parts);
  return async function carryOut({ history, site, since }: Missing, { id, channel }: Reminder): Promise<boolean> {
    const leave = async (why: Unsent) => {
      await reminders.move(id, 'opened', { state: 'unsent', why });
      return false;
    };
    if (channel === 'none') return leave('channel-none');
    if (isTooLate(since, site, clock.now())) return leave('too-late');
    const message = await reach(channel, { reminderId: id, workerId: history.workerId, site });
    if (!message.ok) return leave(message.code);
    if (await hasLeft(parts, id)) return leave('exit-came');
    if (!(await reminders.move(id, 'opened', { state: 'sending' }))) return false;
    const sent = await message.value();
    await reminders.move(id, 'sending', after(sent));
    return sent === 'accepted';
  };
}

/** What certainly did not go out may be tried again in a minute. */
function after(sent: Sent): Pick<Reminder, 'state' | 'why'> {
  if (sent === 'accepted') return { state: 'sent' };
  return sent === 'not-reached' ? { state: 'opened' } : { state: 'unsent', why: sent };
}

async function hasLeft({ projections }: RemindParts, id: string): Promise<boolean> {
  const [history] = await projections.histories([id]);
  return history === undefined || !isUnfinished(history);
}
