import type { PhoneId, WorkerId } from './ids.ts';

export const noticeStates = ['opened', 'sending', 'sent', 'unsent'] as const;

/** Why somebody was not told. */
export const untoldReasons = ['ended', 'shared', 'not-wanted', 'no-sender', 'no-line', 'refused', 'unknown'] as const;
export type Untold = (typeof untoldReasons)[number];

/** That a worker is told of a number that was registered to him: once for a registration. */
export interface Notice {
  /** `registration:worker`. */
  readonly id: string;
  readonly phoneId: PhoneId;
  readonly workerId: WorkerId;
  readonly openedAt: Date;
  /** `sending` for good: the process ended in the middle, and nobody knows whether it went out; it is not sent again. */
  readonly state: (typeof noticeStates)[number];
  readonly channel?: 'sms' | 'call';
  readonly why?: Untold;
}

/** The key under which somebody is told of one registration once. */
export function noticeId(phoneId: PhoneId, workerId: WorkerId): string {
  return `${phoneId}:${workerId}`;
}
