import { digestOf } from './digest.ts';
import type { FirmId, SiteId } from './ids.ts';
import { type Evidence, sumEvidence } from './roster.ts';

/** `provisional`: nobody said under whom; `unapproved`: said, not agreed to; `name-only`: no id of the registry (R-030… ). */
export type NodeStatus = 'provisional' | 'unapproved' | 'registered' | 'name-only';

/** Where a row comes from; rows made by calls stay distinguishable. */
export type NodeSource = 'site' | 'call' | 'registration';

/** One row of a site's tree: a firm under its direct upper firm. */
export interface TreeNode {
  readonly firmId: FirmId;
  readonly upperFirmId: FirmId | null;
  readonly tier: number;
  readonly status: NodeStatus;
  readonly source: NodeSource;
  readonly evidence: { readonly calls: number; readonly first: string | null; readonly last: string | null };
}

export interface Tree {
  readonly siteId: SiteId;
  readonly nodes: readonly TreeNode[];
  readonly digest: string;
}

/** What the tree needs to know of a firm. */
export interface TreeFirm {
  readonly ccusId?: string;
  readonly usualUpperId?: FirmId;
}

interface Row {
  readonly firmId: FirmId;
  readonly upper?: FirmId;
  readonly evidence?: Evidence;
}

interface Ground {
  readonly primeId: FirmId;
  readonly firms: ReadonlyMap<FirmId, TreeFirm>;
}

/**
 * The subcontract tree of a site from what its calls say: every firm whose people entered, under the upper firm that was declared,
 * else its usual one, else provisionally below the prime (R-103, R-104, D-04). The same evidence in any order gives the same tree.
 */
export function buildTree(siteId: SiteId, ground: Ground, pieces: readonly Evidence[]): Tree {
  const evidence = sumEvidence(pieces);
  const rows = withUppers(rowsOf(evidence, ground), ground);
  const nodes = [primeNode(ground, evidence), ...place(rows, ground)];
  return { siteId, nodes, digest: digestOf(nodes) };
}

/** One row per firm and declared upper firm; evidence that names none joins the firm's first declared row. */
function rowsOf(evidence: readonly Evidence[], ground: Ground): readonly Row[] {
  const resolved = evidence
    .filter((piece) => piece.firmId !== ground.primeId)
    .map((piece): Evidence => {
      const upper = piece.upperFirmId ?? ground.firms.get(piece.firmId)?.usualUpperId;
      const { upperFirmId: _declared, ...rest } = piece;
      return upper === undefined || upper === piece.firmId ? rest : { ...rest, upperFirmId: upper };
    });
  const declared = sumEvidence(resolved.filter((piece) => piece.upperFirmId !== undefined));
  const undeclared = resolved.filter((piece) => piece.upperFirmId === undefined);
  const joined = undeclared.map((piece) => {
    const home = declared.filter((d) => d.firmId === piece.firmId).sort(byFirstCall)[0];
    return home?.upperFirmId === undefined ? piece : { ...piece, upperFirmId: home.upperFirmId };
  });
  return sumEvidence([...declared, ...joined]).map((sum) => ({
    firmId: sum.firmId,
    ...(sum.upperFirmId === undefined ? {} : { upper: sum.upperFirmId }),
    evidence: sum,
  }));
}

/** Adds a row for every upper firm that is named and has no row of its own, so that the chain reaches the prime. */
function withUppers(rows: readonly Row[], ground: Ground): readonly Row[] {
  const present = new Set<FirmId>([ground.primeId, ...rows.map((row) => row.firmId)]);
  const missing = [...new Set(rows.flatMap((row) => (row.upper && !present.has(row.upper) ? [row.upper] : [])))];
  if (missing.length === 0) return rows;
  const added = missing.map((firmId) => {
    const upper = ground.firms.get(firmId)?.usualUpperId;
    return upper === undefined || upper === firmId ? { firmId } : { firmId, upper };
  });
  return withUppers([...rows, ...added], ground);
}

