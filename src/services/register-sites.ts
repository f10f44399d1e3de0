import { digestOf } from '../domain/digest.ts';
import { type FirmId, SiteId } from '../domain/ids.ts';
import { type Outcome, accept } from '../domain/outcome.ts';
import type { Site } from '../domain/site.ts';
import type { RelationStore } from '../ports-access.ts';
import type { SiteStore } from '../ports.ts';
import type { NewSite, SiteRefusal, SiteService } from './register-site.ts';

/** What a copy has of its own. */
export type CopiedSite = Pick<Site, 'name' | 'kana' | 'historyPeriod'> &
  Partial<Pick<Site, 'postalCode' | 'address' | 'officeAddress' | 'ccusId' | 'contactName' | 'siteManagerIds'>>;

/** One site of many: on file already, made now, or what would be made. */
export interface SiteOfMany {
  readonly state: 'new' | 'exists' | 'created';
  readonly siteId?: SiteId;
}

interface Parts {
  readonly sites: SiteStore;
  readonly siteService: SiteService;
  readonly relations: Pick<RelationStore, 'sitesOfPrime'>;
}

export type SiteBatch = ReturnType<typeof createSiteBatch>;

/** Registers several houses of one builder at once, and sites like one that is there. */
export function createSiteBatch({ sites, siteService, relations }: Parts) {
  async function onFile(primeId: FirmId): Promise<Map<string, SiteId>> {
    return new Map((await relations.sitesOfPrime(primeId)).map((site) => [likenessOf(site), site.id]));
  }
  return {
    /** What would become of these; a house that is on file, or stands twice in the list, is not made again. */
    async preview(primeId: FirmId, inputs: readonly NewSite[]): Promise<readonly SiteOfMany[]> {
      const known = await onFile(primeId);
      const seen = new Set<string>();
      return inputs.map((input) => {
        const likeness = likenessOf(input);
        const siteId = known.get(likeness);
        if (siteId !== undefined) return { state: 'exists', siteId };
        const state = seen.has(likeness) ? 'exists' : 'new';
        seen.add(likeness);
        return { state };
      });
    },
    /** Makes those that are not there. A second time, or two at once, make nothing twice: the id follows from what the house is. */
    async register(primeId: FirmId, inputs: readonly NewSite[]): Promise<Outcome<readonly SiteOfMany[], SiteRefusal>> {
      const known = await onFile(primeId);
      const made: SiteOfMany[] = [];
      for (const input of inputs) {
        const likeness = likenessOf(input);
        const siteId = known.get(likeness);
        if (siteId !== undefined) {
          made.push({ state: 'exists', siteId });
          continue;
        }
        const id = SiteId.parse(`sit_${digestOf([primeId, likeness]).slice(0, 24)}`);
        const done = await siteService.register(input, id);
        if (!done.ok && done.code !== 'conflict') return done;
        known.set(likeness, id);
        made.push({ state: done.ok ? 'created' : 'exists', siteId: id });
      }
      return accept(made);
    },
    /** A site under the same contract and rules, with name, place and period of its own. */
    async copy(id: SiteId, own: CopiedSite): Promise<Outcome<Site, SiteRefusal | 'not-found'>> {
      const found = await sites.find(id);
      if (!found) return { ok: false, code: 'not-found' };
      return siteService.register({ ...likeOf(found.value), ...own });
    },
  };
}

/** What a copy takes over: all but what names the site and where it is. */
function likeOf(site: Site) {
  const { id: _id, siteCode: _code, ccusId: _ccusId, ...rest } = site;
  const { postalCode: _postal, address: _place, officeAddress: _office, ...like } = rest;
  return like;
}

/** What makes two entries the same house. */
function likenessOf({ name, address = '', historyPeriod: { from } }: Pick<Site, 'name' | 'address' | 'historyPeriod'>) {
  return JSON.stringify([name, address, from].map((text) => text.normalize('NFKC').replace(/\s+/g, '')));
}
