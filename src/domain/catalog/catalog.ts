import { z } from 'zod';
import { Day, JobTypeCode } from '../ids.ts';

/** The code lists of the service: data, replaced when an official one is at hand (D-26). */
export const catalogNames = [
  'job-types',
  'positions',
  'order-categories',
  'hazardous-work',
  'insurance-kinds',
  'insurance-proofs',
  'permit-kinds',
  'permit-trades',
  'reason-codes',
  'action-codes',
  'prefectures',
  'qualifications',
  'entry-methods',
] as const;
export type CatalogName = (typeof catalogNames)[number];

/** A code as it stands in a list: letters that no spreadsheet or address takes for something else. */
const Code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/);
const Words = z.string().trim().min(1).max(200);

/** One code with its names, how sure it is, where it comes from and on which days it holds. */
export const CatalogItem = z.strictObject({
  code: Code,
  /** The class it belongs to: of a minor job type the major one's code. */
  group: Code.nullable().default(null),
  ja: Words,
  en: Words,
  /** `inferred`: nobody has published it, it follows from what is published. */
  status: z.enum(['confirmed', 'inferred']),
  source: Words,
  /** The first and the last day on which it holds; null without end. */
  validFrom: Day.nullable().default(null),
  validTo: Day.nullable().default(null),
  /** Whoever uses it says in words what he means. */
  noteRequired: z.boolean().default(false),
});
export type CatalogItem = z.infer<typeof CatalogItem>;

/** More codes than any official book has. */
export const MAX_ITEMS = 5_000;

/** A list as a file: as it ships, as it is exported, as it is imported. */
export const CatalogFile = z.strictObject({
  kind: z.enum(catalogNames).exactOptional(),
  version: z.string().trim().min(1).max(60).exactOptional(),
  items: z.array(z.unknown()).max(MAX_ITEMS),
});

/** One version of a list: the shipped one is revision 0; every import that changes something is the next one. */
export interface CatalogVersion {
  readonly kind: CatalogName;
  readonly revision: number;
  readonly version: string;
  /** The first day on which this version is the one that counts; null: ever since. */
  readonly from: Day | null;
  readonly items: readonly CatalogItem[];
  /** Which import made it, when, and whose. */
  readonly importId?: string;
  readonly importedAt?: Date;
  readonly by?: string;
}

/** What is wrong with one line of a list; `row` counts from 1. */
export interface CatalogError {
  readonly row: number;
  readonly column: string;
  readonly code: 'required' | 'format' | 'repeated' | 'period-reversed' | 'group-unknown' | 'column-unknown';
}

/** The version that counts on a day: of those that have begun by then, the one imported last. */
export function versionOn(versions: readonly CatalogVersion[], day: Day): CatalogVersion | undefined {
  return versions.findLast(({ from }) => from === null || from <= day);
}

/** The codes of a version that hold on a day. */
export function itemsOn({ items }: CatalogVersion, day: Day): readonly CatalogItem[] {
  const holds = ({ validFrom, validTo }: CatalogItem) =>
    (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo);
  return items.filter(holds);
}

/** What is wrong with a list as a whole: codes twice on one day, periods that end before they begin, classes that are not there. */
export function flawsOf(name: CatalogName, items: readonly CatalogItem[]): readonly CatalogError[] {
  const codes = new Set(items.map(({ code }) => code));
  const seen = new Map<string, CatalogItem[]>();
  return items.flatMap((item, place) => {
    const flaw = (column: string, code: CatalogError['code']): CatalogError => ({ row: place + 1, column, code });
    const before = seen.get(item.code) ?? [];
    seen.set(item.code, [...before, item]);
    return [
      ...(before.some((other) => overlap(item, other)) ? [flaw('code', 'repeated')] : []),
      ...(item.validFrom && item.validTo && item.validTo < item.validFrom ? [flaw('validTo', 'period-reversed')] : []),
      ...(name === 'job-types' ? jobTypeFlaws(item, codes, flaw) : []),
    ];
  });
}

function overlap(a: CatalogItem, b: CatalogItem): boolean {
  const begins = (item: CatalogItem) => item.validFrom ?? '';
  const ends = (item: CatalogItem) => item.validTo ?? '9999-12-31';
  return begins(a) <= ends(b) && begins(b) <= ends(a);
}

/** A minor class is `34-01` below `34`, which must be there too. */
function jobTypeFlaws(
  { code, group }: CatalogItem,
  codes: ReadonlySet<string>,
  flaw: (column: string, code: CatalogError['code']) => CatalogError,
): readonly CatalogError[] {
  if (!JobTypeCode.safeParse(code).success) return [flaw('code', 'format')];
  const [major = '', minor] = code.split('-');
  const wanted = minor === undefined ? null : major;
  const fits = group === wanted && (wanted === null || codes.has(wanted));
  return fits ? [] : [flaw('group', 'group-unknown')];
}
