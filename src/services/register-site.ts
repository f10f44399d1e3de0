import { type FirmId, SiteId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { type Patch, applyPatch } from '../domain/patch.ts';
import type { Site } from '../domain/site.ts';
import type { Chance, CodeStore, FirmStore, SiteStore } from '../ports.ts';
import { type ChangeHook, type Seen, changeRegister } from './change-register.ts';
import { giveCode } from './give-code.ts';

export type NewSite = Omit<Site, 'id' | 'siteCode'>;
export type SitePatch = Patch<NewSite>;
export type SiteRefusal = 'unknown-firm' | 'period-reversed' | 'kentaikyo-method-needed' | 'conflict';

interface Parts {
  readonly sites: SiteStore;
  readonly firms: FirmStore;
  readonly codes: CodeStore;
  readonly chance: Chance;
  readonly changed: ChangeHook;
}

const optional = [
  'ccusId',
  'postalCode',
  'address',
  'orderCategory',
  'contactName',
  'officeAddress',
  'contract',
  'kentaikyoMethod',
  'devices',
  'publicItems',
  'missingExit',
] as const;

export type SiteService = ReturnType<typeof createSiteService>;

/** Registers sites of a known prime with a period that runs forwards, and gives each its code. */
export function createSiteService({ sites, firms, codes, chance, changed }: Parts) {
  const isKnown = async (id: FirmId | undefined) => id === undefined || (await firms.find(id)) !== undefined;
  return {
    /** Under an id of the caller's a site is registered once; a second time it is a conflict. */
    async register(input: NewSite, id: SiteId = SiteId.parse(chance.id('sit'))): Promise<Outcome<Site, SiteRefusal>> {
      if (!runsForwards(input)) return refuse('period-reversed');
      if (lacksMethod(input)) return refuse('kentaikyo-method-needed', 'kentaikyoMethod');
      if (!(await isKnown(input.primeId))) return refuse('unknown-firm', 'primeId');
      if (await sites.find(id)) return refuse('conflict');
      const siteCode = await giveCode(codes, chance, { kind: 'site', owner: id, lengths: [4, 5, 6] });
      const site: Site = { id, ...input, siteCode };
      if (!(await sites.create(site))) return refuse('conflict');
      await changed({ kind: 'site', id });
      return accept(site);
    },
    async change(
      id: SiteId,
      patch: SitePatch,
      seen: Seen<Site>,
    ): Promise<Outcome<Site, SiteRefusal | 'not-found' | 'stale'>> {
      if (patch.historyPeriod && !runsForwards({ historyPeriod: patch.historyPeriod }))
        return refuse('period-reversed');
      if (!(await isKnown(patch.primeId))) return refuse('unknown-firm', 'primeId');
      const done = await changeRegister(sites, id, (site) => {
        if (!seen(site)) return refuse('stale');
        const next = applyPatch<Site>(site, patch, optional);
        return lacksMethod(next) ? refuse('kentaikyo-method-needed', 'kentaikyoMethod') : accept(next);
      });
      if (done.ok) await changed({ kind: 'site', id });
      return done;
    },
  };
}

/** One order, one way of paying (PR-040). */
export function lacksMethod({ contract, kentaikyoMethod }: Pick<Site, 'contract' | 'kentaikyoMethod'>): boolean {
  return contract !== undefined && kentaikyoMethod === undefined;
}

function runsForwards({ historyPeriod: { from, to } }: Pick<Site, 'historyPeriod'>): boolean {
  return from <= to;
}