/** Hangs rows below the prime tier by tier. A circle of uppers is cut at its smallest firm id, which stands provisionally. */
function place(rows: readonly Row[], ground: Ground): readonly TreeNode[] {
  const nodes: TreeNode[] = [];
  const tiers = new Map<FirmId, number>([[ground.primeId, 0]]);
  let left = [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  while (left.length > 0) {
    const ready = left.filter((row) => row.upper === undefined || tiers.has(row.upper));
    const cut = left
      .slice(0, 1)
      .map((row): Row => ({ firmId: row.firmId, ...(row.evidence ? { evidence: row.evidence } : {}) }));
    const placed = ready.length > 0 ? ready : cut;
    const placedKeys = new Set((ready.length > 0 ? ready : left.slice(0, 1)).map(keyOf));
    left = left.filter((row) => !placedKeys.has(keyOf(row)));
    const wave = placed.map((row) => nodeOf(row, ground, tiers));
    for (const node of wave) tiers.set(node.firmId, Math.min(node.tier, tiers.get(node.firmId) ?? node.tier));
    nodes.push(...wave);
  }
  return nodes.sort((a, b) => a.tier - b.tier || (nodeKey(a) < nodeKey(b) ? -1 : 1));
}

function nodeOf(row: Row, ground: Ground, tiers: ReadonlyMap<FirmId, number>): TreeNode {
  const upperFirmId = row.upper ?? ground.primeId;
  return {
    firmId: row.firmId,
    upperFirmId,
    tier: (tiers.get(upperFirmId) ?? 0) + 1,
    status: statusOf(row, ground),
    source: row.evidence ? 'call' : 'registration',
    evidence: {
      calls: row.evidence?.calls ?? 0,
      first: row.evidence?.first ?? null,
      last: row.evidence?.last ?? null,
    },
  };
}

function statusOf(row: Row, ground: Ground): NodeStatus {
  if (ground.firms.get(row.firmId)?.ccusId === undefined) return 'name-only';
  if (row.upper === undefined) return 'provisional';
  return row.evidence?.standingConsent ? 'registered' : 'unapproved';
}

function primeNode(ground: Ground, evidence: readonly Evidence[]): TreeNode {
  const own = sumEvidence(
    evidence.filter((e) => e.firmId === ground.primeId).map(({ upperFirmId: _upper, ...rest }) => rest),
  )[0];
  return {
    firmId: ground.primeId,
    upperFirmId: null,
    tier: 0,
    status: 'registered',
    source: 'site',
    evidence: { calls: own?.calls ?? 0, first: own?.first ?? null, last: own?.last ?? null },
  };
}

function byFirstCall(a: Evidence, b: Evidence): number {
  return a.first === b.first ? ((a.upperFirmId ?? '') < (b.upperFirmId ?? '') ? -1 : 1) : a.first < b.first ? -1 : 1;
}

function keyOf(row: Row): string {
  return `${row.firmId}:${row.upper ?? ''}`;
}

function nodeKey(node: TreeNode): string {
  return `${node.firmId}:${node.upperFirmId ?? ''}`;
}

/** The firms that stand under more than one other, with those in order of tier. */
export function severalUppers(nodes: readonly TreeNode[]): ReadonlyMap<FirmId, readonly FirmId[]> {
  const uppers = new Map<FirmId, FirmId[]>();
  for (const { firmId, upperFirmId } of nodes) {
    if (upperFirmId) uppers.set(firmId, [...(uppers.get(firmId) ?? []), upperFirmId]);
  }
  return new Map([...uppers].filter(([, ids]) => ids.length > 1));
}

/**
 * A firm's own branch of a tree: itself and all below it. A firm that stands by name only is not registered and has no
 * view of those below it.
 */
export function branchOf({ nodes }: Pick<Tree, 'nodes'>, firmId: FirmId): ReadonlySet<FirmId> {
  const branch = new Set<FirmId>([firmId]);
  if (nodes.some((node) => node.firmId === firmId && node.status === 'name-only')) return branch;
  for (let before = 0; before < branch.size;) {
    before = branch.size;
    for (const { firmId: lower, upperFirmId } of nodes) if (upperFirmId && branch.has(upperFirmId)) branch.add(lower);
  }
  return branch;
}

/**
 * Under whom a firm of a branch stands, as the branch is told: a firm below its top may work for another branch too, of which nothing
 * is said.
 */
export function uppersWithin<Upper extends FirmId | null>(
  firmId: FirmId,
  uppers: readonly Upper[],
  { firmIds, tops }: { readonly firmIds: ReadonlySet<FirmId>; readonly tops: ReadonlySet<FirmId> },
): readonly Upper[] {
  return tops.has(firmId) ? uppers : uppers.filter((upper) => upper !== null && firmIds.has(upper));
}
