import type { Connection, mongo } from 'mongoose';
import type { SubmissionStep } from '../src/domain/roster-submission.ts';
import type { RosterVersion } from '../src/domain/roster-version.ts';
import type { RosterVersionStore } from '../src/ports-rosters.ts';
import { type Keyed, collectionOf, insertMany, keysetPage } from './collection.ts';
import { isDuplicateKey } from './connection.ts';

interface HoldDoc extends Keyed {
  readonly held: boolean;
  readonly count: number;
}

const HOLD = 'roster-versions';
const order = { field: 'version', direction: -1, read: Number } as const;

export const rosterVersionIndexes = [{ key: { siteId: 1, version: -1 }, name: 'site' }];

/** Versions under `site:version` and their steps under `site:version:step`: whoever writes a number first has it. */
export function createRosterVersionStore(connection: Connection): RosterVersionStore {
  const versions = collectionOf<RosterVersion & Keyed>(connection, 'rosterVersions');
  const steps = collectionOf<SubmissionStep & Keyed>(connection, 'rosterSubmissions');
  const bare = <T>({ _id, ...rest }: T & Keyed) => rest;
  return {
    async latestOf(siteIds) {
      const projection = { siteId: 1, version: 1, digest: 1 };
      const found = await versions
        .find({ siteId: { $in: [...siteIds] } }, { projection })
        .sort({ version: 1 })
        .toArray();
      return new Map(found.map(({ siteId, version, digest }) => [siteId, { version, digest }]));
    },
    async ofSites(siteIds) {
      const found = versions.find({ siteId: { $in: [...siteIds] } }).sort({ version: 1 });
      return (await found.toArray()).map((doc) => bare(doc) as RosterVersion);
    },
    async find(siteId, version) {
      const found = await versions.findOne({ _id: `${siteId}:${String(version)}` });
      return found ? bare(found) : undefined;
    },
    async upTo(siteId, version) {
      const found = versions.find({ siteId, version: { $lte: version } }).sort({ version: 1 });
      return (await found.toArray()).map((doc) => bare(doc) as RosterVersion);
    },
    async page(siteId, request) {
      const page = await keysetPage(versions, { siteId }, order, request);
      return { ...page, items: page.items.map((doc) => bare(doc) as RosterVersion) };
    },
    async append(fresh) {
      const written = await insertMany(
        versions,
        fresh.map((version) => ({ ...version, _id: version.id })),
      );
      return new Set(fresh.flatMap(({ id, siteId }) => (written.has(id) ? [siteId] : [])));
    },
    async steps(siteId, wanted) {
      const found = await steps.find({ siteId, version: { $in: [...wanted] } }).toArray();
      return found.map((doc) => bare(doc) as SubmissionStep);
    },
    appendStep: (step) => insertOnce(steps, step),
    ...createHold(connection),
  };
}

function createHold(connection: Connection): Pick<RosterVersionStore, 'holdState' | 'hold' | 'release'> {
  const settings = collectionOf<HoldDoc>(connection, 'settings');
  return {
    async holdState() {
      const { held = false, count = 0 } = (await settings.findOne({ _id: HOLD })) ?? {};
      return { held, count };
    },
    async hold() {
      await settings.updateOne({ _id: HOLD }, { $set: { held: true }, $inc: { count: 1 } }, { upsert: true });
    },
    async release() {
      await settings.updateOne({ _id: HOLD }, { $set: { held: false } });
    },
  };
}

async function insertOnce<T extends { readonly id: string }>(
  collection: mongo.Collection<T & Keyed>,
  value: T,
): Promise<boolean> {
  try {
    await collection.insertOne({ ...value, _id: value.id } as mongo.OptionalUnlessRequiredId<T & Keyed>);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
