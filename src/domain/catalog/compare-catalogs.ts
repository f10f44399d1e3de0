import type { CatalogItem } from './catalog.ts';

/** What another version of a list would change. */
export interface CatalogDifference {
  readonly added: readonly CatalogItem[];
  readonly changed: readonly { readonly before: CatalogItem; readonly after: CatalogItem }[];
  /** Codes that it has no more; they stay in the versions before and so on the days when those counted. */
  readonly ended: readonly CatalogItem[];
  readonly unchanged: number;
}

/** Holds two versions against each other, code by code and period by period. */
export function compareCatalogs(before: readonly CatalogItem[], after: readonly CatalogItem[]): CatalogDifference {
  const added: CatalogItem[] = [];
  const changed: { before: CatalogItem; after: CatalogItem }[] = [];
  const left = new Map<string, CatalogItem[]>();
  for (const item of before) left.set(item.code, [...(left.get(item.code) ?? []), item]);
  let unchanged = 0;
  for (const item of after) {
    const same = left.get(item.code) ?? [];
    const place = Math.max(
      same.findIndex((other) => other.validFrom === item.validFrom),
      0,
    );
    const [other] = same.splice(place, 1);
    if (!other) added.push(item);
    else if (isSame(other, item)) unchanged += 1;
    else changed.push({ before: other, after: item });
  }
  return { added, changed, ended: [...left.values()].flat(), unchanged };
}

function isSame(a: CatalogItem, b: CatalogItem): boolean {
  return (Object.keys(a) as (keyof CatalogItem)[]).every((key) => a[key] === b[key]);
}
