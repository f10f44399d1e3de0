import type { Forwarding, ForwardingAnswer, ForwardingContent } from '../domain/forwarding.ts';
import type { Firm } from '../domain/firm.ts';
import type { Day, FirmId, SiteId, WorkerId } from '../domain/ids.ts';
import type {
  RegistryHistory,
  RegistryRosterLine,
  RegistryTree,
  RegistryTreeRow,
  RefusalOwner,
} from '../domain/registry-item.ts';
import type { Worker } from '../domain/worker.ts';
import type { Site } from '../domain/site.ts';
import type { FirmStore, SiteStore, WorkerStore } from '../ports.ts';

export interface BuildParts {
  readonly firms: FirmStore;
  readonly workers: WorkerStore;
  readonly sites: SiteStore;
}

/** One version in the registry's own ids, ready to be sent. */
export type RegistryItem =
  | { readonly kind: 'tree'; readonly tree: RegistryTree }
  | { readonly kind: 'roster'; readonly line: RegistryRosterLine }
  | { readonly kind: 'history'; readonly history: RegistryHistory };

type Built<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: ForwardingAnswer };

/** Puts the registry's ids into some versions, or says who has to enter what before each can be handed over (R-109, D-07). */
export type BuildRegistryItems = (items: readonly Forwarding[]) => Promise<readonly Built<RegistryItem>[]>;

/** What the registers say of everything that the items name. */
interface Named {
  readonly sites: ReadonlyMap<SiteId, Site>;
  readonly firms: ReadonlyMap<FirmId, Firm>;
  readonly workers: ReadonlyMap<WorkerId, Worker>;
}

export function createBuildRegistryItems(parts: BuildParts): BuildRegistryItems {
  return async function buildAll(items) {
    const named = await readNamed(parts, items);
    return items.map((item) => build(named, item));
  };
}

async function readNamed({ firms, workers, sites }: BuildParts, items: readonly Forwarding[]): Promise<Named> {
  const found = await sites.findMany([...new Set(items.map((item) => item.siteId))]);
  const firmIds = items.flatMap(({ content }) => employerIn(content));
  const workerIds = items.flatMap(({ workerId }) => (workerId ? [workerId] : []));
  const [employers, people] = await Promise.all([
    firms.findMany([...new Set([...firmIds, ...found.map((site) => site.primeId)])]),
    workers.findMany([...new Set(workerIds)]),
  ]);
  const kept = await workers.findMany([...new Set(people.flatMap(({ mergedInto }) => mergedInto ?? []))]);
  return { sites: byId(found), firms: byId(employers), workers: byId([...people, ...kept]) };
}

function employerIn(content: ForwardingContent): readonly FirmId[] {
  if (content.kind === 'tree') return [];
  return [content.kind === 'roster' ? content.line.firmId : content.history.employerId];
}

function byId<Id, T extends { readonly id: Id }>(items: readonly T[]): ReadonlyMap<Id, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function build(named: Named, { content, siteId, version }: Forwarding): Built<RegistryItem> {
  const site = named.sites.get(siteId);
  if (!site?.ccusId) return missing('SITE_WITHOUT_ID');
  const place = { ...site, ccusId: site.ccusId };
  switch (content.kind) {
    case 'tree':
      return { ok: true, value: { kind: 'tree', tree: treeItem(place, content, version) } };
    case 'roster':
      return buildRosterLine(named, place, content, version);
    case 'history':
      if (content.history.withdrawn && isHandedOn(named, content.history.workerId))
        return missing('WORKER_UNREGISTERED');
      return buildHistory(named, place, content);
  }
}

type Place = Site & { readonly ccusId: string };

