import type { FirmId } from './ids.ts';

/** A person of the operator looks into one firm's personal data for a while, with a reason that the firm can read. */
export interface Look {
  readonly id: string;
  /** The account that opened it; it is open to nobody else. */
  readonly by: string;
  readonly firmId: FirmId;
  readonly reason: string;
  readonly openedAt: Date;
  readonly until: Date;
  readonly closedAt?: Date;
}

/** A look is open for at most so many minutes; whoever needs longer opens another. */
export const LONGEST_LOOK_MINUTES = 480;

/** Whether a look still shows anything. */
export function isOpenLook({ until, closedAt }: Look, now: Date): boolean {
  return closedAt === undefined && now < until;
}
