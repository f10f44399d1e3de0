import type { Day, E164, FirmId, SiteId } from './ids.ts';

export const treeKeepers = ['here', 'ccus', 'other'] as const;

export interface MissingExit {
  readonly after?: string;
  readonly channel: 'none' | 'sms' | 'call';
}

/** A construction site (現場) with the rules that its calls follow. */
export interface Site {
  readonly id: SiteId;
  readonly name: string;
  readonly kana: string;
  readonly primeId: FirmId;
  readonly ccusId?: string;
  /** `105-0001`. */
  readonly postalCode?: string;
  readonly address?: string;
  readonly orderCategory?: string;
  readonly contactName?: string;
  /** The days on which history may accumulate, both ends included. */
  readonly historyPeriod: { readonly from: Day; readonly to: Day };
  /** How history may be written here; the telephone is one of several. */
  readonly methods: readonly string[];
  readonly siteCode: string;
  readonly treeKeeper: (typeof treeKeepers)[number];
  readonly siteManagerIds: readonly string[];
  /** Seconds after a passage within which a further call repeats its receipt. */
  readonly repeatWindowSec: number;
  /** Hours after which an open stay counts as a forgotten exit. */
  readonly maxShiftHours: number;
  readonly companionDailyLimit: number;
  /** Whether and how somebody without an exit is reminded; `after` is the time of day, `HH:MM`. */
  readonly missingExit?: MissingExit;
}

/** A telephone number that people dial; it may serve one site or many. */
export interface Line {
  readonly number: E164;
  readonly siteId?: SiteId;
  readonly purpose: 'attendance' | 'service';
  readonly direction: 'both' | 'entry' | 'exit';
  readonly answer: 'always' | 'when-needed' | 'never';
  readonly state: 'open' | 'closed';
}
