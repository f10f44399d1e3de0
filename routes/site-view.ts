import type { z } from 'zod';
import type { Reach } from '../src/domain/reach.ts';
import { type Site, officeOf, publicPart, usualPublicItems } from '../src/domain/site.ts';
import { type Warning, warnOfCode, warnOfId, warnOfManager } from '../src/domain/warning.ts';
import type { KnownManagers } from '../src/services/known-managers.ts';
import type { Catalogs } from '../src/services/read-catalogs.ts';
import { warnOfPostalCode } from '../src/services/suggest-address.ts';
import { PublicSiteView } from './site-body.ts';

/** What the views of sites are looked up in. */
export interface SiteGround {
  readonly catalogs: Catalogs;
  readonly knownManagers: KnownManagers;
}

type Warned = Pick<Site, 'siteManagerIds' | 'methods'> &
  Partial<Pick<Site, 'ccusId' | 'postalCode' | 'address' | 'orderCategory' | 'devices'>>;

/** What looks odd about a site, given which of its managers exist. */
export function siteWarnings(site: Warned, catalogs: Catalogs, known: ReadonlySet<string>): readonly Warning[] {
  const methods = catalogs.codes('entry-methods');
  return [
    ...warnOfId(site.ccusId, 'site'),
    ...warnOfPostalCode(site.postalCode, site.address),
    ...warnOfCode('/orderCategory', site.orderCategory, catalogs.codes('order-categories')),
    ...site.methods.flatMap((code, place) => warnOfCode(`/methods/${place}`, code, methods)),
    ...(site.devices ?? []).flatMap(({ method }, place) => warnOfCode(`/devices/${place}/method`, method, methods)),
    ...site.siteManagerIds.flatMap((id, place) => warnOfManager(`/siteManagerIds/${place}`, id, known)),
  ];
}

/** A site with what looks odd about it. */
export function siteView(site: Site, { catalogs }: Pick<SiteGround, 'catalogs'>, known: ReadonlySet<string>) {
  return {
    ...site,
    office: officeOf(site),
    devices: site.devices ?? [],
    publicItems: site.publicItems ?? usualPublicItems,
    missingExit: site.missingExit ?? { channel: 'none' as const },
    warnings: siteWarnings(site, catalogs, known),
  };
}

/** One site as its prime sees it. */
export async function viewWhole(site: Site, ground: SiteGround) {
  return siteView(site, ground, await ground.knownManagers(site.siteManagerIds));
}

/** Sites for the asker: whole to the prime, their public items to others. */
export async function viewsFor(
  reach: Reach,
  sites: readonly Site[],
  ground: SiteGround,
): Promise<readonly (ReturnType<typeof siteView> | z.infer<typeof PublicSiteView>)[]> {
  const known = await ground.knownManagers(sites.flatMap(({ siteManagerIds }) => siteManagerIds));
  return Promise.all(
    sites.map(async (site) =>
      (await reach.seesWhole(site.id)) ? siteView(site, ground, known) : PublicSiteView.parse(publicPart(site)),
    ),
  );
}
