import { type NotEvaluableReason, notEvaluableReasons } from '../domain/evaluability.ts';
import { present } from '../domain/present.ts';
import type { Firm } from '../domain/firm.ts';
import type { Day, FirmId, SiteId, WorkerId } from '../domain/ids.ts';
import type { Site } from '../domain/site.ts';
import type { NodeStatus, Tree } from '../domain/tree.ts';
import type { Worker } from '../domain/worker.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { FirmStore, SiteStore, WorkerStore } from '../ports.ts';

export interface JudgeParts {
  readonly projections: ProjectionStore;
  readonly firms: FirmStore;
  readonly workers: WorkerStore;
  readonly sites: SiteStore;
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
}

/** The reasons against each of some histories or roster lines, by what the registers and trees say now. */
export type JudgeEvaluability = (items: readonly Judged[]) => Promise<readonly (readonly NotEvaluableReason[])[]>;

export function createJudgeEvaluability({ projections, firms, workers, sites }: JudgeParts): JudgeEvaluability {
  return async function judge(items) {
    const [trees, places, people, employers] = await Promise.all([
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
      }),
    );
  };
}

interface Ground {
  readonly tree: Tree | undefined;
  readonly site: Site | undefined;
  readonly worker: Worker | undefined;
  readonly firm: Firm | undefined;
}

function reasonsOf(item: Judged, { tree, site, worker, firm }: Ground): readonly NotEvaluableReason[] {
  return notEvaluableReasons({
    ...present({
      jobType: item.jobType,
      position: item.position,
      workDate: item.workDate,
      period: site?.historyPeriod,
      node: nodeStatus(tree, item),
    }),
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
