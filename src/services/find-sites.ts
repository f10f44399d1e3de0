import type { Place } from '../../ivr/facts.ts';
import type { Day, SiteId, WorkerId } from '../domain/ids.ts';
import type { Conversation } from '../domain/ledger.ts';
import type { Head } from '../domain/sequence.ts';
import type { Line } from '../domain/line-use.ts';
import type { Site } from '../domain/site.ts';
import type { CallAids } from '../ports-telephone.ts';
import type { CallDirectory } from '../ports.ts';
import type { Someone } from './find-people.ts';

/** The sites that a turn may speak of, the one whose code was keyed, and who is planned where. */
export interface Sites {
  readonly all: ReadonlyMap<SiteId, Site>;
  readonly keyed: SiteId | undefined;
  readonly planned: ReadonlyMap<WorkerId, readonly SiteId[]>;
}

interface Sought {
  readonly line: Line | undefined;
  readonly before: Conversation | undefined;
  readonly pressed: string | undefined;
  readonly day: Day;
  readonly people: readonly Someone[];
}

const SITE_CODE = /^\d{4,6}$/;

/** Reads the sites that matter for a turn. Plans are asked for only where the line does not say which site it is. */
export async function findSites(
  { directory, aids }: { readonly directory: CallDirectory; readonly aids: CallAids },
  { line, before, pressed, day, people }: Sought,
): Promise<Sites> {
  const planned = line?.siteId ? new Map<WorkerId, readonly SiteId[]>() : await findPlans(aids, people, day);
  const ids = new Set([
    ...named(line, before),
    ...people.flatMap(({ head }) => sitesOf(head)),
    ...[...planned.values()].flat(),
  ]);
  const asksCode = before?.waitingFor === 'site' && SITE_CODE.test(pressed ?? '');
  const byCode = asksCode ? directory.siteByCode(pressed ?? '') : undefined;
  const [keyed, ...sites] = await Promise.all([byCode, ...[...ids].map((id) => directory.site(id))]);
  const all = [keyed, ...sites].flatMap((site) => (site ? [[site.id, site] as const] : []));
  return { all: new Map(all), keyed: keyed?.id, planned };
}

/** The sites that the line and the turns before name. */
function named(line: Line | undefined, before: Conversation | undefined): readonly SiteId[] {
  const { made, repeats, groupSite } = before ?? {};
  return [line?.siteId, made?.siteId, repeats?.siteId, groupSite].filter((id) => id !== undefined);
}

async function findPlans(
  aids: CallAids,
  people: readonly Someone[],
  day: Day,
): Promise<ReadonlyMap<WorkerId, readonly SiteId[]>> {
  const plans = people.map(async ({ worker }) => [worker.id, await aids.plannedSites(worker.id, day)] as const);
  return new Map(await Promise.all(plans));
}

/** Where somebody is, or was lately. */
function sitesOf({ recent }: Head): readonly SiteId[] {
  return recent.map((passage) => passage.siteId);
}

/** What the conversation sees of a site. */
export function toPlace(site: Site): Place {
  return {
    siteId: site.id,
    kana: site.kana,
    repeatWindowSec: site.repeatWindowSec,
    phoneEnabled: site.methods.includes('PHONE_CALL'),
    companionDailyLimit: site.companionDailyLimit,
  };
}
