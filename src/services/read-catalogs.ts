import actionCodes from '../../catalogs/action-codes.json' with { type: 'json' };
import jobTypes from '../../catalogs/job-types.json' with { type: 'json' };
import orderCategories from '../../catalogs/order-categories.json' with { type: 'json' };
import positions from '../../catalogs/positions.json' with { type: 'json' };
import prefectures from '../../catalogs/prefectures.json' with { type: 'json' };
import reasonCodes from '../../catalogs/reason-codes.json' with { type: 'json' };
import { z } from 'zod';

const CatalogItem = z.object({
  code: z.string(),
  ja: z.string(),
  en: z.string(),
  /** `inferred`: nobody has published it, it follows from what is published. */
  status: z.enum(['confirmed', 'inferred']),
  source: z.string(),
  noteRequired: z.boolean().exactOptional(),
});
export type CatalogItem = z.infer<typeof CatalogItem>;

const files = {
  'job-types': jobTypes,
  positions,
  'order-categories': orderCategories,
  'reason-codes': reasonCodes,
  'action-codes': actionCodes,
  prefectures,
};
export type CatalogName = keyof typeof files;

/** The names of the lists. */
export const catalogNames = Object.keys(files) as CatalogName[];

/** The code lists, which are data and are replaced when an official one is at hand (D-26). */
export interface Catalogs {
  items(name: CatalogName): readonly CatalogItem[];
  find(name: CatalogName, code: string): CatalogItem | undefined;
  /** The codes of one list, for warnings about unknown ones. */
  codes(name: CatalogName): ReadonlySet<string>;
}

/** Reads the lists that ship with the service; one that is malformed is an exception at the start. */
export function readCatalogs(): Catalogs {
  const items = new Map(catalogNames.map((name) => [name, z.array(CatalogItem).parse(files[name])]));
  const codes = new Map(catalogNames.map((name) => [name, new Set((items.get(name) ?? []).map(({ code }) => code))]));
  return {
    items: (name) => items.get(name) ?? [],
    find: (name, code) => items.get(name)?.find((item) => item.code === code),
    codes: (name) => codes.get(name) ?? new Set(),
  };
}
