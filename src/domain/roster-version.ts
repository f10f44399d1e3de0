import { digestOf } from './digest.ts';
import type { Day, FirmId, SiteId, WorkerId } from './ids.ts';
import { present } from './present.ts';
import type { RosterLine } from './roster.ts';
import type { Tree } from './tree.ts';
import type { Employment } from './worker.ts';

/** Somebody on a roster, as far as a change of it makes a version. */
export interface RosterMember {
  readonly workerId: WorkerId;
  readonly firmId: FirmId;
  readonly jobType?: string;
  readonly position?: string;
}

/** A firm on a roster with the firms directly above it; the prime has none. */
export interface RosterFirm {
  readonly firmId: FirmId;
  readonly upperFirmIds: readonly FirmId[];
}

/** Who is on a site's roster: firms and workers, each once and in order of their ids. */
export interface RosterContent {
  readonly firms: readonly RosterFirm[];
  readonly workers: readonly RosterMember[];
}

/** What a version changes: who is new, who has left (as he was), and who is there otherwise than before. */
export interface RosterChanges<T> {
  readonly added: readonly T[];
  readonly left: readonly T[];
  readonly changed: readonly { readonly before: T; readonly after: T }[];
}

/** One version of a site's roster (PR-063): the difference to the one before, written once and never again. */
export interface RosterVersion {
  /** `site:version`. */
  readonly id: string;
  readonly siteId: SiteId;
  /** Counts from 1 without gaps. */
  readonly version: number;
  readonly at: Date;
  /** Of the whole content after it. */
  readonly digest: string;
  readonly firms: RosterChanges<RosterFirm>;
  readonly workers: RosterChanges<RosterMember>;
}

/** Before the first version. */
export const EMPTY_ROSTER: RosterContent = { firms: [], workers: [] };

/** The roster from its lines and the tree of the same calls; a line whose firm the tree has not got yet is waited for. */
export function rosterContent(
  lines: readonly RosterLine[],
  { nodes }: Pick<Tree, 'nodes'>,
  isGone: (line: RosterLine) => boolean = () => false,
): RosterContent {
  const uppers = new Map<FirmId, FirmId[]>();
  for (const { firmId, upperFirmId } of nodes)
    uppers.set(firmId, [...(uppers.get(firmId) ?? []), ...(upperFirmId === null ? [] : [upperFirmId])]);
  const standing = lines.filter((line) => line.evidence.length > 0 && uppers.has(line.firmId) && !isGone(line));
  const members = standing.map(({ workerId, firmId, jobType, position }): RosterMember => ({
    workerId,
    firmId,
    ...present({ jobType, position }),
  }));
  const firms = [...uppers].map(([firmId, ids]) => ({ firmId, upperFirmIds: [...new Set(ids)].sort() }));
  return { firms: inOrder(firms, firmKey), workers: inOrder(members, workerKey) };
}

/** Whether somebody is no longer the firm's on that day; of whom nothing is known is not gone. */
export function hasLeft(employments: readonly Employment[], firmId: FirmId, day: Day): boolean {
  const own = employments.filter((one) => one.firmId === firmId);
  return own.length > 0 && own.every(({ to }) => to !== undefined && to < day);
}

/** The version that brings one content to another; undefined where nothing has changed. */
export function nextVersion(
  { siteId, version, at }: Pick<RosterVersion, 'siteId' | 'version' | 'at'>,
  before: RosterContent,
  after: RosterContent,
): RosterVersion | undefined {
  const digest = digestOf(after);
  if (digest === digestOf(before)) return undefined;
  const firms = changesOf(before.firms, after.firms, firmKey);
  const workers = changesOf(before.workers, after.workers, workerKey);
  return { id: `${siteId}:${String(version)}`, siteId, version, at, digest, firms, workers };
}

/** The whole content after some versions, from the first one on and in their order. */
export function contentAfter(versions: readonly RosterVersion[]): RosterContent {
  return versions.reduce(
    (content, { firms, workers }) => ({
      firms: inOrder(applied(content.firms, firms, firmKey), firmKey),
      workers: inOrder(applied(content.workers, workers, workerKey), workerKey),
    }),
    EMPTY_ROSTER,
  );
}

const firmKey = ({ firmId }: RosterFirm): string => firmId;
const workerKey = ({ workerId }: RosterMember): string => workerId;

function inOrder<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function changesOf<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string): RosterChanges<T> {
  const known = new Map(before.map((item) => [keyOf(item), item]));
  const now = new Set(after.map(keyOf));
  return {
    added: after.filter((item) => !known.has(keyOf(item))),
    left: before.filter((item) => !now.has(keyOf(item))),
    changed: after.flatMap((item) => {
      const earlier = known.get(keyOf(item));
      return earlier !== undefined && digestOf(earlier) !== digestOf(item) ? [{ before: earlier, after: item }] : [];
    }),
  };
}

function applied<T>(
  items: readonly T[],
  { added, left, changed }: RosterChanges<T>,
  keyOf: (item: T) => string,
): readonly T[] {
  const gone = new Set([...left, ...changed.map(({ before }) => before)].map(keyOf));
  return [...items.filter((item) => !gone.has(keyOf(item))), ...added, ...changed.map(({ after }) => after)];
}

/** What somebody may know of changes who sees only some: who comes into his sight is new to him, who goes out of it has left. */
export function changesWithin<T>(
  { added, left, changed }: RosterChanges<T>,
  sees: (item: T) => boolean,
  asSeen: (item: T) => T = (item) => item,
): RosterChanges<T> {
  const within = changed
    .filter(({ before, after }) => sees(before) && sees(after))
    .map(({ before, after }) => ({ before: asSeen(before), after: asSeen(after) }));
  const cameIn = changed.filter(({ before, after }) => sees(after) && !sees(before)).map(({ after }) => after);
  const wentOut = changed.filter(({ before, after }) => sees(before) && !sees(after)).map(({ before }) => before);
  return {
    added: [...added.filter(sees), ...cameIn].map(asSeen),
    left: [...left.filter(sees), ...wentOut].map(asSeen),
    changed: within.filter(({ before, after }) => digestOf(before) !== digestOf(after)),
  };
}

/** Whether there is nothing in them. */
export function isUnchanged({ added, left, changed }: RosterChanges<unknown>): boolean {
  return added.length + left.length + changed.length === 0;
}
