import type { Forwarding, ForwardingAnswer, ForwardingContent } from '../domain/forwarding.ts';
import type { FirmId, WorkerId } from '../domain/ids.ts';
import type {
  RegistryHistory,
  RegistryRosterLine,
  RegistryTree,
  RegistryTreeRow,
  RefusalOwner,
} from '../domain/registry-item.ts';
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

/** Puts the registry's ids into one version, or says who has to enter what before it can be handed over (R-109, D-07). */
export type BuildRegistryItem = (item: Forwarding) => Promise<Built<RegistryItem>>;

export function createBuildRegistryItem(parts: BuildParts): BuildRegistryItem {
  return async function build({ content, siteId, version }) {
    const site = (await parts.sites.find(siteId))?.value;
    if (!site?.ccusId) return missing('SITE_WITHOUT_ID');
    const place = { ...site, ccusId: site.ccusId };
    switch (content.kind) {
      case 'tree':
        return { ok: true, value: { kind: 'tree', tree: treeItem(place, content, version) } };
      case 'roster':
        return buildRosterLine(parts, place, content, version);
      case 'history':
        return buildHistory(parts, place, content);
    }
  };
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

async function buildRosterLine(
  parts: BuildParts,
  site: Place,
  { line }: ForwardingContent & { kind: 'roster' },
  version: number,
): Promise<Built<RegistryItem>> {
  const ids = await registryIds(parts, line.firmId, line.workerId);
  if (!ids.ok) return ids;
  const { firmId, workerId } = ids.value;
  const { jobType = null, position = null } = line;
  return {
    ok: true,
    value: { kind: 'roster', line: { siteId: site.ccusId, firmId, workerId, jobType, position, version } },
  };
}

async function buildHistory(
  parts: BuildParts,
  site: Place,
  { history }: ForwardingContent & { kind: 'history' },
): Promise<Built<RegistryItem>> {
  const {
    workDate,
    entryAt = null,
    exitAt = null,
    jobType = null,
    position = null,
    method,
    afterTheFact,
    version,
  } = history;
  if (workDate < site.historyPeriod.from || workDate > site.historyPeriod.to) return missing('OUT_OF_PERIOD');
  const ids = await registryIds(parts, history.employerId, history.workerId);
  if (!ids.ok) return ids;
  const primeId = (await parts.firms.find(site.primeId))?.value.ccusId;
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
        version,
      },
    },
  };
}

async function registryIds(
  { firms, workers }: BuildParts,
  firm: FirmId,
  worker: WorkerId,
): Promise<Built<{ readonly firmId: string; readonly workerId: string }>> {
  const [foundFirm, foundWorker] = await Promise.all([firms.find(firm), workers.find(worker)]);
  const firmId = foundFirm?.value.ccusId;
  const workerId = foundWorker?.value.ccusId;
  if (!firmId) return missing('EMPLOYER_UNREGISTERED');
  return workerId ? { ok: true, value: { firmId, workerId } } : missing('WORKER_UNREGISTERED');
}
