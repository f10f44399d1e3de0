import { END, WORD, type Wanted } from './search-text.ts';
import { type Findable, createShelf } from './shelf.ts';

/** A thing that was found: how well it fits, 0 best. */
export interface Hit {
  readonly rank: number;
  readonly id: string;
  readonly owner: string;
}

/** Where a list of hits goes on. */
export interface After {
  readonly rank: number;
  readonly id: string;
}

export interface Finding {
  readonly wanted: readonly Wanted[];
  readonly limit: number;
  readonly after?: After;
  /** Whether the asker may see it. */
  readonly admits: (hit: { readonly id: string; readonly owner: string }) => boolean;
  /** Who is known by the last four digits. */
  readonly known?: (tail: string) => ReadonlySet<string>;
}

/** A thing found by words that stand apart in it comes after all others. */
const APART = 3;

export type WordIndex = ReturnType<typeof createWordIndex>;

/** Finds things by parts of their words: pairs of letters lead to few candidates, whose texts are then looked at. */
export function createWordIndex() {
  const shelf = createShelf();

  /** Where a word of a question may be found, in several lists that may repeat each other. */
  function candidates({ alternatives, id: whole, tail }: Wanted, known: Finding['known']): readonly Iterable<number>[] {
    const lists = [...alternatives.map((needles) => shelf.candidates(needles)), shelf.called(whole)];
    if (tail === undefined || !known) return lists;
    return [...lists, [...known(tail)].flatMap((id) => shelf.placeOf(id) ?? [])];
  }

  return {
    put: (thing: Findable) => shelf.put(thing),
    remove: (id: string) => shelf.remove(id),
    has: (id: string) => shelf.placeOf(id) !== undefined,
    /** The best of them, in the order of rank and reading; `more` tells whether there are further ones. */
    find({ wanted, limit, after, admits, known }: Finding): { readonly hits: readonly Hit[]; readonly more: boolean } {
      const [narrow] = wanted;
      if (!narrow) return { hits: [], more: false };
      const best = createBest<Hit & { readonly text: string }>(limit + 1, before);
      const seen = new Uint8Array(shelf.end());
      const start = after && { ...after, text: shelf.at(shelf.placeOf(after.id) ?? -1)?.text ?? '' };
      const consider = (place: number) => {
        const thing = shelf.at(place);
        if (!thing || seen[place] === 1) return;
        seen[place] = 1;
        const { id, owner, text } = thing;
        const isKnownBy = (tail: string) => known?.(tail).has(id) ?? false;
        const rank = rankOf(wanted, text, { isKnownBy, isCalled: (whole) => shelf.isCalled(thing, whole) });
        if (rank === NO || rank > best.worstRank()) return;
        const hit = { rank, id, owner, text };
        if ((!start || before(start, hit)) && admits(hit)) best.add(hit);
      };
      for (const list of candidates(narrow, known)) for (const place of list) consider(place);
      const found = best.all();
      return { hits: found.slice(0, limit), more: found.length > limit };
    },
  };
}

const NO = 9;

/** What else than its text a thing may be meant by. */
interface Beside {
  readonly isKnownBy: (tail: string) => boolean;
  readonly isCalled: (id: string) => boolean;
}

/** How well a text fits all words: as well as the word that fits worst. */
function rankOf(wanted: readonly Wanted[], text: string, { isKnownBy, isCalled }: Beside): number {
  let worst = 0;
  for (const word of wanted) {
    const rank = word.tail !== undefined && isKnownBy(word.tail) ? 0 : rankOfWord(word, text, isCalled);
    if (rank === NO) return NO;
    if (rank > worst) worst = rank;
  }
  return worst;
}

function rankOfWord({ alternatives: [direct = [], apart], id }: Wanted, text: string, isCalled: Beside['isCalled']) {
  const rank = fit(direct, text);
  if (rank < 2) return rank;
  if (isCalled(id)) return 0;
  if (!apart) return rank;
  const loose = fit(apart, text);
  if (loose === NO || apart.length === 1) return Math.min(rank, loose);
  return Math.min(rank, APART);
}

/** 0: a whole name or its last words; 1: the beginning of a word; 2: within one. */
function fit(needles: readonly string[], text: string): number {
  let worst = 0;
  for (const needle of needles) {
    const rank = fitOne(needle, text);
    if (rank > worst) worst = rank;
  }
  return worst;
}

function fitOne(needle: string, text: string): number {
  let rank = NO;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    if (text.charAt(at - 1) !== WORD) rank = Math.min(rank, 2);
    else if (text.charAt(at + needle.length) === END) return 0;
    else rank = 1;
  }
  return rank;
}

interface Ordered {
  readonly rank: number;
  readonly text: string;
  readonly id: string;
}

function before(a: Ordered, b: Ordered): boolean {
  if (a.rank !== b.rank) return a.rank < b.rank;
  if (a.text !== b.text) return a.text < b.text;
  return a.id < b.id;
}

/** Keeps the first few of many. */
function createBest<T extends Ordered>(most: number, isBefore: (a: T, b: T) => boolean) {
  const kept: T[] = [];
  return {
    add(one: T): void {
      const last = kept[most - 1];
      if (last !== undefined && !isBefore(one, last)) return;
      let [from, to] = [0, kept.length];
      while (from < to) {
        const middle = (from + to) >> 1;
        const other = kept[middle];
        if (other !== undefined && isBefore(other, one)) from = middle + 1;
        else to = middle;
      }
      kept.splice(from, 0, one);
      if (kept.length > most) kept.pop();
    },
    all: (): readonly T[] => kept,
    /** What comes behind this is of no use any more. */
    worstRank: () => kept[most - 1]?.rank ?? Infinity,
  };
}
