import { relationsFor } from '../domain/access.ts';
import type { FirmId } from '../domain/ids.ts';
import { present } from '../domain/present.ts';
import type { ImportOwner, ListBounds } from '../domain/phone-list/list-bounds.ts';
import type { Tree } from '../domain/tree.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { RelationStore } from '../ports-access.ts';
import type { Clock } from '../ports.ts';
import { createStanding } from './find-standing.ts';

interface Parts {
  readonly relations: RelationStore;
  readonly clock: Pick<Clock, 'now'>;
}

export type BoundList = (owner: ImportOwner) => Promise<ListBounds>;

/**
 * Whom the list of a firm may speak of, by the table of rights as everything stands now: a consent that was taken back since the upload
 * holds no more.
 */
export function createListBounds({ relations, clock }: Parts): BoundList {
  return async ({ by, role, firmId, siteIds }) => {
    const viewer = { keyId: by, name: '', role, scopes: [], firmId, ...present({ siteIds }) };
    const standing = createStanding(viewer, relations, () => tokyoDay(clock.now()));
    const isProxy = relationsFor(['firm', 'employ'], role).includes('proxy');
    const [consenting, lower, own] = await Promise.all([
      isProxy ? standing.consenting() : [],
      standing.lowerFirms(),
      relations.firm(firmId),
    ]);
    const trees = (await standing.isRegistered()) ? await relations.treesWith(firmId) : [];
    const above = trees.flatMap((tree) => uppersOf(tree, firmId));
    const usual = own?.usualUpperId === undefined ? [] : [own.usualUpperId];
    return {
      own: firmId,
      registrable: new Set([firmId, ...consenting]),
      uppers: new Set([firmId, ...lower, ...above, ...usual]),
    };
  };
}

/** The firms above one in a tree, up to the prime. */
function uppersOf({ nodes }: Tree, firmId: FirmId): readonly FirmId[] {
  const found = new Set<FirmId>();
  const next = [firmId];
  for (let below = next.pop(); below !== undefined; below = next.pop()) {
    for (const { firmId: id, upperFirmId } of nodes) {
      if (id !== below || upperFirmId === null || found.has(upperFirmId)) continue;
      found.add(upperFirmId);
      next.push(upperFirmId);
    }
  }
  return [...found];
}
