import type { CatalogStore } from '../ports-catalogs.ts';
import type { Chance, Clock } from '../ports.ts';
import { createCatalogImporter } from './import-catalog.ts';
import { createCatalogs } from './read-catalogs.ts';

interface Parts {
  readonly stores: { readonly catalogVersions: CatalogStore };
  readonly clock: Clock;
  readonly chance: Chance;
}

/** What is looked up in memory: the code lists. */
export function createLookups({ stores, clock, chance }: Parts) {
  const store = stores.catalogVersions;
  const catalogs = createCatalogs({ store, clock });
  return {
    catalogs,
    catalogImporter: createCatalogImporter({ store, catalogs, clock, chance }),
    /** Takes up what other instances have changed meanwhile. */
    takeUp: () => catalogs.refresh(),
  };
}
