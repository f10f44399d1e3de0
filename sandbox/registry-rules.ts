import { digestOf } from '../src/domain/digest.ts';
import { comparableHistory } from '../src/domain/registry-digest.ts';
import type {
  RegistryHistory,
  RegistryRosterLine,
  RegistryTree,
  RegistryTreeRow,
} from '../src/domain/registry-item.ts';
import { directEntryDeadline, tokyoDay } from '../src/domain/work-day.ts';
import type {
  Held,
  HistoryFacts,
  Judgement,
  KnownFirm,
  KnownWorker,
  RosterFacts,
  TreeFacts,
  Verdict,
} from './registry-facts.ts';
import { type RefusalReason, explain } from './registry-refusals.ts';

/** A reason and what it is about. */
interface Flaw {
  readonly code: RefusalReason;
  readonly subject?: string | undefined;
}
type Check = readonly [broken: boolean, code: RefusalReason, subject?: string | undefined];

/** A tree is taken whole: site and firms known, the prime on top, every row one tier below a row of the same tree. */
export function judgeTree({ site, firmIds, held }: TreeFacts, tree: RegistryTree): Judgement<RegistryTree> {
  const rows = tree.rows.map((row) => (row.firmId === null ? { ...row, status: 'REGISTERED' as const } : row));
  const stranger = rows.find((row) => row.firmId !== null && !firmIds.has(row.firmId))?.firmId;
  const prime = rows.filter((row) => row.tier === 0 || row.upper === null);
  const lower = rows.filter((row) => row.upper !== null);
  const refusal = firstBroken([
    [site === undefined, 'SITE_UNKNOWN', tree.siteId],
    [typeof stranger === 'string', 'FIRM_UNKNOWN', stranger ?? undefined],
    [prime.length !== 1 || prime[0]?.firmId !== site?.primeCcusId || prime[0]?.tier !== 0, 'PRIME_MISMATCH'],
    [lower.some((row) => uppersOf(row, rows).length === 0), 'UPPER_MISSING'],
    [lower.some((row) => !uppersOf(row, rows).some((upper) => upper.tier + 1 === row.tier)), 'TIER_WRONG'],
  ]);
  return settle({ held, item: { ...tree, rows }, contentDigest: digestOf({ ...tree, version: 0 }), refusal });
}

/** A roster line needs the employer's own row, his own worker and a job type that the worker has. */
export function judgeRosterLine(facts: RosterFacts, line: RegistryRosterLine): Judgement<RegistryRosterLine> {
  const { site, worker, firm, tree, held } = facts;
  const workFlaw = worker && flawOfWork(worker, line);
  const refusal = firstBroken([
    [site === undefined, 'SITE_UNKNOWN', line.siteId],
    [worker === undefined, 'WORKER_UNKNOWN', line.workerId],
    [standsByNameOnly(tree, line.firmId, firm), 'NAME_ONLY_ROW'],
    [firm === undefined, 'FIRM_UNKNOWN', line.firmId],
    [worker?.employerCcusId !== line.firmId, 'NOT_AFFILIATED'],
    [rowsOf(tree, line.firmId).length === 0, 'EMPLOYER_ROW_MISSING', line.firmId],
    [workFlaw === 'JOB_TYPE_NOT_REGISTERED', 'JOB_TYPE_NOT_REGISTERED', line.jobType ?? undefined],
  ]);
  const lack = firstBroken([
    [!isApproved(tree, line.firmId), 'EMPLOYER_ROW_UNAPPROVED', line.firmId],
    [workFlaw !== undefined, workFlaw ?? 'JOB_TYPE_MISSING'],
  ]);
  return settle({ held, item: line, contentDigest: digestOf({ ...line, version: 0 }), refusal, lack });
}

/**
 * A history of a known worker on a known site is taken; whether with job type and position depends on tree and roster,
 * which have to be there first. A withdrawn one only has to be newer than what it takes back.
 * `today` is the registry's own day.
 */
export function judgeHistory(facts: HistoryFacts, history: RegistryHistory): Judgement<RegistryHistory> {
  const judgement = settle({
    held: facts.held,
    item: history,
    contentDigest: digestOf(comparableHistory(history)),
    refusal: refusalOfHistory(facts, history),
    lack: lackOfHistory(facts, history),
  });
  return judgement.keep?.complete === false ? { ...judgement, keep: withoutWork(judgement.keep) } : judgement;
}

function refusalOfHistory(facts: HistoryFacts, history: RegistryHistory): Flaw | undefined {
  if (history.withdrawn) return undefined;
  const { site, worker, employer, today } = facts;
  const { entryAt, exitAt, workDate } = history;
  return firstBroken([
    [site === undefined, 'SITE_UNKNOWN', history.siteId],
    [worker === undefined, 'WORKER_UNKNOWN', history.workerId],
    [employer === undefined, 'FIRM_UNKNOWN', history.employerId],
    [site?.primeCcusId !== history.primeId, 'PRIME_MISMATCH'],
    [entryAt === null && exitAt === null, 'TIME_MISSING'],
    [entryAt !== null && tokyoDay(new Date(entryAt)) !== workDate, 'DATE_MISMATCH'],
    [site !== undefined && (workDate < site.from || site.to < workDate), 'OUT_OF_PERIOD', workDate],
    [history.afterTheFact && today > directEntryDeadline(workDate), 'DEADLINE_PASSED', workDate],
  ]);
}

