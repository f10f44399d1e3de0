import type { Alarm, AlarmKind } from './domain/alarm.ts';
import type { WorkerId } from './domain/ids.ts';
import type { Reminder } from './domain/reminder.ts';
import type { Page, PageRequest } from './ports.ts';

/** Whose exit was missing, and what went out because of it; by the history's key. */
export interface ReminderStore {
  /** Keeps it unless one stands already; answers the one that stands. */
  open(reminder: Reminder): Promise<Reminder>;
  findMany(ids: readonly string[]): Promise<readonly Reminder[]>;
  ofWorkers(workerIds: readonly WorkerId[]): Promise<readonly Reminder[]>;
  /** From one state to another; false when it is not in the first one any more. */
  move(id: string, from: Reminder['state'], to: Pick<Reminder, 'state' | 'why'>): Promise<boolean>;
}

/** What the operator must know at once. */
export interface AlarmStore {
  /** True when it was not open before. */
  open(alarm: Omit<Alarm, 'state' | 'closedAt'>): Promise<boolean>;
  /** True when it was open. */
  close(id: string, at: Date): Promise<boolean>;
  openOnes(kind: AlarmKind): Promise<readonly Alarm[]>;
  page(filter: { readonly state?: Alarm['state'] }, request: PageRequest): Promise<Page<Alarm>>;
  counts(): Promise<ReadonlyMap<AlarmKind, number>>;
}

/** Which canary call was the last to be answered, and which hour has been taken by an instance. */
export interface CanaryStore {
  /** True for one instance only. */
  takeHour(hour: string): Promise<boolean>;
  /** Keeps the last canary's answer as durably as a call. */
  keep(callId: string, at: Date): Promise<void>;
  last(): Promise<string | undefined>;
}
