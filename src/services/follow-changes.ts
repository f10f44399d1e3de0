import type { ChangeLog } from '../ports-search.ts';
import type { Clock } from '../ports.ts';
import type { IndexFiller } from './fill-index.ts';
import { createTurns } from './take-turns.ts';

interface Parts {
  readonly log: ChangeLog;
  readonly filler: IndexFiller;
  readonly clock: Pick<Clock, 'real'>;
  /** A name that no other instance has. */
  readonly me: string;
}

/** So many things stand in one entry of the log at most. */
const PER_ENTRY = 1_000;
/** Entries are kept for so long; whoever was away longer fills its index anew. */
const KEPT_MS = 86_400_000;
/** Once a day all is read again: an instance that died may not have told of its last changes. */
const ANEW_MS = 86_400_000;

/** Keeps the indexes in step: first all that is there, then what this instance and the others change. */
export function followChanges(parts: Parts) {
  const { log, filler, clock } = parts;
  const stale = new Set<string>();
  // One after the other, so that an older reading never overwrites a newer one.
  const [talk, inTurn] = [createTalk(parts, (thing) => void stale.add(thing)), createTurns()];
  let filledAt: number | undefined;
  let filling: Promise<void> | undefined;
  async function fill(): Promise<void> {
    const before = await log.latest();
    await filler.all();
    talk.begin(before);
    filledAt = clock.real().getTime();
  }

  /** What cannot be read now stays stale. */
  async function catchUp(): Promise<void> {
    const things = [...stale];
    stale.clear();
    await filler.some(things).catch((error: unknown) => {
      for (const thing of things) stale.add(thing);
      throw error;
    });
  }

  async function renewDaily(since: number): Promise<void> {
    const now = clock.real().getTime();
    if (now - since < ANEW_MS) return;
    await log.prune(new Date(now - KEPT_MS));
    await fill();
  }

  return {
    /** Fills the indexes once; a failure is forgotten, so that the next question begins anew. */
    begin(): void {
      filling ??= fill().catch(() => void (filling = undefined));
    },
    /** A thing that changed; where it has just come into being, `take` may know it as it is. */
    note(thing: string, take: () => boolean = () => false): void {
      if (filling === undefined) return;
      if (stale.has(thing) || !take()) stale.add(thing);
      talk.note(thing);
    },
    /** Whether the indexes are filled, waiting for it a while. */
    async isReady(patienceMs: number): Promise<boolean> {
      if (filledAt === undefined) await Promise.race([filling, pause(patienceMs)]);
      return filledAt !== undefined;
    },
    catchUp: () => (stale.size === 0 ? Promise.resolve() : inTurn(catchUp)),
    takeUp: () =>
      inTurn(async () => {
        if (filledAt === undefined) return;
        await talk.hear();
        await talk.tell();
        await catchUp();
        await renewDaily(filledAt);
      }),
  };
}

/** Tells the other instances what changed here, and hears what changed there. */
function createTalk({ log, clock, me }: Parts, heard: (thing: string) => void) {
  let untold: string[] = [];
  let place = 0;

  async function hear(): Promise<void> {
    for (let found = await log.after(place); found.length > 0; found = await log.after(place)) {
      for (const entry of found) {
        if (entry.place !== place + 1) return;
        place = entry.place;
        if (entry.by !== me) entry.things.forEach(heard);
      }
    }
  }

  return {
    hear,
    begin: (at: number) => void (place = Math.max(place, at)),
    note: (thing: string) => void untold.push(thing),
    async tell(): Promise<void> {
      while (untold.length > 0) {
        const things = untold.slice(0, PER_ENTRY);
        const told = await log.append({ place: place + 1, by: me, things, at: clock.real() });
        if (told) untold = untold.slice(things.length);
        await hear();
      }
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
