import type { CatalogName, CatalogVersion } from '../domain/catalog/catalog.ts';
import { type CatalogRefusal, readCatalogFile } from '../domain/catalog/catalog-file.ts';
import { type CatalogDifference, compareCatalogs } from '../domain/catalog/compare-catalogs.ts';
import type { Day } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { encodingNamed } from '../domain/phone-list/decode-text.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { CatalogDraft, CatalogStore } from '../ports-catalogs.ts';
import type { Chance, Clock } from '../ports.ts';
import type { Catalogs } from './read-catalogs.ts';

interface Parts {
  readonly store: CatalogStore;
  readonly catalogs: Catalogs;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** What an operator says beside the file. */
export interface CatalogUpload {
  readonly encoding?: string;
  readonly version?: string;
  /** The first day on which it counts; today without. */
  readonly from?: Day;
}

/** An uploaded list, held against the one that counts now. */
export interface CatalogPreview extends CatalogDraft {
  readonly difference: CatalogDifference;
  /** Under which revision it was made to count. */
  readonly revision?: number;
}

export type CatalogImporter = ReturnType<typeof createCatalogImporter>;

/** Brings a newer version of a code list in: a preview first, then the version as a whole; the ones before stay for the days when they counted. */
export function createCatalogImporter({ store, catalogs, clock, chance }: Parts) {
  async function find(kind: CatalogName, id: string): Promise<Outcome<CatalogPreview, 'not-found'>> {
    await catalogs.refresh();
    const draft = await store.findDraft(id);
    return draft?.kind === kind ? accept(previewOf(draft, catalogs.versions(kind))) : refuse('not-found');
  }

  return {
    find,
    async upload(
      kind: CatalogName,
      bytes: Uint8Array,
      said: CatalogUpload,
    ): Promise<Outcome<CatalogPreview, CatalogRefusal | 'catalog-other-kind'>> {
      const read = await readAs(kind, bytes, said.encoding);
      if (!read.ok) return read;
      const { version, items, errors } = read.value;
      await catalogs.refresh();
      const today = tokyoDay(clock.now());
      const draft: CatalogDraft = {
        ...{ id: chance.id('cat'), kind, version: said.version ?? version ?? today, from: said.from ?? today },
        ...{ items, errors, base: catalogs.versions(kind).length - 1, at: clock.real() },
      };
      await store.saveDraft(draft);
      return accept(previewOf(draft, catalogs.versions(kind)));
    },
    /** A second commit changes nothing; a list that changes nothing makes no version. */
    async commit(
      kind: CatalogName,
      id: string,
      by: string,
    ): Promise<Outcome<CatalogPreview, 'not-found' | 'catalog-invalid' | 'catalog-moved'>> {
      const found = await find(kind, id);
      if (!found.ok || found.value.revision !== undefined) return found;
      const { errors, base, version, from, items } = found.value;
      const [error] = errors;
      if (error) return refuse('catalog-invalid', `row ${String(error.row)}`);
      const newest = catalogs.versions(kind).at(-1);
      if (newest?.revision !== base) return refuse('catalog-moved');
      if (changesNothing(found.value, newest)) return accept({ ...found.value, revision: base });
      const made = { importId: id, importedAt: clock.real(), by };
      await store.create({ kind, revision: base + 1, version, from, items, ...made });
      const done = await find(kind, id);
      return !done.ok || done.value.revision !== undefined ? done : refuse('catalog-moved');
    },
  };
}

function previewOf(draft: CatalogDraft, versions: readonly CatalogVersion[]): CatalogPreview {
  const made = versions.find(({ importId }) => importId === draft.id);
  const difference = compareCatalogs(versions[draft.base]?.items ?? [], draft.items);
  return { ...draft, difference, ...(made ? { revision: made.revision } : {}) };
}

/** The same codes, counting no earlier than they do already. */
function changesNothing({ difference, from }: CatalogPreview, newest: CatalogVersion): boolean {
  const { added, changed, ended } = difference;
  return added.length + changed.length + ended.length === 0 && (newest.from === null || newest.from <= from);
}

async function readAs(kind: CatalogName, bytes: Uint8Array, named: string | undefined) {
  const encoding = named === undefined ? undefined : encodingNamed(named);
  if (named !== undefined && !encoding) return refuse('encoding-unknown');
  const read = await readCatalogFile(kind, bytes, encoding);
  if (!read.ok) return read;
  const { kind: stated = kind } = read.value;
  return stated === kind ? read : refuse('catalog-other-kind', stated);
}
