import type { CatalogName, CatalogVersion } from './domain/catalog/catalog.ts';
import type { CatalogError, CatalogItem } from './domain/catalog/catalog.ts';
import type { Day } from './domain/ids.ts';

/** A list that an operator has uploaded and may make the next version. */
export interface CatalogDraft {
  readonly id: string;
  readonly kind: CatalogName;
  readonly version: string;
  readonly from: Day;
  readonly items: readonly CatalogItem[];
  readonly errors: readonly CatalogError[];
  /** Which revision it was held against. */
  readonly base: number;
  readonly at: Date;
}

/** The imported versions of the code lists, each written once, and what is still to become one. */
export interface CatalogStore {
  /** Those that exist of the revisions asked for. */
  find(
    wanted: readonly { readonly kind: CatalogName; readonly revision: number }[],
  ): Promise<readonly CatalogVersion[]>;
  /** False when there is such a revision already. */
  create(version: CatalogVersion): Promise<boolean>;
  /** Keeps a draft, and forgets those that have grown old. */
  saveDraft(draft: CatalogDraft): Promise<void>;
  findDraft(id: string): Promise<CatalogDraft | undefined>;
}
