import actionCodes from '../../catalogs/action-codes.json' with { type: 'json' };
import entryMethods from '../../catalogs/entry-methods.json' with { type: 'json' };
import hazardousWork from '../../catalogs/hazardous-work.json' with { type: 'json' };
import insuranceKinds from '../../catalogs/insurance-kinds.json' with { type: 'json' };
import insuranceProofs from '../../catalogs/insurance-proofs.json' with { type: 'json' };
import jobTypes from '../../catalogs/job-types.json' with { type: 'json' };
import orderCategories from '../../catalogs/order-categories.json' with { type: 'json' };
import permitKinds from '../../catalogs/permit-kinds.json' with { type: 'json' };
import permitTrades from '../../catalogs/permit-trades.json' with { type: 'json' };
import positions from '../../catalogs/positions.json' with { type: 'json' };
import prefectures from '../../catalogs/prefectures.json' with { type: 'json' };
import qualifications from '../../catalogs/qualifications.json' with { type: 'json' };
import reasonCodes from '../../catalogs/reason-codes.json' with { type: 'json' };
import {
  CatalogFile,
  CatalogItem,
  type CatalogName,
  type CatalogVersion,
  catalogNames,
  flawsOf,
  itemsOn,
  versionOn,
} from '../domain/catalog/catalog.ts';
import type { Day } from '../domain/ids.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { CatalogStore } from '../ports-catalogs.ts';
import type { Clock } from '../ports.ts';

const files: Readonly<Record<CatalogName, unknown>> = {
  'job-types': jobTypes,
  positions,
  'order-categories': orderCategories,
  'hazardous-work': hazardousWork,
  'insurance-kinds': insuranceKinds,
  'insurance-proofs': insuranceProofs,
  'permit-kinds': permitKinds,
  'permit-trades': permitTrades,
  'reason-codes': reasonCodes,
  'action-codes': actionCodes,
  prefectures,
  qualifications,
  'entry-methods': entryMethods,
};

/** The code lists, which are data and are replaced when an official one is at hand (D-26). Without a day, those of today. */
export interface Catalogs {
  items(name: CatalogName, on?: Day): readonly CatalogItem[];
  find(name: CatalogName, code: string): CatalogItem | undefined;
  /** The codes of one list, for warnings about unknown ones. */
  codes(name: CatalogName): ReadonlySet<string>;
  /** Every version, the shipped one first; of a revision that is not here there is none. */
  versions(name: CatalogName): readonly CatalogVersion[];
  versionOn(name: CatalogName, day: Day): CatalogVersion;
  /** Takes up versions that were imported since, here or by another instance. */
  refresh(): Promise<void>;
}

interface Parts {
  readonly store: Pick<CatalogStore, 'find'>;
  readonly clock: Pick<Clock, 'now'>;
}

interface Listed {
  readonly items: readonly CatalogItem[];
  readonly byCode: ReadonlyMap<string, CatalogItem>;
  readonly codes: ReadonlySet<string>;
}

/** So many days are remembered of each version: today's, and a few that somebody asks about. */
const REMEMBERED = 16;

/** The lists that ship with the service, below those that were imported; a shipped one that is malformed is an exception at the start. */
export function createCatalogs({ store, clock }: Parts): Catalogs {
  const versions = new Map(catalogNames.map((name) => [name, [shippedCatalog(name)]]));
  const listed = new Map<string, Listed>();
  const of = (name: CatalogName) => versions.get(name) ?? [];
  const today = () => tokyoDay(clock.now());

  function on(name: CatalogName, day: Day): CatalogVersion {
    return versionOn(of(name), day) ?? shippedCatalog(name);
  }

  function list(name: CatalogName, day: Day): Listed {
    const version = on(name, day);
    const key = `${name}:${String(version.revision)}:${day}`;
    const known = listed.get(key);
    if (known) return known;
    const items = itemsOn(version, day);
    const byCode = new Map(items.map((item) => [item.code, item]));
    const fresh = { items, byCode, codes: new Set(byCode.keys()) };
    if (listed.size >= REMEMBERED * catalogNames.length) listed.clear();
    listed.set(key, fresh);
    return fresh;
  }

  return {
    items: (name, day = today()) => list(name, day).items,
    find: (name, code) => list(name, today()).byCode.get(code),
    codes: (name) => list(name, today()).codes,
    versions: of,
    versionOn: on,
    async refresh() {
      for (let more = true; more;) {
        const next = catalogNames.map((kind) => ({ kind, revision: of(kind).length }));
        const found = await store.find(next);
        for (const version of found) {
          const known = of(version.kind);
          if (version.revision === known.length) known.push(version);
        }
        more = found.length > 0;
      }
    },
  };
}

/** A list as it ships. */
export function shippedCatalog(kind: CatalogName): CatalogVersion {
  const { version = '', items, kind: stated } = CatalogFile.parse(files[kind]);
  const read = items.map((item) => CatalogItem.parse(item));
  if (stated !== kind || flawsOf(kind, read).length > 0) throw new Error(`the catalogue ${kind} is malformed`);
  return { kind, revision: 0, version, from: null, items: read };
}
