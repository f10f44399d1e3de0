import type { CatalogStore } from '../ports-catalogs.ts';
import type { ChangeHook } from './change-register.ts';
import { createCatalogImporter } from './import-catalog.ts';
import { createCatalogs } from './read-catalogs.ts';
import { type SearchParts, createRegisterSearch } from './search-registers.ts';

interface Parts extends SearchParts {
  readonly stores: SearchParts['stores'] & { readonly catalogVersions: CatalogStore };
  readonly changed: ChangeHook;
}

/** What is looked up in memory: the code lists, and names by words. */
export function createLookups(parts: Parts) {
  const store = parts.stores.catalogVersions;
  const catalogs = createCatalogs({ ...parts, store });
  const search = createRegisterSearch(parts);
  return {
    catalogs,
    catalogImporter: createCatalogImporter({ ...parts, store, catalogs }),
    search,
    /** Takes up what other instances have changed meanwhile. */
    async takeUp(): Promise<void> {
      search.begin();
      await catalogs.refresh();
      await search.takeUp();
    },
    /** What every change goes through. */
    changed: (async (change) => {
      search.note(change);
      await parts.changed(change);
    }) satisfies ChangeHook,
  };
}
