import { createPostings } from './postings.ts';
import { plainId } from './search-text.ts';

/** A thing with its text and the ids that it is found by when one is given whole, besides its own. */
export interface Findable {
  readonly id: string;
  readonly owner: string;
  readonly text: string;
  readonly otherIds?: readonly string[];
}

/** Up to so many things even one letter within a word is looked for; beyond it only as the first letter of one. */
const FEW = 20_000;

/** The things with their texts, each at a place of its own; the place of one that changed is left empty. */
export function createShelf() {
  let postings = createPostings();
  let things: (Findable | undefined)[] = [];
  const places = new Map<string, number>();
  const byOtherId = createOtherIds();

  function lay(thing: Findable): void {
    const place = things.push(thing) - 1;
    places.set(thing.id, place);
    postings.add(place, thing.text);
  }

  /** When many places are empty the whole is written anew. */
  function tidy(): void {
    if (things.length < 2_000 || places.size > things.length / 2) return;
    const old = things;
    postings = createPostings();
    things = [];
    for (const thing of old) if (thing) lay(thing);
  }

  function remove(id: string): void {
    const place = places.get(id);
    if (place === undefined) return;
    byOtherId.renew(things[place], { id });
    things[place] = undefined;
    places.delete(id);
  }

  return {
    remove,
    /** One more than the last place. */
    end: () => things.length,
    placeOf: (id: string) => places.get(id),
    at: (place: number) => things[place],
    put(thing: Findable): void {
      const place = places.get(thing.id) ?? things.length;
      const known = things[place];
      byOtherId.renew(known, thing);
      if (known) things[place] = known.text === thing.text ? thing : undefined;
      if (known?.text === thing.text) return;
      lay(thing);
      tidy();
    },
    /** Whether it is the thing's own id, or one of the others. */
    isCalled: (thing: Findable, id: string) => thing.id === id || byOtherId.of(id).includes(thing.id),
    called: (id: string): readonly number[] => [id, ...byOtherId.of(id)].flatMap((one) => places.get(one) ?? []),
    /** Places of all things that hold these needles, and of some that do not. */
    candidates(needles: readonly string[]): Iterable<number> {
      const shortest = shortestOf(needles, postings);
      return shortest ?? (places.size <= FEW ? things.keys() : postings.beginning(needles[0] ?? ''));
    },
  };
}

/** The shortest list of places that holds all that have the needles; none where they are too short to say much. */
function shortestOf(needles: readonly string[], postings: ReturnType<typeof createPostings>): Uint32Array | undefined {
  const lists = needles.map((needle) => postings.rarest(needle)).filter((list) => list !== undefined);
  return lists.sort((a, b) => a.length - b.length)[0];
}

/** Which things have an id besides their own; most ids have one. */
function createOtherIds() {
  const byId = new Map<string, string | readonly string[]>();
  const of = (id: string): readonly string[] => {
    const found = byId.get(id);
    return typeof found === 'string' ? [found] : (found ?? []);
  };
  return {
    of,
    /** What was said of a thing, if anything, is said no more; what is said of it now is known. */
    renew(before: Findable | undefined, { id, otherIds = [] }: Pick<Findable, 'id' | 'otherIds'>): void {
      for (const other of before?.otherIds?.map(plainId) ?? []) {
        const left = of(other).filter((one) => one !== id);
        if (left.length === 0) byId.delete(other);
        else byId.set(other, left);
      }
      for (const other of otherIds.map(plainId)) {
        const known = of(other);
        byId.set(other, known.length === 0 ? id : [...known, id]);
      }
    },
  };
}