function lackOfHistory({ worker, tree, line }: HistoryFacts, history: RegistryHistory): Flaw | undefined {
  if (history.withdrawn) return undefined;
  const { employerId } = history;
  const workFlaw = worker && flawOfWork(worker, history);
  return firstBroken([
    [rowsOf(tree, employerId).length === 0, 'EMPLOYER_ROW_MISSING', employerId],
    [!isApproved(tree, employerId), 'EMPLOYER_ROW_UNAPPROVED', employerId],
    [line?.firmId !== employerId, 'ROSTER_LINE_MISSING'],
    [workFlaw !== undefined, workFlaw ?? 'JOB_TYPE_MISSING'],
  ]);
}

/**
 * One key, one record: an older version is superseded, a repeat of the same content is counted and makes no second one
 * and what was complete stays so.
 */
function settle<T extends { readonly version: number }>(offer: {
  held: Held<T> | undefined;
  item: T;
  contentDigest: string;
  refusal: Flaw | undefined;
  lack?: Flaw | undefined;
}): Judgement<T> {
  const { held, item, contentDigest, refusal, lack } = offer;
  const place = placeOf(offer);
  if (place === 'older') return { verdict: { state: 'superseded' } };
  if (refusal && place !== 'repeat') return rejected(refusal);
  if (place === 'conflict') return rejected({ code: 'VERSION_CONFLICT' });
  const missing = place === 'repeat' && held?.complete ? undefined : lack;
  return {
    verdict: taken(missing),
    keep: { item, contentDigest, complete: missing === undefined, deliveries: (held?.deliveries ?? 0) + 1 },
  };
}

function taken(lack: Flaw | undefined): Verdict {
  return lack ? { state: 'accepted-incomplete', ...explain(lack) } : { state: 'accepted' };
}

/** How an item stands to what is held under its key. */
function placeOf<T extends { readonly version: number }>(offer: {
  held: Held<T> | undefined;
  item: T;
  contentDigest: string;
}): 'newer' | 'repeat' | 'older' | 'conflict' {
  const { held, item, contentDigest } = offer;
  if (held === undefined || held.item.version < item.version) return 'newer';
  if (held.item.version > item.version) return 'older';
  return held.contentDigest === contentDigest ? 'repeat' : 'conflict';
}

function rejected(flaw: Flaw): { readonly verdict: Verdict } {
  return { verdict: { state: 'rejected', ...explain(flaw) } };
}

function firstBroken(checks: readonly Check[]): Flaw | undefined {
  const found = checks.find(([broken]) => broken);
  return found && { code: found[1], subject: found[2] };
}

/** What is wrong with job type and position of a worker (R-072…R-074). */
function flawOfWork(
  worker: KnownWorker,
  { jobType, position }: { readonly jobType: string | null; readonly position: string | null },
): RefusalReason | undefined {
  if (jobType === null) return 'JOB_TYPE_MISSING';
  const majorOnly = /^\d{2}$/.test(jobType);
  const registered = worker.jobTypes.some((code) => (majorOnly ? code.slice(0, 2) : code) === jobType);
  if (!registered) return 'JOB_TYPE_NOT_REGISTERED';
  if (majorOnly) return 'JOB_TYPE_MAJOR_ONLY';
  return position === null ? 'POSITION_MISSING' : undefined;
}

function rowsOf(tree: RegistryTree | undefined, firmId: string): readonly RegistryTreeRow[] {
  return tree?.rows.filter((row) => row.firmId === firmId) ?? [];
}

function isApproved(tree: RegistryTree | undefined, firmId: string): boolean {
  return rowsOf(tree, firmId).some((row) => row.status === 'REGISTERED');
}

/** A row by name stays one when its firm gets an id later, so the name decides as long as no row has the id. */
function standsByNameOnly(tree: RegistryTree | undefined, firmId: string, firm: KnownFirm | undefined): boolean {
  const names = [firmId, firm?.name];
  return (
    rowsOf(tree, firmId).length === 0 &&
    (tree?.rows.some((row) => row.firmId === null && names.includes(row.firmName)) ?? false)
  );
}

function uppersOf(row: RegistryTreeRow, rows: readonly RegistryTreeRow[]): readonly RegistryTreeRow[] {
  return rows.filter((other) => (other.firmId ?? other.firmName) === row.upper);
}

function withoutWork(held: Held<RegistryHistory>): Held<RegistryHistory> {
  return { ...held, item: { ...held.item, jobType: null, position: null } };
}
