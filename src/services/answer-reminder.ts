import type { Carrier } from '../../ivr/render-acts.ts';
import type { Act } from '../../ivr/verbs.ts';
import type { CallId } from '../domain/ids.ts';
import type { ReminderStore } from '../ports-watch.ts';
import type { SiteStore } from '../ports.ts';
import type { AnswerCall } from './answer-call.ts';

/** Somebody takes a call that we made. */
export interface ReminderCall {
  readonly callId: CallId;
  /** Which reminder it is about. */
  readonly of: string;
  readonly worker: string;
  readonly line: string;
  readonly carrier?: Carrier;
}

/** What he hears first; his keys then come like those of any call. A call of ours that no reminder asked for ends at once. */
export type AnswerReminder = (call: ReminderCall) => Promise<string>;

export function createAnswerReminder(parts: {
  readonly reminders: ReminderStore;
  readonly sites: SiteStore;
  readonly answerCall: AnswerCall;
  readonly render: (acts: readonly Act[], carrier: Carrier | undefined) => string;
}): AnswerReminder {
  const { reminders, sites, answerCall, render } = parts;
  return async function answerReminder({ callId, of, worker, line, ...call }) {
    const [reminder] = await reminders.findMany([of]);
    if (reminder?.channel !== 'call') return render([{ verb: 'end' }], call.carrier);
    const { workerId, siteId, workDate } = reminder;
    const siteKana = (await sites.find(siteId))?.value.kana ?? '';
    const missingExit = { workerId, siteId, siteKana, workDate };
    return answerCall({ ...call, callId, turn: 1, from: worker, to: line, forwarded: false, missingExit });
  };
}
