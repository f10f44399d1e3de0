import { type Dated, valueOn } from './dated.ts';
import { type InsuranceName, insuranceNames } from './firm.ts';
import type { Day } from './ids.ts';

/** By what an insurance is known: the registry, a private system linked with it, or copies on paper (PR-060). */
export const evidenceKinds = ['ccus', 'linked-system', 'paper'] as const;
export type Evidence = (typeof evidenceKinds)[number];

/** One insurance of a worker. No more than four digits of its number are kept (2.3). */
export interface InsuranceOfWorker {
  readonly joined: boolean;
  /** Not bound to join. */
  readonly exempt?: boolean;
  readonly kind?: string;
  readonly numberLast4?: string;
  readonly evidence?: Evidence;
  readonly confirmedOn?: Day;
}

/** The three insurances that are checked (PR-061); one that is absent is not known. */
export type WorkerInsurance = Readonly<Partial<Record<InsuranceName, InsuranceOfWorker>>>;

/** A copy of a paper, which is kept sealed elsewhere. */
export interface InsuranceCopy {
  readonly id: string;
  readonly insurance: InsuranceName;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly on: Day;
}

/** Why somebody is let onto a site whose insurance is not confirmed, and who said so (PR-062). */
export interface SpecialReason {
  readonly reason: string;
  readonly by: string;
  readonly on: Day;
}

/** What hinders the confirmation of one insurance. */
export interface InsuranceGap {
  readonly insurance: InsuranceName;
  readonly why: 'unknown' | 'not-joined' | 'no-evidence' | 'no-copy';
}

/** What a check of the insurances says. */
export interface InsuranceVerdict {
  /** Whether every one of the three is known by evidence that counts (PR-060, PR-061). */
  readonly confirmed: boolean;
  readonly gaps: readonly InsuranceGap[];
  /** Whether an entry is to be flagged: not confirmed, and no special reason on file (PR-062). */
  readonly flagged: boolean;
  /** All of it comes from the registry itself (PR-065). */
  readonly ccusLinked: boolean;
}

/** Days after which evidence is looked for again; a year, since remuneration notices come yearly. */
export const EVIDENCE_DAYS = 366;

interface Insured {
  readonly insuranceHistory?: readonly Dated<WorkerInsurance>[];
  readonly insuranceCopies?: readonly InsuranceCopy[];
  readonly insuranceReason?: SpecialReason;
}

/** Checks a worker's insurances as of a day (PR-060…PR-062, PR-065). */
export function judgeInsurance(
  { insuranceHistory = [], insuranceCopies = [], insuranceReason }: Insured,
  day: Day,
): InsuranceVerdict {
  const insurance = valueOn(insuranceHistory, day) ?? {};
  const gaps = insuranceNames.flatMap((name) => {
    const why = gapOf(
      insurance[name],
      insuranceCopies.some((copy) => copy.insurance === name),
    );
    return why ? [{ insurance: name, why }] : [];
  });
  const confirmed = gaps.length === 0;
  return {
    confirmed,
    gaps,
    flagged: !confirmed && insuranceReason === undefined,
    ccusLinked: insuranceNames.every((name) => insurance[name]?.evidence === 'ccus'),
  };
}

function gapOf(insurance: InsuranceOfWorker | undefined, hasCopy: boolean): InsuranceGap['why'] | undefined {
  if (!insurance) return 'unknown';
  if (!insurance.joined && insurance.exempt !== true) return 'not-joined';
  if (insurance.evidence === undefined) return 'no-evidence';
  return insurance.evidence === 'paper' && !hasCopy ? 'no-copy' : undefined;
}

/** Insurances whose evidence on paper was looked at too long ago; the registry and linked systems are kept current by others. */
export function oldEvidence({ insuranceHistory = [] }: Insured, day: Day, oldest: Day): readonly InsuranceName[] {
  const insurance = valueOn(insuranceHistory, day) ?? {};
  return insuranceNames.filter((name) => {
    const { evidence, confirmedOn } = insurance[name] ?? {};
    return evidence === 'paper' && confirmedOn !== undefined && confirmedOn < oldest;
  });
}
