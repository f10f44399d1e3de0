import type { Firm } from '../firm.ts';
import type { Day, E164, FirmId, WorkerId } from '../ids.ts';
import type { PhoneRegistration } from '../phone.ts';
import type { Worker } from '../worker.ts';
import type { ListField } from './list-fields.ts';
import { type Finding, type IssueCode, isError } from './list-issue.ts';
import { type Party, type PartyMatcher, createPartyMatcher } from './match-party.ts';
import { type PhoneStep, type PhoneWish, planNumber } from './plan-phones.ts';
import type { ListRow, RowReading } from './read-list-row.ts';

/** What is on file that a list can touch, and the day on which it is looked at. */
export interface ListFacts {
  readonly firms: readonly Firm[];
  readonly workers: readonly Worker[];
  readonly registrations: ReadonlyMap<E164, readonly PhoneRegistration[]>;
  readonly today: Day;
}

export interface ReadRow {
  readonly row: number;
  readonly reading: RowReading;
}

/** What one row will do; rows without a step are not taken. */
export interface RowStep {
  readonly firm: Party<FirmId>;
  readonly worker: Party<WorkerId>;
  readonly upper?: Party<FirmId>;
  readonly number: E164;
  readonly cells: ListRow;
  readonly phone: PhoneStep;
}

export interface PlannedRow {
  readonly row: number;
  readonly findings: readonly Finding[];
  readonly step?: RowStep;
}

interface Matchers {
  readonly firms: PartyMatcher<FirmId>;
  readonly workers: PartyMatcher<WorkerId>;
}

/**
 * What a whole list would do to what is on file, row by row: same list and same facts, same plan. A row is taken only
 * when nothing about it is wrong, and only with an employer.
 */
export function planList(rows: readonly ReadRow[], facts: ListFacts): readonly PlannedRow[] {
  const matchers = createMatchers(facts);
  for (const { reading } of rows) matchers.firms.declare(reading.row.firm, '');
  for (const { reading } of rows) {
    const employer = matchers.firms.resolve(reading.row.firm, '').party;
    if (employer) matchers.workers.declare(reading.row.worker, employer.key);
  }
  const clear = rows.map((row) => ({ ...row, ...clarify(row, matchers) }));
  const verdicts = planNumbers(
    clear.flatMap(({ wish }) => wish ?? []),
    facts,
  );
  return clear.map(({ row, reading, findings, firm, wish }) => {
    const { step, finding } = verdicts.get(row) ?? {};
    const all = [...reading.findings, ...findings, ...(finding ? [finding] : [])];
    if (!firm || !wish || !step || all.some(isError)) return { row, findings: all };
    const { worker, upper, number, cells } = wish;
    return { row, findings: all, step: { firm, worker, number, cells, phone: step, ...(upper ? { upper } : {}) } };
  });
}

function createMatchers({ firms, workers }: ListFacts): Matchers {
  return {
    firms: createPartyMatcher(
      'firm',
      firms.map((firm) => ({ ...firm, scope: '' })),
    ),
    workers: createPartyMatcher(
      'worker',
      workers.map((worker) => ({ ...worker, scope: worker.employerId ?? 'nobody' })),
    ),
  };
}

interface Clarity {
  readonly findings: readonly Finding[];
  readonly firm?: Party<FirmId>;
  readonly wish?: PhoneWish;
}

/** Who a row is about; unclear as long as anything in it is wrong, so that a wrong row never takes a number from a good one. */
function clarify({ row, reading }: ReadRow, matchers: Matchers): Clarity {
  const { firm: firmNamed, worker: workerNamed, number } = reading.row;
  if (reading.findings.some(({ code }) => code === 'firm-missing')) return { findings: [] };
  const firm = matchers.firms.resolve(firmNamed, '');
  const findings = partyFindings('firm', firm.codes, reading.findings);
  if (!firm.party || reading.findings.some(({ code }) => code === 'worker-missing')) return { findings };
  const worker = matchers.workers.resolve(workerNamed, firm.party.key);
  const upper = findUpper(reading.row.upperFirm, firm.party, matchers);
  const all = [
    ...findings,
    ...partyFindings('worker', worker.codes, reading.findings),
    ...(upper.finding ? [upper.finding] : []),
  ];
  if (!worker.party || number === undefined || [...reading.findings, ...all].some(isError)) return { findings: all };
  const wish = {
    row,
    number,
    worker: worker.party,
    cells: reading.row,
    ...(upper.party ? { upper: upper.party } : {}),
  };
  return { findings: all, firm: firm.party, wish };
}

/** What matching found; silent about what is missing only because its cell could not be read. */
function partyFindings(
  kind: 'firm' | 'worker',
  codes: readonly IssueCode[],
  read: readonly Finding[],
): readonly Finding[] {
  const unread = (field: ListField) => read.some((finding) => finding.field === field && isError(finding));
  return codes
    .filter((code) => !(code === 'kana-missing' && unread(`${kind}Kana`)))
    .filter((code) => !(code === `${kind}-unknown` && unread(`${kind}CcusId`)))
    .map((code) => ({ code, field: code === 'kana-missing' ? `${kind}Kana` : `${kind}Name` }));
}

/** The upper firm is named by the registry's id, or by its name where it has none. */
function findUpper(
  said: string | undefined,
  firm: Party<FirmId>,
  { firms }: Matchers,
): { readonly party?: Party<FirmId>; readonly finding?: Finding } {
  if (said === undefined) return {};
  const digits = said.normalize('NFKC').replace(/[\s-]/g, '');
  const { party } = firms.resolve(/^\d{14}$/.test(digits) ? { ccusId: digits } : { name: said }, '');
  if (!party) return { finding: { code: 'upper-firm-unknown', field: 'upperFirm' } };
  return party.key === firm.key ? { finding: { code: 'upper-firm-self', field: 'upperFirm' } } : { party };
}

function planNumbers(
  wishes: readonly PhoneWish[],
  { registrations, today }: ListFacts,
): ReadonlyMap<number, { readonly step?: PhoneStep; readonly finding?: Finding }> {
  const byNumber = new Map<E164, PhoneWish[]>();
  for (const wish of wishes) {
    const others = byNumber.get(wish.number);
    if (others) others.push(wish);
    else byNumber.set(wish.number, [wish]);
  }
  return new Map(
    [...byNumber].flatMap(([number, group]) => [...planNumber(group, registrations.get(number) ?? [], today)]),
  );
}
