import type { Firm } from '../firm.ts';
import type { Day, E164, FirmId, WorkerId } from '../ids.ts';
import type { PhoneRegistration } from '../phone.ts';
import { present } from '../present.ts';
import type { Worker } from '../worker.ts';
import { guessFirmKind } from './guess-firm-kind.ts';
import { type ListBounds, firmFindings, isUpper, phoneFindings, workerFindings } from './list-bounds.ts';
import type { ListField } from './list-fields.ts';
import { type Finding, type IssueCode, isError } from './list-issue.ts';
import { type KnownParty, type MatchRemark, type Party, type PartyMatcher, createPartyMatcher } from './match-party.ts';
import { type JobTypeVerdict, createJobTypePlan } from './plan-job-types.ts';
import { type PhoneStep, type PhoneVerdict, type PhoneWish, planNumber } from './plan-phones.ts';
import type { ListRow, RowReading } from './read-list-row.ts';
import { remembering } from './remember-match.ts';

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
  /** The number is in further rows, so they are done together, after the others. */
  readonly crowded: boolean;
  /** It goes into the worker's register as well. */
  readonly jobType?: string;
  /** Its holder is told of his number. */
  readonly inform?: true;
}

export interface PlannedRow {
  readonly row: number;
  readonly findings: readonly Finding[];
  readonly step?: RowStep;
}

/** Who a row is about; without a wish as long as anything in it is wrong, so that a wrong row never takes a number from a good one. */
export interface ClearRow extends ReadRow {
  readonly findings: readonly Finding[];
  readonly firm?: Party<FirmId>;
  readonly wish?: PhoneWish;
}

export type Registrations = ReadonlyMap<E164, readonly PhoneRegistration[]>;

interface Matchers {
  readonly bounds?: ListBounds;
  readonly firms: PartyMatcher<FirmId>;
  readonly workers: PartyMatcher<WorkerId>;
}

export type ListPlan = ReturnType<typeof createListPlan>;

/**
 * What a whole list would do to what is on file: same list and same facts, same plan. The list is gone through several times, so that
 * it need never be held as a whole: what is on file, the firms, the workers, the numbers of several rows, then each row. A row is taken
 * only when nothing about it is wrong, and only with an employer; of a firm's own list, only within its bounds.
 */
export function createListPlan(today: Day, bounds?: ListBounds) {
  const matchers: Matchers = {
    ...present({ bounds }),
    firms: remembering(createPartyMatcher('firm')),
    workers: createPartyMatcher('worker'),
  };
  const crowd = createCrowd();
  const jobTypes = createJobTypePlan(bounds);
  const solo = new Set<string>();
  const verdicts = new Map<number, PhoneVerdict>();
  return {
    knowFirm: (firm: Firm) => matchers.firms.know(partyOf(firm, '')),
    knowWorker(worker: Worker): void {
      matchers.workers.know(partyOf(worker, worker.employerId ?? 'nobody'));
      jobTypes.know(worker);
    },
    declareFirm: ({ reading }: ReadRow) => matchers.firms.declare(reading.row.firm, ''),
    declareWorker({ row, reading }: ReadRow): void {
      const { firm, worker, number } = reading.row;
      if (number !== undefined) crowd.note(number, row);
      const employer = matchers.firms.resolve(firm, '').party;
      if (!employer) return;
      matchers.workers.declare(worker, employer.key);
      if (!employer.id && worker.name && guessFirmKind(employer.name, worker.name) === 'solo-contractor')
        solo.add(employer.key);
    },
    /** Rows whose number other rows have too. */
    crowdedRows: crowd.rows,
    clarify: (row: ReadRow): ClearRow => ({ ...row, ...clarify(row, matchers) }),
    /** Decides about all rows of numbers that several rows have. */
    settleCrowd(rows: readonly ClearRow[], registrations: Registrations): void {
      for (const [row, verdict] of planNumbers(wishesOf(rows), registrations, today)) verdicts.set(row, verdict);
    },
    finish(rows: readonly ClearRow[], registrations: Registrations): readonly PlannedRow[] {
      const alone = wishesOf(rows).filter(({ row }) => !crowd.rows().has(row));
      const own = planNumbers(alone, registrations, today);
      return rows.map((row) => {
        const verdict = own.get(row.row) ?? verdicts.get(row.row);
        const planned = plannedRow(row, verdict, { crowded: crowd.rows().has(row.row), ...present({ bounds }) });
        return planned.step ? withJobType({ ...planned, step: planned.step }, jobTypes.settle(planned.step)) : planned;
      });
    },
    /** The kind of a firm that the list makes: one that is named like a worker of its is one person. */
    kindOf: ({ key, name }: Party<FirmId>): Firm['kind'] =>
      solo.has(key) ? 'solo-contractor' : guessFirmKind(name, ''),
  };
}

function partyOf<Id extends string>(known: Omit<KnownParty<Id>, 'scope'>, scope: string): KnownParty<Id> {
  const { id, name, kana, ccusId } = known;
  return { id, name, kana, scope, ...(ccusId === undefined ? {} : { ccusId }) };
}

