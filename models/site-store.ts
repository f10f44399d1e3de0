import type { Connection } from 'mongoose';
import type { SiteId } from '../src/domain/ids.ts';
import type { Site } from '../src/domain/site.ts';
import type { SiteStore } from '../src/ports.ts';
import { createCodeStore } from './code-store.ts';
import { createRegister } from './register.ts';

/** The sites, by id and by the code that callers key in. */
export function createSiteStore(connection: Connection): SiteStore {
  const { pageWhere: _pageWhere, ...sites } = createRegister<Site, SiteId>({
    connection,
    collection: 'sites',
    keyOf: (site) => site.id,
  });
  const codes = createCodeStore(connection);
  return {
    ...sites,
    async findByCode(code) {
      const owner = await codes.ownerOf('site', code);
      return owner === undefined ? undefined : (await sites.find(owner as SiteId))?.value;
    },
  };
}