/** What must be entered here first: the sentence for the office, and whose task it is. */
const MISSING = {
  SITE_WITHOUT_ID: [
    'prime',
    '現場IDがありません。現場に現場IDを登録してください。The site has no id of the registry: enter it.',
  ],
  PRIME_WITHOUT_ID: [
    'prime',
    '元請の事業者IDがありません。登録してください。The prime has no id of the registry: enter it.',
  ],
  EMPLOYER_UNREGISTERED: [
    'employer',
    '所属事業者の事業者IDがありません。登録してください。The employer has no id of the registry: enter it.',
  ],
  WORKER_UNREGISTERED: [
    'employer',
    '技能者IDがありません。登録してください。The worker has no id of the registry: enter it.',
  ],
  WORKER_ERASED: [
    'operator',
    '本人の情報を削除したため送りません。The worker was deleted: nothing about him is handed over any more.',
  ],
  OUT_OF_PERIOD: [
    'prime',
    '就業履歴蓄積期間の外です。期間を確かめてください。The day is outside the period of the site: check the period.',
  ],
} as const satisfies Record<string, readonly [RefusalOwner, string]>;

function missing(code: keyof typeof MISSING): { readonly ok: false; readonly refusal: ForwardingAnswer } {
  const [who, sentence] = MISSING[code];
  return { ok: false, refusal: { code, sentence, who, local: true } };
}

function treeItem(site: Place, { nodes }: ForwardingContent & { kind: 'tree' }, version: number): RegistryTree {
  const named = new Map(nodes.map((node) => [node.firmId, node.ccusId ?? node.name]));
  const rows = nodes.map((node): RegistryTreeRow => {
    const approved = node.status === 'registered' || node.status === 'name-only';
    return {
      firmId: node.ccusId,
      firmName: node.name,
      tier: node.tier,
      upper: node.upperFirmId === null ? null : (named.get(node.upperFirmId) ?? null),
      status: approved ? 'REGISTERED' : 'UNAPPROVED',
    };
  });
  return { siteId: site.ccusId, version, rows };
}

function buildRosterLine(
  named: Named,
  site: Place,
  { line }: ForwardingContent & { kind: 'roster' },
  version: number,
): Built<RegistryItem> {
  const ids = registryIds(named, line.firmId, line.workerId);
  if (!ids.ok) return ids;
  const { firmId, workerId } = ids.value;
  const { jobType = null, position = null } = line;
  return {
    ok: true,
    value: { kind: 'roster', line: { siteId: site.ccusId, firmId, workerId, jobType, position, version } },
  };
}

function buildHistory(
  named: Named,
  site: Place,
  { history }: ForwardingContent & { kind: 'history' },
): Built<RegistryItem> {
  const {
    workDate,
    entryAt = null,
    exitAt = null,
    jobType = null,
    position = null,
    method,
    afterTheFact,
    withdrawn,
    version,
  } = history;
  if (!withdrawn && isOutside(site, workDate)) return missing('OUT_OF_PERIOD');
  const ids = registryIds(named, history.employerId, history.workerId);
  if (!ids.ok) return ids;
  const primeId = named.firms.get(site.primeId)?.ccusId;
  if (!primeId) return missing('PRIME_WITHOUT_ID');
  const { firmId: employerId, workerId } = ids.value;
  const times = { workDate, entryAt, exitAt };
  return {
    ok: true,
    value: {
      kind: 'history',
      history: {
        siteId: site.ccusId,
        workerId,
        employerId,
        primeId,
        ...times,
        jobType,
        position,
        method,
        afterTheFact,
        withdrawn,
        version,
      },
    },
  };
}

/** The register was merged into another one with the same id: what stands there under it is that one's now. */
function isHandedOn({ workers }: Named, workerId: WorkerId): boolean {
  const worker = workers.get(workerId);
  const kept = worker?.mergedInto === undefined ? undefined : workers.get(worker.mergedInto);
  return kept !== undefined && kept.ccusId === worker?.ccusId;
}

function isOutside({ historyPeriod: { from, to } }: Site, workDate: Day): boolean {
  return workDate < from || workDate > to;
}

function registryIds(
  { firms, workers }: Named,
  firm: FirmId,
  worker: WorkerId,
): Built<{ readonly firmId: string; readonly workerId: string }> {
  const firmId = firms.get(firm)?.ccusId;
  const { ccusId: workerId, erasedOn } = workers.get(worker) ?? {};
  if (!firmId) return missing('EMPLOYER_UNREGISTERED');
  if (erasedOn !== undefined) return missing('WORKER_ERASED');
  return workerId ? { ok: true, value: { firmId, workerId } } : missing('WORKER_UNREGISTERED');
}
