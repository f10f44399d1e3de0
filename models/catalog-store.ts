import type { Connection } from 'mongoose';
import type { CatalogVersion } from '../src/domain/catalog/catalog.ts';
import type { CatalogDraft, CatalogStore } from '../src/ports-catalogs.ts';
import { type Keyed, collectionOf } from './collection.ts';
import { isDuplicateKey } from './connection.ts';

const DRAFT_DAYS = 30;

/** Versions of code lists under `kind:revision`: whoever writes a revision first has it. */
export function createCatalogStore(connection: Connection): CatalogStore {
  const versions = collectionOf<CatalogVersion & Keyed>(connection, 'catalogVersions');
  const drafts = collectionOf<CatalogDraft & Keyed>(connection, 'catalogDrafts');
  const keyOf = ({ kind, revision }: Pick<CatalogVersion, 'kind' | 'revision'>) => `${kind}:${String(revision)}`;
  return {
    async find(wanted) {
      const found = await versions.find({ _id: { $in: wanted.map(keyOf) } }).toArray();
      return found.map(({ _id, ...version }) => version);
    },
    async create(version) {
      try {
        await versions.insertOne({ _id: keyOf(version), ...version });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async saveDraft(draft) {
      await drafts.deleteMany({ at: { $lt: new Date(draft.at.getTime() - DRAFT_DAYS * 86_400_000) } });
      await drafts.insertOne({ _id: draft.id, ...draft });
    },
    async findDraft(id) {
      const doc = await drafts.findOne({ _id: id });
      if (!doc) return undefined;
      const { _id, ...draft } = doc;
      return draft;
    },
  };
}
