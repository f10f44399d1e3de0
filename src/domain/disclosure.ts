import { z } from 'zod';
import type { FirmId, WorkerId } from './ids.ts';

/** What others than worker and employer may be shown of a worker, item by item (D-26); the face photo is the registry's item 07. */
export const disclosureItems = [
  'jobTypes',
  'level',
  'ccusId',
  'language',
  'employedSince',
  'insurance',
  'qualifications',
  'facePhoto',
] as const;
export type DisclosureItem = (typeof disclosureItems)[number];

/** One side's switches; what is absent is hidden. */
export type Switches = Readonly<Partial<Record<DisclosureItem, boolean>>>;

/** Both sides' settings for one worker (開示設定); a new employer begins anew. */
export interface Disclosure {
  readonly workerId: WorkerId;
  readonly worker: Switches;
  readonly employer: Switches;
  /** Whose settings `employer` are. */
  readonly employerId: FirmId | null;
}

/** A worker's settings before anybody has set any: everything hidden on both sides (R-134, PR-001). */
export function allHidden(workerId: WorkerId, employerId: FirmId | null): Disclosure {
  return { workerId, worker: {}, employer: {}, employerId };
}

/** A worker's settings as they hold now: what a former employer disclosed is not the present one's word. */
export function presentDisclosure(
  { id, employerId }: { readonly id: WorkerId; readonly employerId: FirmId | null },
  kept: Disclosure | undefined,
): Disclosure {
  const blank = allHidden(id, employerId);
  if (!kept) return blank;
  return kept.employerId === employerId ? kept : { ...blank, worker: kept.worker };
}

/** What is open: only what both sides disclose, item by item (R-135, PR-002, PR-003). */
export function openItems({ worker, employer }: Pick<Disclosure, 'worker' | 'employer'>): readonly DisclosureItem[] {
  return disclosureItems.filter((item) => worker[item] === true && employer[item] === true);
}

/** Every item with its switch, as it is shown. */
export function shownSwitches(switches: Switches): Record<DisclosureItem, boolean> {
  return Object.fromEntries(disclosureItems.map((item) => [item, switches[item] ?? false])) as Record<
    DisclosureItem,
    boolean
  >;
}

export const consentStates = ['consented', 'refused'] as const;

/** Whether a firm lets another one act for it (代理手続き同意), per pair of firms (D-10). */
export interface ProxyConsent {
  /** `employer:proxy`. */
  readonly id: string;
  readonly employerId: FirmId;
  readonly proxyFirmId: FirmId;
  readonly status: (typeof consentStates)[number];
  readonly at: Date;
  readonly by: string;
}

export const DisclosureChange = z.strictObject(
  Object.fromEntries(disclosureItems.map((item) => [item, z.boolean().exactOptional()])) as Record<
    DisclosureItem,
    z.ZodExactOptional<z.ZodBoolean>
  >,
);
