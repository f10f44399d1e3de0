import type { Firm } from '../domain/firm.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { Within } from '../domain/reach.ts';
import { type Wanted, readQuestion } from '../domain/search/search-text.ts';
import { type Facts, type Test, testOf } from '../domain/search/within.ts';
import { type After, createWordIndex } from '../domain/search/word-index.ts';
import type { Site } from '../domain/site.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Worker } from '../domain/worker.ts';
import type { ChangeLog, Question, Search, SearchKind, SearchRefusal } from '../ports-search.ts';
import type {
  Chance,
  Clock,
  FirmStore,
  NumberCipher,
  Page,
  PageRequest,
  PhoneStore,
  SiteStore,
  WorkerStore,
} from '../ports.ts';
import type { Change } from './change-register.ts';
import { createIndexFiller, eachPage } from './fill-index.ts';
import { followChanges } from './follow-changes.ts';
import { createNumberTails } from './number-tails.ts';

export interface SearchParts {
  readonly stores: {
    readonly firms: FirmStore;
    readonly workers: WorkerStore;
    readonly sites: SiteStore;
    readonly phones: PhoneStore;
    readonly changeLog: ChangeLog;
  };
  readonly cipher: Pick<NumberCipher, 'open' | 'index'>;
  readonly clock: Clock;
  readonly chance: Chance;
}

export interface RegisterSearch extends Search {
  /** Fills the indexes in the background; asked again it does nothing. */
  begin(): void;
  /** Hears of a change of this instance. */
  note(change: Change): void;
  /** Takes up what changed here and elsewhere, and tells the others. */
  takeUp(): Promise<void>;
}

/** A kind of things, where they are kept, and what rights ask about them. */
interface Searchable<T> {
  readonly kind: SearchKind;
  readonly store: {
    findManyWithin(ids: readonly never[], within: Within): Promise<readonly T[]>;
    page(request: PageRequest): Promise<Page<T>>;
  };
  /** What conditions ask of it besides its id, and what the index calls that. */
  readonly fields: Readonly<Record<string, string>>;
  readonly ownerOf: (thing: T) => string;
}

/** So long a question waits for the indexes to be filled before it is told to come again. */
const PATIENCE_MS = 3_000;

/** Search by words in memory: names lie sealed in the database, where nothing could be found in them. */
export function createRegisterSearch({ stores, cipher, clock, chance }: SearchParts): RegisterSearch {
  const indexes = { firm: createWordIndex(), worker: createWordIndex(), site: createWordIndex() };
  const tails = createNumberTails(cipher);
  const filler = createIndexFiller({ stores, indexes, tails });
  const followed = followChanges({ log: stores.changeLog, filler, clock, me: chance.id('ins') });

  function hitsOf(kind: SearchKind, wanted: readonly Wanted[], { limit, after, byNumber }: Question, test: Test) {
    const today = tokyoDay(clock.now());
    const start = placeOf(after);
    return indexes[kind].find({
      wanted,
      limit,
      admits: ({ id, owner }) => test({ _id: id, owner }),
      ...(start ? { after: start } : {}),
      ...(byNumber && kind === 'worker' ? { known: (digits: string) => tails.holders(digits, today) } : {}),
    });
  }

  async function find<T extends { readonly id: string }>(
    { kind, store, fields, ownerOf }: Searchable<T>,
    question: Question,
  ): Promise<Outcome<Page<T>, SearchRefusal>> {
    const wanted = readQuestion(question.q);
    if (wanted.length === 0) return refuse('search-empty');
    followed.begin();
    if (!(await followed.isReady(PATIENCE_MS))) return refuse('search-not-ready');
    await followed.catchUp();
    const test = await testFor(store, fields, question);
    const { hits, more } = hitsOf(kind, wanted, question, test);
    const ids = hits.map(({ id }) => id as never);
    const found = await store.findManyWithin(ids, question.within);
    const byId = new Map(found.map((thing) => [thing.id, thing]));
    const things = hits.flatMap(({ id }) => byId.get(id) ?? []);
    const items = things.filter((thing) => test({ _id: thing.id, owner: ownerOf(thing) }));
    const last = hits.at(-1);
    return accept(more && last ? { items, next: `${String(last.rank)}|${last.id}` } : { items });
  }

  const { firms, workers, sites } = searchables(stores);
  return {
    begin: () => followed.begin(),
    takeUp: () => followed.takeUp(),
    note: (change) => {
      if (change.kind !== 'line') followed.note(`${change.kind}:${change.id}`, () => filler.take(change));
    },
    firms: (question) => find<Firm>(firms, question),
    workers: (question) => find<Worker>(workers, question),
    sites: (question) => find<Site>(sites, question),
  };
}

function searchables({ firms, workers, sites }: SearchParts['stores']) {
  const employerOf = ({ employerId }: Worker) => employerId ?? '';
  // A register that was merged into another is not in the index.
  const asked = { employerId: 'owner', mergedInto: 'mergedInto' };
  return {
    firms: { kind: 'firm', store: firms, fields: {}, ownerOf: () => '' },
    workers: { kind: 'worker', store: workers, fields: asked, ownerOf: employerOf },
    sites: { kind: 'site', store: sites, fields: { primeId: 'owner' }, ownerOf: (site: Site) => site.primeId },
  } as const;
}

/** The asker's rights, and the owner he asks for, as a test of what the index knows. */
async function testFor<T extends { readonly id: string }>(
  store: Searchable<T>['store'],
  fields: Searchable<T>['fields'],
  { within, owner }: Question,
): Promise<Test> {
  const isOwners = ({ owner: of }: Facts) => owner === undefined || (of === owner.id) !== (owner.not ?? false);
  if (within === 'everything') return isOwners;
  const seen = testOf(within, { _id: '_id', ...fields });
  if (seen) return (facts) => isOwners(facts) && seen(facts);
  // Rights that ask for more than the index knows: the database says what is seen.
  const ids = new Set<string>();
  await eachPage<T>(
    (request) => store.page({ ...request, within }),
    ({ id }) => void ids.add(id),
  );
  return (facts) => isOwners(facts) && ids.has(facts['_id'] ?? '');
}

/** A cursor holds a rank and an id, and nobody's name. */
function placeOf(after: string | undefined): After | undefined {
  const [rank, id] = after?.split('|') ?? [];
  return rank !== undefined && id !== undefined ? { rank: Number(rank), id } : undefined;
}
