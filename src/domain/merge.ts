import type { FirmId, NumberIndex, PhoneId, WorkerId } from './ids.ts';
import type { Employment } from './worker.ts';

/** How far both sequences went when something was done to the two, and the how-manieth such thing it was. */
export interface Juncture {
  readonly epoch: number;
  readonly kept: number;
  readonly other: number;
}

/** Which entries of two registers are one person's: never a change of the ledger, only how it is read. */
export interface Identity extends Juncture {
  readonly keptId: WorkerId;
  readonly otherId: WorkerId;
  /** The other's registrations: what was called under them goes back with them. */
  readonly phoneIds: readonly PhoneId[];
  /** They were parted again. */
  readonly parted?: Juncture;
}

/** What the kept worker's register says where the two differ. */
export interface KeptFields {
  readonly ccusId?: string;
  readonly employerId: FirmId | null;
  readonly employments: readonly Employment[];
}

/** Two registers of one person, merged into one of them; kept for good, also when they were parted again. */
export interface Merge extends Identity {
  /** Both ids in their order, and the how-manieth merge of the two. */
  readonly id: string;
  readonly state: 'merging' | 'merged' | 'parting' | 'parted';
  readonly at: Date;
  readonly by: string;
  readonly reason: string;
  readonly numbers: readonly { readonly index: NumberIndex; readonly id: PhoneId; readonly hadKept: boolean }[];
  /** The kept one's register before and after. */
  readonly before: KeptFields;
  readonly after: KeptFields;
}

/** Junctures of one person are told apart by so many steps at most. */
export const MOST_EPOCHS = 900;

/** The key of a merge: the same whichever of the two is kept, so that of two at once one wins. */
export function mergeId(a: WorkerId, b: WorkerId, number: number): string {
  return `${[a, b].sort().join(':')}:${String(number)}`;
}
