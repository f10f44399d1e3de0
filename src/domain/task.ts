import { valueOn } from './dated.ts';
import { type Firm, insuranceNames, kindOn, permitsOn } from './firm.ts';
import type { Day, FirmId, PhoneId, SiteId, WorkerId } from './ids.ts';
import type { PhoneRegistration } from './phone.ts';
import { present } from './present.ts';
import { type Registrable, registrationStateOf } from './registration.ts';
import type { Site } from './site.ts';
import { EXPIRY_NOTICE_DAYS } from './warning.ts';
import { addDays } from './work-day.ts';
import type { Worker } from './worker.ts';
import { EVIDENCE_DAYS, judgeInsurance, oldEvidence } from './worker-insurance.ts';

export const taskKinds = [
  'capital-missing',
  'firm-insurance-missing',
  'permit-expired',
  'permit-expires',
  'registration-expired',
  'registration-expires',
  'registration-planned-passed',
  'registration-id-missing',
  'site-without-manager',
  'site-without-id',
  'site-without-kentaikyo-method',
  'employment-undated',
  'job-type-missing',
  'insurance-unconfirmed',
  'insurance-old',
  'card-expired',
  'card-expires',
  'qualification-expired',
  'qualification-expires',
  'number-unconfirmed',
] as const;
export type TaskKind = (typeof taskKinds)[number];

/** Something that a firm's office has to do; gone as soon as its reason is. */
export interface Task {
  /** The kind and the thing: the same task has the same id every day. */
  readonly id: string;
  readonly kind: TaskKind;
  /** Whose task it is. */
  readonly firmId: FirmId;
  readonly siteId?: SiteId;
  readonly workerId?: WorkerId;
  readonly phoneId?: PhoneId;
  /** The day that has passed, or will. */
  readonly due?: Day;
}

type Thing = Omit<Task, 'id' | 'kind' | 'due'>;

interface Found {
  readonly kind: TaskKind;
  readonly due?: Day | undefined;
}

/** What is to be done about a firm itself (2.2, F-01). */
export function tasksOfFirm(firm: Firm, today: Day): readonly Task[] {
  const insurance = valueOn(firm.insuranceHistory ?? [], today) ?? {};
  const isCorporation = kindOn(firm, today) === 'corporation';
  const hasEndedPermit = permitsOn(firm, today).length === 0 || firm.permits?.at(-1)?.to !== undefined;
  return tasks({ firmId: firm.id }, [
    when(isCorporation && firm.capitalYen === undefined, 'capital-missing'),
    when(
      insuranceNames.some((name) => insurance[name] === undefined),
      'firm-insurance-missing',
    ),
    ...(hasEndedPermit ? ending('permit', firm.permits?.at(-1)?.to, today) : []),
    ...ending('registration', firm.validUntil, today),
    ...registrationTasks(firm, today),
  ]);
}

/** What is to be done about a site (R-014, PR-040); one whose period is over is left alone. */
export function tasksOfSite(site: Site, hasManager: boolean, today: Day): readonly Task[] {
  if (site.historyPeriod.to < today) return [];
  return tasks({ firmId: site.primeId, siteId: site.id }, [
    when(!hasManager, 'site-without-manager'),
    when(site.ccusId === undefined, 'site-without-id'),
    when(site.kentaikyoMethod === undefined, 'site-without-kentaikyo-method'),
  ]);
}

/** What is to be done about a worker of a firm (2.9, PR-060…PR-062). */
export function tasksOfWorker(worker: Worker & { readonly employerId: FirmId }, today: Day): readonly Task[] {
  const { qualifications = [], insuranceReason, jobTypes } = worker;
  const check = judgeInsurance(worker, today);
  const old = check.confirmed && oldEvidence(worker, today, addDays(today, -EVIDENCE_DAYS)).length > 0;
  return tasks({ firmId: worker.employerId, workerId: worker.id }, [
    when(worker.hiredOn === undefined, 'employment-undated'),
    when(jobTypes.length === 0, 'job-type-missing'),
    when(!check.confirmed && insuranceReason === undefined, 'insurance-unconfirmed'),
    when(old, 'insurance-old'),
    ...ending('card', worker.cardValidUntil, today),
    ...qualifications.flatMap(({ expiresOn }) => ending('qualification', expiresOn, today)).slice(0, 1),
    ...registrationTasks(worker, today),
  ]);
}

/** A number that its holder has not been heard on. */
export function tasksOfPhone(
  { id, verifiedAt, validFrom, validTo }: PhoneRegistration,
  { id: workerId, employerId: firmId }: Worker & { readonly employerId: FirmId },
  today: Day,
): readonly Task[] {
  const holds = validFrom <= today && (validTo === undefined || today <= validTo);
  return tasks({ firmId, workerId, phoneId: id }, [when(holds && verifiedAt === undefined, 'number-unconfirmed')]);
}

function registrationTasks(thing: Registrable, today: Day): readonly Found[] {
  const planned = thing.registrationPlannedOn;
  const lacksId = registrationStateOf(thing) === 'registered' && thing.ccusId === undefined;
  return [
    ...when(planned !== undefined && planned < today, 'registration-planned-passed', planned),
    ...when(lacksId, 'registration-id-missing'),
  ];
}

type Ending = 'permit' | 'registration' | 'card' | 'qualification';

function ending(what: Ending, last: Day | undefined, today: Day): readonly Found[] {
  if (last === undefined || last > addDays(today, EXPIRY_NOTICE_DAYS)) return [];
  return [{ kind: last < today ? `${what}-expired` : `${what}-expires`, due: last }];
}

function when(isSo: boolean, kind: TaskKind, due?: Day): readonly Found[] {
  return isSo ? [{ kind, due }] : [];
}

function tasks(thing: Thing, found: readonly (Found | readonly Found[])[]): readonly Task[] {
  const subject = thing.phoneId ?? thing.workerId ?? thing.siteId ?? thing.firmId;
  return found.flat().map(({ kind, due }) => ({ id: `${kind}:${subject}`, kind, ...thing, ...present({ due }) }));
}
