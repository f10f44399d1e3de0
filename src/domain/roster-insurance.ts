import { valueOn } from './dated.ts';
import { type InsuranceName, insuranceNames } from './firm.ts';
import type { Day } from './ids.ts';
import { present } from './present.ts';
import type { Worker } from './worker.ts';
import { type Evidence, type InsuranceVerdict, judgeInsurance } from './worker-insurance.ts';

/** One insurance as a roster shows it. */
export interface ShownInsurance {
  readonly joined: boolean;
  readonly exempt: boolean;
  readonly kind?: string;
  /** No more than four digits (2.3, R-156). */
  readonly numberLast4?: string;
  readonly evidence?: Evidence;
  /** Only what comes from the registry itself has the mark "CCUS linked" (PR-065). */
  readonly ccusLinked: boolean;
}

/** The insurances of a roster line with the judgement of all three (適切な保険加入判定, PR-064); null where nothing is known. */
export interface RosterInsurance extends InsuranceVerdict, Readonly<Record<InsuranceName, ShownInsurance | null>> {
  /** The day as of which it is told. */
  readonly on: Day;
}

/** A worker's insurances as of a day, as far as a roster carries them (2.3). */
export function rosterInsurance(
  worker: Pick<Worker, 'insuranceHistory' | 'insuranceCopies' | 'insuranceReason'>,
  on: Day,
): RosterInsurance {
  const known = valueOn(worker.insuranceHistory ?? [], on) ?? {};
  const shown = insuranceNames.map((name) => {
    const insurance = known[name];
    if (!insurance) return [name, null] as const;
    const { joined, exempt = false, kind, numberLast4, evidence } = insurance;
    const fields = { joined, exempt, ...present({ kind, numberLast4, evidence }), ccusLinked: evidence === 'ccus' };
    return [name, fields] as const;
  });
  const three = Object.fromEntries(shown) as Record<InsuranceName, ShownInsurance | null>;
  return { on, ...three, ...judgeInsurance(worker, on) };
}
