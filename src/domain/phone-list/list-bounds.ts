import type { Role } from '../api-key.ts';
import type { FirmId, SiteId, WorkerId } from '../ids.ts';
import type { Finding } from './list-issue.ts';
import type { Party } from './match-party.ts';
import type { PhoneStep } from './plan-phones.ts';

/** Who uploaded a list, where it was not the operator: a person or program of a firm. */
export interface ImportOwner {
  readonly by: string;
  readonly role: Role;
  readonly firmId: FirmId;
  readonly siteIds?: readonly SiteId[];
}

/** Whom the list of a firm may speak of; of everybody else it learns nothing, not even that they are on file. */
export interface ListBounds {
  readonly own: FirmId;
  /** Firms whose people it may register: its own, and those that agreed to that. */
  readonly registrable: ReadonlySet<FirmId>;
  /** Firms that it may name as the upper one. */
  readonly uppers: ReadonlySet<FirmId>;
}

/** What of a row is not for its firm to do. A firm registers its people; a proxy only what is new, and new firms the operator does. */
export function firmFindings(firm: Party<FirmId> | undefined, { own, registrable }: ListBounds): readonly Finding[] {
  if (firm?.id === undefined || !registrable.has(firm.id)) return [{ code: 'firm-not-yours', field: 'firmName' }];
  return firm.brings && firm.id !== own ? [changeFinding('firmCcusId')] : [];
}

/** The same of the row's worker. */
export function workerFindings(
  worker: Party<WorkerId>,
  { firm, bounds: { own } }: { readonly firm: Party<FirmId>; readonly bounds: ListBounds },
): readonly Finding[] {
  return worker.brings && firm.id !== own ? [changeFinding('workerCcusId')] : [];
}

/** The same of what becomes of the number. */
export function phoneFindings(
  step: PhoneStep | undefined,
  { firm, bounds: { own } }: { readonly firm: Party<FirmId>; readonly bounds: ListBounds },
): readonly Finding[] {
  return step?.kind === 'update' && firm.id !== own ? [changeFinding('number')] : [];
}

/** Whether a firm may be named as the upper one. */
export function isUpper({ id }: Party<FirmId>, { uppers }: ListBounds): boolean {
  return id !== undefined && uppers.has(id);
}

function changeFinding(field: 'firmCcusId' | 'workerCcusId' | 'number'): Finding {
  return { code: 'change-not-yours', field };
}
