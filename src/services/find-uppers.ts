import type { Upper } from '../../ivr/facts.ts';
import type { FirmId, SiteId, WorkerId } from '../domain/ids.ts';
import type { PhoneRegistration } from '../domain/phone.ts';
import { standingOf } from '../domain/standing.ts';
import type { CallDirectory } from '../ports.ts';
import type { Someone } from './find-people.ts';

type RegistrationOf = (workerId: WorkerId) => PhoneRegistration | undefined;

/** Between which upper firms somebody must choose at a site, and which one he stood under last. */
export interface UpperQuestion {
  readonly choices: readonly Upper[];
  readonly last?: FirmId;
}

export type Uppers = ReadonlyMap<string, UpperQuestion>;

/** Under which key the upper firms of one worker at one site are found. */
export function upperKey(siteId: SiteId, workerId: WorkerId): string {
  return `${siteId}:${workerId}`;
}

/**
 * For whom it matters which upper firm he comes under: his firm stands in several chains of the site and neither his telephone nor his
 * firm says which (D-04). Of nearly every site that is nobody.
 */
export async function findUppers(
  directory: CallDirectory,
  siteIds: Iterable<SiteId>,
  people: readonly Someone[],
  registrationOf: RegistrationOf,
): Promise<Uppers> {
  const chains = await Promise.all([...siteIds].map(async (id) => [id, await directory.chains(id)] as const));
  const found = chains.flatMap(([siteId, byFirm]) =>
    people.flatMap((someone) => {
      const question = byFirm && questionOf(someone, { siteId, byFirm, registrationOf });
      return question ? [[upperKey(siteId, someone.worker.id), question] as const] : [];
    }),
  );
  return new Map(found);
}

interface Ground {
  readonly siteId: SiteId;
  readonly byFirm: ReadonlyMap<FirmId, readonly Upper[]>;
  readonly registrationOf: RegistrationOf;
}

function questionOf({ worker, head }: Someone, { siteId, byFirm, registrationOf }: Ground): UpperQuestion | undefined {
  const { employerId } = worker;
  const choices = employerId ? byFirm.get(employerId) : undefined;
  if (!employerId || !choices) return undefined;
  if (standingOf({ ...worker, employerId }, registrationOf(worker.id), siteId).upperFirmId) return undefined;
  const here = head.recent.filter(({ siteId: at, standing }) => at === siteId && standing.employerId === employerId);
  const last = here.findLast(({ standing }) => standing.upperFirmId)?.standing.upperFirmId;
  return last && choices.some(({ firmId }) => firmId === last) ? { choices, last } : { choices };
}
