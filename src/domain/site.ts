import type { Day, FirmId, SiteId } from './ids.ts';

export const treeKeepers = ['here', 'ccus', 'other'] as const;

export interface MissingExit {
  readonly after?: string;
  readonly channel: 'none' | 'sms' | 'call';
}

export const kentaikyoMethods = ['electronic', 'stamp'] as const;

/** What of a site and its contract may be shown to those below the prime (公開設定項目, R-025). */
export const publicItems = [
  'ccusId',
  'address',
  'officeAddress',
  'orderCategory',
  'contactName',
  'historyPeriod',
  'methods',
  'devices',
  'contract',
  'kentaikyoMethod',
  'siteManagerIds',
  'treeKeeper',
] as const;
export type PublicItem = (typeof publicItems)[number];

/** What is public as long as the prime has chosen nothing. */
export const usualPublicItems: readonly PublicItem[] = [
  'ccusId',
  'address',
  'orderCategory',
  'contactName',
  'historyPeriod',
];

/** The order (契約情報) that a site carries out. */
export interface Contract {
  readonly name?: string;
  readonly number?: string;
  readonly client?: string;
  readonly signedOn?: Day;
  readonly amountYen?: number;
  readonly from?: Day;
  readonly to?: Day;
  readonly workDescription?: string;
}

/** Something at the site by which entries are recorded (入退場デバイス). */
export interface Device {
  readonly method: string;
  readonly name?: string;
  readonly vendor?: string;
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
  /** Where its office is; a site may have none (D-05). */
  readonly officeAddress?: string;
  readonly contract?: Contract;
  /** How kentaikyo premiums of its order are paid: one way per order (PR-040). */
  readonly kentaikyoMethod?: (typeof kentaikyoMethods)[number];
  readonly devices?: readonly Device[];
  readonly publicItems?: readonly PublicItem[];
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

/** The office's address; where there is no office the site's own, marked (D-05). */
export function officeOf({ officeAddress, address }: Pick<Site, 'officeAddress' | 'address'>): {
  readonly address?: string;
  readonly isSite: boolean;
} {
  if (officeAddress !== undefined) return { address: officeAddress, isSite: false };
  return { isSite: true, ...(address === undefined ? {} : { address }) };
}

/** Only what the prime has made public; name, kana and prime always are. */
export function publicPart(site: Site): Pick<Site, 'id' | 'name' | 'kana' | 'primeId'> & Partial<Site> {
  const { id, name, kana, primeId } = site;
  const items = site.publicItems ?? usualPublicItems;
  const shown = items.flatMap((item) => (site[item] === undefined ? [] : [[item, site[item]] as const]));
  const place = items.includes('address') && site.postalCode !== undefined ? { postalCode: site.postalCode } : {};
  return { id, name, kana, primeId, ...place, ...Object.fromEntries(shown) };
}
