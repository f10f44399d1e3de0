import type { Day, E164, SiteId, WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { nationalForm, takesTexts } from '../domain/phone-number.ts';
import { validOn } from '../domain/phone.ts';
import { reminderText } from '../domain/reminder-words.ts';
import type { Site } from '../domain/site.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Messenger, Sent } from '../ports-messages.ts';
import type { Clock, LineStore, Log, NumberCipher, PhoneStore, WorkerStore } from '../ports.ts';
import { openLines } from './open-lines.ts';

export interface ReachParts {
  readonly workers: WorkerStore;
  readonly phones: PhoneStore;
  readonly lines: LineStore;
  readonly messenger: Messenger;
  readonly cipher: NumberCipher;
  readonly clock: Clock;
  readonly log: Log;
}

interface Wanted {
  readonly reminderId: string;
  readonly workerId: WorkerId;
  readonly site: Site;
}

/** How somebody can be told that his exit is missing, ready to be sent; or why he cannot. */
export type ReachWorker = (
  channel: 'sms' | 'call',
  wanted: Wanted,
) => Promise<Outcome<() => Promise<Sent>, Unreachable>>;
type Unreachable = 'no-number' | 'no-sender';

export function createReachWorker(parts: ReachParts): ReachWorker {
  const { messenger, workers, clock } = parts;
  const warnOnce = createWarning(parts.log);
  return async function reachWorker(channel, { reminderId, workerId, site }) {
    if (channel === 'sms' && !messenger.sendsTexts) {
      warnOnce();
      return refuse('no-sender');
    }
    const own = await ownNumbers(parts, workerId, tokyoDay(clock.now()));
    const to = channel === 'sms' ? own.find(takesTexts) : (own.find(takesTexts) ?? own[0]);
    const line = await lineOf(parts, site.id);
    const [worker] = await workers.findMany([workerId]);
    if (!to || !line || !worker) return refuse('no-number');
    if (channel === 'sms') {
      const text = reminderText(worker.language, { site: site.name, line: nationalForm(line) });
      return accept(() => messenger.sendText({ to, text }));
    }
    const path = `/webhooks/twilio/reminder?of=${encodeURIComponent(reminderId)}`;
    return accept(() => messenger.placeCall({ to, from: line, path }));
  };
}

function createWarning(log: Log): () => void {
  let warned = false;
  return () => {
    if (!warned) log.warn({}, 'no text goes out: MESSAGE_FROM is not set');
    warned = true;
  };
}

/** The telephones that are his alone. */
async function ownNumbers({ phones, cipher }: ReachParts, workerId: WorkerId, day: Day): Promise<readonly E164[]> {
  const records = await phones.ofWorker(workerId);
  return records
    .filter(({ registrations }) => {
      const valid = validOn(registrations, day);
      const own = valid.filter(({ workerIds }) => workerIds.includes(workerId));
      return own.length > 0 && valid.every((one) => !one.shared && !one.groupCall && one.workerIds.length === 1);
    })
    .map(({ sealed }) => cipher.open(sealed));
}

/** The number on which he can say that he leaves: the site's own, else one that serves many sites. */
async function lineOf({ lines, clock }: ReachParts, siteId: SiteId): Promise<E164 | undefined> {
  const usable = (await openLines(lines, tokyoDay(clock.now()))).filter(
    ({ purpose, direction }) => purpose === 'attendance' && direction !== 'entry',
  );
  const own = usable.find((line) => line.siteId === siteId) ?? usable.find((line) => line.siteId === undefined);
  return own?.number;
}
