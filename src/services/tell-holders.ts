import type { E164, WorkerId } from '../domain/ids.ts';
import { type Notice, type Untold, noticeId } from '../domain/notice.ts';
import { noticeText } from '../domain/notice-words.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { takesTexts } from '../domain/phone-number.ts';
import { type PhoneRegistration, presentHolders, validOn } from '../domain/phone.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Worker } from '../domain/worker.ts';
import type { Messenger, Sent } from '../ports-messages.ts';
import type { NoticeStore } from '../ports-notices.ts';
import type {
  Clock,
  FirmStore,
  LineStore,
  Log,
  NumberCipher,
  NumberRecord,
  PhoneStore,
  WorkerStore,
} from '../ports.ts';
import { editNumber, indexOfPhone } from './edit-number.ts';
import { openLines } from './open-lines.ts';

export interface TellParts {
  readonly notices: NoticeStore;
  readonly phones: PhoneStore;
  readonly workers: WorkerStore;
  readonly firms: FirmStore;
  readonly lines: LineStore;
  readonly messenger: Messenger;
  readonly cipher: NumberCipher;
  readonly clock: Clock;
  readonly log: Log;
}

/** Tells workers of the numbers that were registered to them. May run at any time, twice and in several processes. */
export type TellHolders = () => Promise<{ readonly opened: number; readonly sent: number }>;

const BATCH = 200;

/**
 * A registration carries whom it is still to be told to, written together with it; each becomes a notice under a key of its own before
 * that note is taken off. Whoever moves a notice to `sending` is the only one to send it: what ends in the middle is not sent again.
 */
export function createTellHolders(parts: TellParts): TellHolders {
  const { notices } = parts;
  const carryOut = createCarryOut(parts);
  return async function tellHolders() {
    const opened = await openNotices(parts);
    let sent = 0;
    for (const notice of await notices.opened(BATCH)) if (await carryOut(notice)) sent += 1;
    return { opened, sent };
  };
}

async function openNotices({ phones, notices, clock }: TellParts): Promise<number> {
  let opened = 0;
  for (const { index, registrations } of await phones.untold(BATCH)) {
    for (const { id: phoneId, tell = [] } of registrations) {
      for (const workerId of tell) {
        const id = noticeId(phoneId, workerId);
        await notices.open({ id, phoneId, workerId, openedAt: clock.now(), state: 'opened' });
        opened += 1;
      }
    }
    await editNumber(phones, index, (found) => {
      if (!found) return refuse('not-found');
      const known = new Set(registrations.map(({ id }) => id));
      const noted = found.value.registrations.map(({ tell, ...one }) =>
        known.has(one.id) || tell === undefined ? one : { ...one, tell },
      );
      return accept({ ...found.value, registrations: noted });
    });
  }
  return opened;
}

interface Ready {
  readonly channel: 'sms' | 'call';
  readonly send: () => Promise<Sent>;
}

function createCarryOut(parts: TellParts): (notice: Notice) => Promise<boolean> {
  const { notices } = parts;
  return async function carryOut(notice) {
    const { id } = notice;
    const ready = await prepare(parts, notice);
    if (!ready.ok) {
      await notices.move(id, 'opened', { state: 'unsent', why: ready.code });
      return false;
    }
    const { channel, send } = ready.value;
    if (!(await notices.move(id, 'opened', { state: 'sending', channel }))) return false;
    const sent = await send();
    await notices.move(id, 'sending', after(sent));
    return sent === 'accepted';
  };
}

/** What certainly did not go out may be tried again in a minute. */
function after(sent: Sent): Pick<Notice, 'state' | 'why'> {
  if (sent === 'accepted') return { state: 'sent' };
  return sent === 'not-reached' ? { state: 'opened' } : { state: 'unsent', why: sent };
}

async function prepare(parts: TellParts, notice: Notice): Promise<Outcome<Ready, Untold>> {
  const { phones, workers, notices, clock } = parts;
  const record = (await phones.find(indexOfPhone(notice.phoneId)))?.value;
  const worker = (await workers.find(notice.workerId))?.value;
  const registration = record && registrationIn(record, notice);
  if (!registration || !isHolder(registration, worker, clock)) return refuse('ended');
  if (!(await notices.wantedBy(worker.id))) return refuse('not-wanted');
  const to = isHisAlone(registration) ? parts.cipher.open(record.sealed) : await ownNumber(parts, worker.id);
  if (to === undefined) return refuse('shared');
  return (takesTexts(to) ? prepareText : prepareCall)(parts, { notice, worker, to });
}

function registrationIn({ registrations }: NumberRecord, { phoneId }: Notice): PhoneRegistration | undefined {
  return registrations.find(({ id }) => id === phoneId);
}

interface Told {
  readonly notice: Notice;
  readonly worker: Worker;
  readonly to: E164;
}

async function prepareText({ firms, messenger }: TellParts, { worker, to }: Told): Promise<Outcome<Ready, Untold>> {
  if (!messenger.sendsTexts) return refuse('no-sender');
  const firm = worker.employerId ? (await firms.find(worker.employerId))?.value : undefined;
  if (!firm) return refuse('ended');
  const text = noticeText(worker.language, { firm: firm.name });
  return accept({ channel: 'sms', send: () => messenger.sendText({ to, text }) });
}

async function prepareCall(parts: TellParts, { notice: { id }, to }: Told): Promise<Outcome<Ready, Untold>> {
  const from = await callingLine(parts);
  if (!from) return refuse('no-line');
  const path = `/webhooks/twilio/notice?of=${encodeURIComponent(id)}`;
  return accept({ channel: 'call', send: () => parts.messenger.placeCall({ to, from, path }) });
}

function isHolder(
  registration: PhoneRegistration | undefined,
  worker: Worker | undefined,
  clock: Clock,
): worker is Worker {
  if (!registration || !worker) return false;
  const today = tokyoDay(clock.now());
  const over = registration.validTo !== undefined && registration.validTo < today;
  return !over && worker.employerId !== null && presentHolders(registration, today).includes(worker.id);
}

function isHisAlone({ shared, groupCall, workerIds }: PhoneRegistration): boolean {
  return !shared && !groupCall && workerIds.length === 1;
}

/** Of a telephone of several he is told on one that is his alone. */
async function ownNumber({ phones, cipher, clock }: TellParts, workerId: WorkerId): Promise<E164 | undefined> {
  const day = tokyoDay(clock.now());
  const isOwn = ({ registrations }: NumberRecord) => {
    const valid = validOn(registrations, day);
    return valid.length > 0 && valid.every((one) => isHisAlone(one) && one.workerIds.includes(workerId));
  };
  const numbers = (await phones.ofWorker(workerId)).filter(isOwn).map(({ sealed }) => cipher.open(sealed));
  return numbers.find(takesTexts) ?? numbers[0];
}

/** A line that tells whoever calls back what it is, else any that is open. */
async function callingLine({ lines, clock }: TellParts): Promise<E164 | undefined> {
  const open = await openLines(lines, tokyoDay(clock.now()));
  return (open.find(({ purpose }) => purpose === 'service') ?? open[0])?.number;
}
