import { END, WORD } from './search-text.ts';

/** Places in the order in which they came, in memory that grows by halves. */
interface Places {
  list: Uint32Array;
  length: number;
}

/** Kanji say much by themselves; kana, latin letters and the letters of ids do not. */
const SINGLE = /\p{Script=Han}/u;
const NONE = new Uint32Array();
/** More letters than names have; what is beyond shares a number, which only makes a list longer. */
const LETTERS = 32_768;

/** Lists of places under numbers. */
function createLists() {
  const byPair = new Map<number, Places>();
  return {
    append(pair: number, place: number): void {
      const known = byPair.get(pair);
      if (!known) {
        byPair.set(pair, { list: Uint32Array.of(place, 0), length: 1 });
        return;
      }
      if (known.list[known.length - 1] === place) return;
      if (known.length === known.list.length) {
        const wider = new Uint32Array(Math.ceil(known.list.length * 1.5) + 1);
        wider.set(known.list);
        known.list = wider;
      }
      known.list[known.length] = place;
      known.length += 1;
    },
    of(pair: number): Uint32Array {
      const found = byPair.get(pair);
      return found ? found.list.subarray(0, found.length) : NONE;
    },
  };
}

/** Which texts hold which pair of letters, and which single kanji. */
export function createPostings() {
  const lists = createLists();
  const numbers = new Map<string, number>();
  const singles = new Set<number>();

  function numberOf(letter: string): number {
    const known = numbers.get(letter);
    if (known !== undefined) return known;
    const fresh = Math.min(numbers.size + 1, LETTERS - 1);
    numbers.set(letter, fresh);
    if (SINGLE.test(letter)) singles.add(fresh);
    return fresh;
  }

  /** Numbers of the pairs of a text; a kanji alone is a pair with nothing. */
  function pairsOf(text: string): readonly number[] {
    const pairs: number[] = [];
    let before = 0;
    for (const letter of text) {
      const number = letter === END ? 0 : numberOf(letter);
      if (singles.has(number)) pairs.push(number);
      // Between the end of one name and the beginning of the next there is nothing to be found.
      if (before !== 0 && number !== 0) pairs.push(before * LETTERS + number);
      before = number;
    }
    return pairs;
  }

  return {
    add(place: number, text: string): void {
      for (const pair of pairsOf(text)) lists.append(pair, place);
    },
    /** Texts in which a word begins with this letter. */
    beginning: (letter: string) => lists.of(numberOf(WORD) * LETTERS + numberOf(letter)),
    /** The shortest list that holds every text with this in it; undefined where one letter says too little. */
    rarest(needle: string): Uint32Array | undefined {
      const found = pairsOf(needle).map((pair) => lists.of(pair));
      return found.length === 0 ? undefined : found.reduce((a, b) => (b.length < a.length ? b : a));
    },
  };
}
