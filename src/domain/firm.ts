import type { FirmId } from './ids.ts';
import type { Registrable } from './registration.ts';

export const firmKinds = ['corporation', 'sole-proprietor', 'solo-contractor'] as const;

/** A firm (事業者). Without an id of the registry it stands in a tree by name only. */
export interface Firm extends Registrable {
  readonly id: FirmId;
  readonly name: string;
  readonly kana: string;
  readonly kind: (typeof firmKinds)[number];
  readonly capitalYen?: number;
  /** `105-0001`. */
  readonly postalCode?: string;
  readonly address?: string;
  readonly representativeName?: string;
  readonly permitNumber?: string;
  readonly corporateNumber?: string;
  /** Its people hear at every exit how many days they have this month. */
  readonly speakProgress?: boolean;
  /** The firm it usually works under; used where nothing says more for the site. */
  readonly usualUpperId?: FirmId;
}
