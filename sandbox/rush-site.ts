import type { AdminClient } from './admin-client.ts';
import { AdminRefused } from './admin-client.ts';
import type { ControlClient } from './control-client.ts';
import { type CrewMember, crewFirms, crewPrime, crewSite, knowCrew, writeCrewList } from './rush-crew.ts';

interface Numbered {
  readonly id: string;
  readonly ccusId?: string;
}

interface Draft {
  readonly id: string;
  readonly counts: { readonly invalid: number };
  readonly errors: readonly { readonly message: string }[];
}

/** A day at the site as the service has it. */
export interface SiteDay {
  readonly workerId: string;
  readonly workDate: string;
  readonly exitAt: string | null;
}

/** The demonstration site as it stands: its id, what was changed now, who is who, and the days so far. */
export interface RushSite {
  readonly siteId: string;
  readonly changed: number;
  readonly days: readonly SiteDay[];
  /** A worker's id at the service, by the registry's. */
  readonly workers: ReadonlyMap<string, string>;
}

/** Registers the demonstration builder through the admin API, as an office would; what stands already stays as it is. */
export async function prepareSite(
  { admin, control }: { admin: AdminClient; control: Pick<ControlClient, 'makeKnown'> },
  crew: readonly CrewMember[],
): Promise<RushSite> {
  const siteId = await findOrMakeSite(admin);
  const firms = await admin.all<Numbered>('/firms');
  // Upper firms first: a list names the upper firm of its rows by the id of one that is on file.
  for (const { name, kana, ccusId } of crewFirms)
    if (!firms.some((firm) => firm.ccusId === ccusId))
      await admin.ask('POST', '/firms', { name, kana, ccusId, kind: 'corporation' });
  const changed = await takeList(admin, writeCrewList(crew));
  await control.makeKnown(knowCrew(crew));
  const workers = await admin.all<Numbered>('/workers');
  const days = await admin.all<SiteDay>(`/histories?siteId=${siteId}`);
  return { siteId, changed, days, workers: new Map(workers.map(({ ccusId = '', id }) => [ccusId, id])) };
}

async function findOrMakeSite(admin: AdminClient): Promise<string> {
  const { line, ...site } = crewSite;
  const standing = await admin.find<{ siteId?: string }>(`/lines/${encodeURIComponent(line)}`);
  if (standing?.siteId) return standing.siteId;
  const firms = await admin.all<Numbered>('/firms');
  const prime =
    firms.find(({ ccusId }) => ccusId === crewPrime.ccusId) ?? (await admin.ask<Numbered>('POST', '/firms', crewPrime));
  const sites = await admin.all<Numbered>('/sites');
  const { id } =
    sites.find(({ ccusId }) => ccusId === site.ccusId) ??
    (await admin.ask<Numbered>('POST', '/sites', { ...site, primeId: prime.id }));
  await admin.ask('POST', '/lines', { number: line, siteId: id });
  return id;
}

/** Uploads and commits the list; how many rows it created or changed. */
async function takeList(admin: AdminClient, list: string): Promise<number> {
  const form = new FormData();
  form.append('file', new Blob([list], { type: 'text/csv' }), 'rush.csv');
  const draft = await admin.ask<Draft>('POST', '/phones/imports', form);
  if (draft.counts.invalid > 0)
    throw new AdminRefused(`The demonstration builder's list was not taken: ${draft.errors[0]?.message ?? ''}`);
  const done = await admin.ask<{ created: number; updated: number }>('POST', `/phones/imports/${draft.id}/commit`, {});
  return done.created + done.updated;
}
