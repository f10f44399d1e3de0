import { setTimeout as pause } from 'node:timers/promises';
import { CARRIER_PATHS, type CarrierAnswer, type CarrierForm, type Send } from './carrier-request.ts';

/**
 * Faults of a real network: every turn twice, every request late, each request again after the one that followed it, the
 * request after the last key lost, the final status before the first request or never.
 */
export interface LineFaults {
  readonly everyTurnTwice?: boolean;
  readonly delayMs?: number;
  readonly lateCopies?: boolean;
  readonly lastTurnLost?: boolean;
  readonly statusFirst?: boolean;
  readonly statusLost?: boolean;
}

interface Sent {
  readonly path: string;
  readonly form: CarrierForm;
  readonly answer: CarrierAnswer;
}

/** The same way to the service on such a network; `repeats` says of each late copy whether it was answered as the first was. */
export function createBadLine(send: Send, { delayMs, lateCopies }: LineFaults = {}) {
  const repeats: boolean[] = [];
  let before: Sent | undefined;
  const late: Send = async (path, form) => {
    if (delayMs !== undefined) await pause(delayMs);
    return send(path, form);
  };
  const outOfOrder: Send = async (path, form) => {
    const answer = await late(path, form);
    if (path === CARRIER_PATHS.status) return answer;
    if (before) repeats.push(isAlike(before.answer, await late(before.path, before.form)));
    before = { path, form, answer };
    return answer;
  };
  return { send: lateCopies ? outOfOrder : late, repeats };
}

/** Whether two answers are equal byte for byte. */
export function isAlike(one: CarrierAnswer, other: CarrierAnswer): boolean {
  return one.status === other.status && one.type === other.type && one.text === other.text;
}
