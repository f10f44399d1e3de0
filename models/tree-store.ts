import type { Connection } from 'mongoose';
import type { RosterLine } from '../src/domain/roster.ts';
import type { Tree } from '../src/domain/tree.ts';
import type { ProjectionStore } from '../src/ports-projection.ts';
import { type Keyed, collectionOf, inChunks, replaceAll } from './collection.ts';
import { toleratingDuplicates } from './connection.ts';

type RosterDoc = RosterLine & Keyed;
type TreeDoc = Tree & Keyed & { readonly facts: number };

export const rosterIndexes = [{ key: { siteId: 1 }, name: 'site' }];

/** Roster lines, one per site and worker, and trees, one per site. */
export function createTreeStore(
  connection: Connection,
): Pick<ProjectionStore, 'rosterOfSites' | 'rosterLines' | 'sitesWithRoster' | 'saveRoster' | 'trees' | 'saveTrees'> {
  const roster = collectionOf<RosterDoc>(connection, 'roster');
  const trees = collectionOf<TreeDoc>(connection, 'trees');
  return {
    async rosterOfSites(siteIds) {
      const docs = await roster
        .find({ siteId: { $in: [...siteIds] } })
        .sort({ _id: 1 })
        .toArray();
      return docs.map(({ _id, ...line }) => line);
    },
    async rosterLines(ids) {
      const docs = await roster.find({ _id: { $in: [...ids] } }).toArray();
      return docs.map(({ _id, ...line }) => line);
    },
    sitesWithRoster: () => roster.distinct('siteId'),
    async saveRoster(lines) {
      await replaceAll(
        roster,
        lines.map((line) => ({ ...line, _id: line.id })),
      );
    },
    async trees(siteIds) {
      const docs = await trees.find({ _id: { $in: [...siteIds] } }).toArray();
      return docs.map(({ _id, facts: _facts, ...tree }) => tree);
    },
    async saveTrees(changed) {
      if (changed.length === 0) return;
      const writes = changed.map(({ tree, facts }) => ({
        updateOne: {
          filter: { _id: tree.siteId, facts: { $lte: facts } },
          update: { $set: { ...tree, facts } },
          upsert: true,
        },
      }));
      // A duplicate key: one made from more calls stands already.
      await inChunks(writes, (chunk) => toleratingDuplicates(trees.bulkWrite(chunk, { ordered: false })));
    },
  };
}
