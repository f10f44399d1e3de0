import { digestOf } from '../domain/digest.ts';
import type { ForwardedNode, ForwardingContent, NewForwarding } from '../domain/forwarding.ts';
import type { Firm } from '../domain/firm.ts';
import type { History } from '../domain/history.ts';
import type { FirmId } from '../domain/ids.ts';
import type { RosterLine } from '../domain/roster.ts';
import type { Site } from '../domain/site.ts';
import type { Tree, TreeNode } from '../domain/tree.ts';

interface Derived {
  readonly sites: readonly Site[];
  readonly trees: readonly { readonly tree: Tree; readonly facts: number; readonly firms: ReadonlyMap<FirmId, Firm> }[];
  readonly roster: readonly RosterLine[];
}

/** Trees and roster lines to hand over, for the sites whose tree is kept here: one writer per tree, we never overwrite another's. */
export function treeForwardings({ sites, trees, roster }: Derived): readonly NewForwarding[] {
  const ours = new Set(sites.filter((site) => site.treeKeeper === 'here').map((site) => site.id));
  return [
    ...trees
      .filter(({ tree }) => ours.has(tree.siteId))
      .map(({ tree: { siteId, nodes }, facts, firms }) =>
        sealed({ kind: 'tree', nodes: nodes.map((node) => named(node, firms)) }, { key: siteId, siteId, facts }),
      ),
    ...roster
      .filter((line) => ours.has(line.siteId) && line.evidence.length > 0)
      .map(({ evidence: _evidence, facts, ...line }) =>
        sealed({ kind: 'roster', line }, { key: line.id, siteId: line.siteId, workerId: line.workerId, facts }),
      ),
  ];
}

/** Histories to hand over; one that lost its last passage goes out as withdrawn. */
export function historyForwardings(histories: readonly History[]): readonly NewForwarding[] {
  return histories.map(({ evidence, ...history }) => ({
    ...sealed(
      { kind: 'history', history },
      { key: history.id, siteId: history.siteId, workerId: history.workerId, facts: evidence.calls },
    ),
    version: history.version,
  }));
}

function named(
  { evidence: _evidence, source: _source, ...node }: TreeNode,
  firms: ReadonlyMap<FirmId, Firm>,
): ForwardedNode {
  const firm = firms.get(node.firmId);
  return { ...node, ccusId: firm?.ccusId ?? null, name: firm?.name ?? node.firmId };
}

function sealed<T extends Omit<NewForwarding, 'kind' | 'content' | 'hash'>>(content: ForwardingContent, place: T) {
  return { ...place, kind: content.kind, content, hash: digestOf(content) };
}