/** Which numbers several rows have. */
function createCrowd() {
  const first = new Map<E164, number>();
  const crowded = new Set<number>();
  return {
    note(number: E164, row: number): void {
      const earlier = first.get(number);
      if (earlier === undefined) first.set(number, row);
      else crowded.add(earlier).add(row);
    },
    rows: (): ReadonlySet<number> => crowded,
  };
}

function wishesOf(rows: readonly ClearRow[]): readonly PhoneWish[] {
  return rows.flatMap(({ wish }) => wish ?? []);
}

function plannedRow(
  { row, reading, findings, firm, wish }: ClearRow,
  { step, finding }: PhoneVerdict = {},
  { crowded, bounds }: { readonly crowded: boolean; readonly bounds?: ListBounds },
): PlannedRow {
  const beyond = firm && bounds ? phoneFindings(step, { firm, bounds }) : [];
  const all = [...reading.findings, ...findings, ...(finding ? [finding] : []), ...beyond];
  if (!firm || !wish || !step || all.some(isError)) return { row, findings: all };
  const { worker, upper, number, cells } = wish;
  const taken = { firm, worker, number, cells, phone: step, crowded };
  return { row, findings: all, step: upper ? { ...taken, upper } : taken };
}

function withJobType(
  { findings, step, ...planned }: Required<PlannedRow>,
  { jobType, finding }: JobTypeVerdict,
): PlannedRow {
  return {
    ...planned,
    findings: finding ? [...findings, finding] : findings,
    step: { ...step, ...present({ jobType }) },
  };
}

function clarify({ row, reading }: ReadRow, matchers: Matchers): Omit<ClearRow, keyof ReadRow> {
  const { number, upperFirm } = reading.row;
  const lacks = (code: IssueCode) => reading.findings.some((finding) => finding.code === code);
  if (lacks('firm-missing')) return { findings: [] };
  const firm = findFirm(reading, matchers);
  if (!firm.party || lacks('worker-missing')) return { findings: firm.findings };
  const worker = findWorker(reading, firm.party, matchers);
  const upper = findUpper(upperFirm, firm.party, matchers);
  const findings = [...firm.findings, ...worker.findings, ...(upper.finding ? [upper.finding] : [])];
  if (!worker.party || number === undefined || [...reading.findings, ...findings].some(isError)) return { findings };
  const wish = { row, number, worker: worker.party, cells: reading.row, ...present({ upper: upper.party }) };
  return { findings, firm: firm.party, wish };
}

interface Identified<Id extends string> {
  readonly party?: Party<Id>;
  readonly findings: readonly Finding[];
}

/** Of a firm that is out of the list's bounds, nothing else is said. */
function findFirm({ row, findings }: RowReading, { firms, bounds }: Matchers): Identified<FirmId> {
  const { party, remarks } = firms.resolve(row.firm, '');
  const isUnclear = remarks.some(({ code }) => code === 'firm-ambiguous');
  const beyond = bounds && !isUnclear ? firmFindings(party, bounds) : [];
  if (beyond.length > 0) return { findings: beyond };
  return { ...present({ party }), findings: partyFindings('firm', remarks, findings) };
}

function findWorker(
  { row, findings }: RowReading,
  firm: Party<FirmId>,
  { workers, bounds }: Matchers,
): Identified<WorkerId> {
  const { party, remarks } = workers.resolve(row.worker, firm.key);
  const beyond = party && bounds ? workerFindings(party, { firm, bounds }) : [];
  return { ...present({ party }), findings: [...partyFindings('worker', remarks, findings), ...beyond] };
}

/** What matching found; silent about what is missing only because its cell could not be read. */
function partyFindings(
  kind: 'firm' | 'worker',
  remarks: readonly MatchRemark[],
  read: readonly Finding[],
): readonly Finding[] {
  const unread = (field: ListField) => read.some((finding) => finding.field === field && isError(finding));
  return remarks
    .filter(({ code }) => !(code === 'kana-missing' && unread(`${kind}Kana`)))
    .filter(({ code }) => !(code === `${kind}-unknown` && unread(`${kind}CcusId`)))
    .map((remark) => ({ ...remark, field: remark.code === 'kana-missing' ? `${kind}Kana` : `${kind}Name` }));
}

/** The upper firm is named by the registry's id, or by its name where it has none. */
function findUpper(
  said: string | undefined,
  firm: Party<FirmId>,
  { firms, bounds }: Matchers,
): { readonly party?: Party<FirmId>; readonly finding?: Finding } {
  if (said === undefined) return {};
  const digits = said.normalize('NFKC').replace(/[\s-]/g, '');
  const { party } = firms.resolve(/^\d{14}$/.test(digits) ? { ccusId: digits } : { name: said }, '');
  if (!party || (bounds && !isUpper(party, bounds)))
    return { finding: { code: 'upper-firm-unknown', field: 'upperFirm' } };
  return party.key === firm.key ? { finding: { code: 'upper-firm-self', field: 'upperFirm' } } : { party };
}

function planNumbers(
  wishes: readonly PhoneWish[],
  registrations: Registrations,
  today: Day,
): ReadonlyMap<number, PhoneVerdict> {
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
