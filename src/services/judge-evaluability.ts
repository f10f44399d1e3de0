import { type NotEvaluableReason, notEvaluableReasons } from '../domain/evaluability.ts';
import { present } from '../domain/present.ts';
import { rosterId } from '../domain/roster.ts';
import type { Firm } from '../domain/firm.ts';
import type { Day, FirmId, SiteId, WorkerId } from '../domain/ids.ts';
import type { Site } from '../domain/site.ts';
import type { NodeStatus, Tree } from '../domain/tree.ts';
import type { Worker } from '../domain/worker.ts';
import type { Forwarding } from '../domain/forwarding.ts';
import type { ForwardingStore } from '../ports-forwarding.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { FirmStore, SiteStore, WorkerStore } from '../ports.ts';

export interface JudgeParts {
  readonly projections: ProjectionStore;
  readonly firms: FirmStore;
  readonly workers: WorkerStore;
  readonly sites: SiteStore;
  readonly forwardings: Pick<ForwardingStore, 'latest'>;
}

/** A history or roster line, as far as its evaluability goes. */
export interface Judged {
  readonly siteId: SiteId;
  readonly workerId: WorkerId;
  readonly employerId: FirmId;
  readonly upperFirmId?: FirmId;
  readonly jobType?: string;
  readonly position?: string;
  readonly workDate?: Day;
  /** A line of the roster itself. */
  readonly onRoster?: true;
}

/** The reasons against each of some histories or roster lines, by what the registers and trees say now. */
export type JudgeEvaluability = (items: readonly Judged[]) => Promise<readonly (readonly NotEvaluableReason[])[]>;

export function createJudgeEvaluability(parts: JudgeParts): JudgeEvaluability {
  const { projections, firms, workers, sites } = parts;
  return async function judge(items) {
    const [entered, trees, places, people, employers] = await Promise.all([
      onRosters(parts, items),
      projections.trees(unique(items.map((item) => item.siteId))),
      sites.findMany(unique(items.map((item) => item.siteId))),
      workers.findMany(unique(items.map((item) => item.workerId))),
      firms.findMany(unique(items.map((item) => item.employerId))),
    ]);
    const treeOf = new Map(trees.map((tree) => [tree.siteId, tree]));
    const siteOf = new Map(places.map((site) => [site.id, site]));
    const workerOf = new Map(people.map((worker) => [worker.id, worker]));
    const firmOf = new Map(employers.map((firm) => [firm.id, firm]));
    return items.map((item) =>
      reasonsOf(item, {
        tree: treeOf.get(item.siteId),
        site: siteOf.get(item.siteId),
        worker: workerOf.get(item.workerId),
        firm: firmOf.get(item.employerId),
        onRoster: item.onRoster ?? entered.has(lineKey(item)),
      }),
    );
  };
}

interface Ground {
  readonly tree: Tree | undefined;
  readonly site: Site | undefined;
  readonly worker: Worker | undefined;
  readonly firm: Firm | undefined;
  readonly onRoster: boolean;
}

/** Who stands on the roster of his site, and who stood there once and was handed over, since the registry takes no line away. */
async function onRosters({ projections, forwardings }: JudgeParts, items: readonly Judged[]) {
  const ids = unique(items.filter(({ onRoster }) => !onRoster).map((item) => rosterId(item.siteId, item.workerId)));
  const lines = ids.length > 0 ? await projections.rosterLines(ids) : [];
  const standing = new Set(
    lines.flatMap((line) => line.evidence.map(({ firmId }) => lineKey({ ...line, employerId: firmId }))),
  );
  const left = items.filter((item) => !item.onRoster && !standing.has(lineKey(item)));
  const handed =
    left.length > 0
      ? await forwardings.latest('roster', unique(left.map((item) => rosterId(item.siteId, item.workerId))))
      : new Map<string, Forwarding>();
  for (const { content } of handed.values())
    if (content.kind === 'roster') standing.add(lineKey({ ...content.line, employerId: content.line.firmId }));
  return standing;
}

function lineKey({ siteId, workerId, employerId }: Pick<Judged, 'siteId' | 'workerId' | 'employerId'>): string {
  return `${rosterId(siteId, workerId)}:${employerId}`;
}

function reasonsOf(item: Judged, { tree, site, worker, firm, onRoster }: Ground): readonly NotEvaluableReason[] {
  return notEvaluableReasons({
    ...present({
      jobType: item.jobType,
      position: item.position,
      workDate: item.workDate,
      period: site?.historyPeriod,
      node: nodeStatus(tree, item),
    }),
    onRoster,
    employerRegistered: firm?.ccusId !== undefined || item.employerId === site?.primeId,
    workerRegistered: worker?.ccusId !== undefined,
    registeredJobTypes: worker?.jobTypes ?? [],
  });
}

/** The employer's row: the one under the declared upper firm, else its best one. */
function nodeStatus(tree: Tree | undefined, { employerId, upperFirmId }: Judged): NodeStatus | undefined {
  const rows = tree?.nodes.filter((node) => node.firmId === employerId) ?? [];
  const exact = rows.find((row) => row.upperFirmId === upperFirmId);
  return (exact ?? rows.find((row) => row.status === 'registered') ?? rows[0])?.status;
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
