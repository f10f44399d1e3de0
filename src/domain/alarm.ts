import type { Day, SiteId, WorkerId } from './ids.ts';

/** What rings an alarm: a planned worker, or everybody of a site, has not called; our own call did not come through; forged requests. */
export const alarmKinds = ['missing-arrival', 'dead-line', 'canary', 'signature-burst'] as const;
export type AlarmKind = (typeof alarmKinds)[number];

/** Something that an operator must know at once; it closes by itself when its reason is gone. */
export interface Alarm {
  /** `kind:subject:day`. */
  readonly id: string;
  readonly kind: AlarmKind;
  readonly day: Day;
  readonly siteId?: SiteId;
  readonly workerId?: WorkerId;
  readonly state: 'open' | 'closed';
  readonly openedAt: Date;
  readonly closedAt?: Date;
}

/** The key under which an alarm rings once. */
export function alarmId(kind: AlarmKind, subject: string, day: Day): string {
  return `${kind}:${subject}:${day}`;
}
