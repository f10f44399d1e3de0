import type { SiteId } from '../src/domain/ids.ts';
import type { Conversation, KnownBy } from '../src/domain/ledger.ts';
import { readStays, siteAt } from '../src/domain/stays.ts';
import { usualSite } from '../src/domain/usual-site.ts';
import { ask, askAgain, keep } from './ask.ts';
import { type Facts, type Person, type Reply, whoIs } from './facts.ts';
import { arrive } from './arrive.ts';
import { recordInGroup } from './group-record.ts';

/** Where: the line's own site, where the worker is, where today's plan sends him, where he usually is, else a question. */
export function settleSite(person: Person, as: KnownBy, facts: Facts): Reply {
  if (person.employerId === null) return keep('no-employer', facts, person);
  const site = siteOf(person, facts);
  const place = site === undefined ? undefined : facts.places.get(site);
  if (place) return arrive({ person, place, as }, facts);
  if (facts.lineSite) return keep('unknown-site', facts, person);
  return ask({ waitingFor: 'site', tries: 1, workerId: person.workerId, as }, facts);
}

/** The site that is certain without a question; `keyed` is the one that a foreman has keyed in for all whom he names. */
export function siteOf(
  { head, plannedSites }: Person,
  { lineSite, at }: Pick<Facts, 'lineSite' | 'at'>,
  keyed?: SiteId,
): SiteId | undefined {
  const [planned, another] = plannedSites;
  const onSite = lineSite ?? siteAt(readStays(head.recent), at);
  return onSite ?? keyed ?? (another ? undefined : planned) ?? usualSite(head.recent, at);
}

/** The site that the keys name: 1 is the one of last time, else it is a code. */
export function siteByKeys(
  { head }: Person,
  pressed: string | undefined,
  coded: SiteId | undefined,
): SiteId | undefined {
  return pressed === '1' ? head.recent.at(-1)?.siteId : coded;
}

/** A site code, or 1 for the same site as last time. */
export function siteKeyed(before: Conversation, pressed: string | undefined, facts: Facts): Reply {
  const person = whoIs(before.workerId, facts);
  if (!person) return keep('unknown-phone', facts);
  const site = siteByKeys(person, pressed, facts.keyedSite);
  const place = site && facts.places.get(site);
  if (!place) return askAgain(before, facts);
  if (before.as === 'group') return recordInGroup(person, place, { ...before, groupSite: place.siteId }, facts);
  return arrive({ person, place, as: before.as ?? 'own' }, facts);
}
