import type { Kind } from '../domain/access.ts';
import { WorkerId } from '../domain/ids.ts';
import { digestOf } from '../domain/digest.ts';
import { present } from '../domain/present.ts';
import type { Viewer } from '../domain/api-key.ts';
import { type AuditEntry, type Deed, type KeyedHash, linkEntry, noteOf } from '../domain/audit.ts';
import { tokyoText } from '../domain/work-day.ts';
import type { AuditFilter, AuditStore, ThingStore } from '../ports-audit.ts';
import type { WordKeeper } from '../ports-keys.ts';
import type { Clock, NumberRecord, Page, PageRequest, TextIndexer } from '../ports.ts';

const TRIES = 50;
/** The same question of the same asker is written down once in so long. */
const SAME_MS = 60_000;
const MOST_REMEMBERED = 5_000;

/** A request about to be acted on. */
export interface Asking {
  readonly viewer: Viewer;
  /** As `patch /workers/{id}`. */
  readonly what: string;
  readonly subject?: Kind;
  readonly thing?: string;
  readonly about: Readonly<Record<string, string>>;
  readonly changes: boolean;
  /** The firms whose data a list may show, where the operator looks into firms. */
  readonly looked: readonly string[];
}

/** What is known once it was done. */
export interface Done {
  /** The id of what came into being. */
  readonly createdId?: string;
  /** Everybody whom the answer shows, by ids. */
  readonly shown?: readonly string[];
  /** Whose data it was, where the thing does not tell. */
  readonly firmId?: string;
}

/** Called after it was done, before anybody is told. */
type Written = (done?: Done) => Promise<void>;

type Snapshot = NonNullable<Awaited<ReturnType<ThingStore['snapshot']>>>;

interface Parts {
  readonly audit: AuditStore;
  readonly things: ThingStore;
  readonly words: WordKeeper;
  readonly clock: Pick<Clock, 'real'>;
  readonly cipher: TextIndexer;
}

/**
 * Writes down every change, with what stood before and after, and every look at people's data (PR-014). An entry goes to the chain of
 * the firm whose data it is, else of the asker's firm, else of the service.
 */
export function createWitness({ audit, things, words, clock, cipher }: Parts) {
  const append = createAppend(audit, cipher);
  const isRepeated = createMemory();
  const look = async ({ subject }: Asking, id: string | undefined) =>
    subject && id !== undefined ? things.snapshot(subject, id) : undefined;

  async function noteLook(asking: Asking, before: Snapshot | undefined, { shown }: Done): Promise<void> {
    const at = clock.real();
    if (isRepeated(questionOf(asking, shown), at.getTime())) return;
    for (const firmId of firmsOf([before?.firmId], asking.looked)) {
      const deed = deedOf(asking, { at, thing: asking.thing, firmId });
      await append({ ...deed, ...present({ shown: besideNumber(deed) ? undefined : shown }) });
    }
  }

  async function noteChange(
    asking: Asking,
    before: Snapshot | undefined,
    { createdId, shown, ...done }: Done,
  ): Promise<void> {
    const thing = asking.thing ?? createdId;
    const after = await look(asking, thing);
    const states = statesOf(before, after);
    const made = madeBy(asking, createdId);
    // Whoever's it was before is told too: a worker who changes his employer.
    const firms = firmsOf([done.firmId ?? after?.firmId, before?.firmId]);
    const about = { ...asking.about, ...present({ createdId: made }) };
    for (const firmId of firms) await write({ ...asking, about }, { thing, firmId, states, shown });
    if (made !== undefined) await noteOffspring(asking, made);
  }

  /** What was made of a thing has an entry too, under its own id. */
  async function noteOffspring(asking: Asking, made: string): Promise<void> {
    const newcomer = await look(asking, made);
    const about = { ...asking.about, ...present({ from: asking.thing }) };
    const states = statesOf(undefined, newcomer);
    await write({ ...asking, about }, { thing: made, firmId: newcomer?.firmId, states, shown: undefined });
  }

  async function write(asking: Asking, { thing, firmId, states, shown }: Change): Promise<void> {
    const deed = deedOf(asking, { at: clock.real(), thing, firmId });
    const sealed = await words.seal(personIn(deed, states), JSON.stringify(states));
    await append({ ...deed, ...present({ shown: besideNumber(deed) ? undefined : shown, sealed }) });
  }

  return async (asking: Asking): Promise<Written> => {
    const before = await look(asking, asking.thing);
    return (done = {}) => (asking.changes ? noteChange(asking, before, done) : noteLook(asking, before, done));
  };
}

interface Change {
  readonly thing: string | undefined;
  readonly firmId: string | undefined;
  readonly states: { readonly before: object | null; readonly after: object | null };
  readonly shown: Done['shown'];
}

function statesOf(before: Snapshot | undefined, after: Snapshot | undefined): Change['states'] {
  return { before: before?.shown ?? null, after: after?.shown ?? null };
}

/**
 * In whose chains something is noted: of the firms whose data it was, and, where it was of none into which the operator looks, of those
 * too; undefined for the asker's own or the service's.
 */
function firmsOf(
  owners: readonly (string | undefined)[],
  looked: readonly string[] = [],
): readonly (string | undefined)[] {
  const own = owners.filter((id) => id !== undefined);
  const firms = new Set(own.some((id) => looked.includes(id)) ? own : [...own, ...looked]);
  return firms.size > 0 ? [...firms] : [undefined];
}

/** The id of another thing of the same kind that came of one, as the copy of a site. */
function madeBy({ thing }: Asking, createdId: string | undefined): string | undefined {
  const [kind, made] = [thing?.split('_')[0], createdId?.split('_')[0]];
  return thing !== undefined && createdId !== thing && kind === made ? createdId : undefined;
}

interface Circumstances {
  readonly at: Date;
  readonly thing: string | undefined;
  readonly firmId: string | undefined;
}

function deedOf({ viewer, what, about }: Asking, { at, thing, firmId }: Circumstances): Deed {
  const chain = firmId ?? viewer.firmId ?? 'service';
  const forWhom = viewer.firmId === undefined ? about : { ...about, actingFirmId: viewer.firmId };
  return { chain, at: tokyoText(at), by: viewer.keyId, role: viewer.role, what, thing: thing ?? null, about: forWhom };
}

/** The id of a telephone leads to its number for whoever has the master key: who holds it may not stand beside it in the clear. */
function besideNumber({ thing, about }: Pick<Deed, 'thing' | 'about'>): boolean {
  return [thing, ...Object.values(about)].some((id) => id?.startsWith('phn_'));
}

/** Whose data an entry holds: it is sealed under his key, and goes with it. */
function personIn(
  { thing, about }: Pick<Deed, 'thing' | 'about'>,
  ...states: readonly { readonly before: object | null; readonly after: object | null }[]
): WorkerId | undefined {
  const shown = states.flatMap(({ before, after }) => [before, after]);
  const named = [thing, about['workerId'], ...shown.flatMap((one) => [workerIn(one), soleHolder(one)])];
  return named.map((id) => WorkerId.safeParse(id)).find(({ success }) => success)?.data;
}

function workerIn(state: object | null): unknown {
  return (state as { workerId?: unknown } | null)?.workerId;
}

/** Whose a telephone is that only one person has ever had. */
function soleHolder(state: object | null): WorkerId | undefined {
  const { registrations = [] } = (state ?? {}) as Partial<NumberRecord>;
  const [holder, ...others] = new Set(registrations.flatMap(({ workerIds }) => workerIds));
  return others.length === 0 ? holder : undefined;
}

/** The same question, which showed the same people. */
function questionOf({ viewer, what, thing, about }: Asking, shown: Done['shown']): string {
  return digestOf([viewer.keyId, what, thing ?? null, about, shown ?? null]);
}

/** One writer per chain here, and the number of the entry settles it between instances. */
function createAppend(audit: AuditStore, cipher: TextIndexer): (deed: Deed) => Promise<void> {
  const keyed: KeyedHash = (text) => cipher.indexText(text);
  const queues = new Map<string, Promise<void>>();

  async function write(deed: Deed): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const entry = linkEntry(deed, await audit.end(deed.chain), keyed);
      if (await audit.append(entry)) return audit.noteEnd(noteOf(deed.chain, entry, keyed));
    }
    throw new Error('the audit could not be written');
  }

  return (deed) => {
    const turn = (queues.get(deed.chain) ?? Promise.resolve()).then(() => write(deed));
    const settled = turn.catch(() => undefined);
    queues.set(deed.chain, settled);
    void settled.then(() => {
      if (queues.get(deed.chain) === settled) queues.delete(deed.chain);
    });
    return turn;
  };
}

function createMemory(): (question: string, now: number) => boolean {
  const seen = new Map<string, number>();
  return (question, now) => {
    const last = seen.get(question) ?? -Infinity;
    if (now >= last && now - last < SAME_MS) return true;
    if (seen.size >= MOST_REMEMBERED) seen.clear();
    seen.set(question, now);
    return false;
  };
}

/** An entry with what stood before and after, for those who may see it. */
export interface AuditReading {
  readonly entry: AuditEntry;
  readonly before: unknown;
  readonly after: unknown;
}

export type ReadAudit = ReturnType<typeof createReadAudit>;

/** Reads what was done, a page at a time. */
export function createReadAudit({ audit, words }: Pick<Parts, 'audit' | 'words'>) {
  return async (filter: AuditFilter, request: PageRequest): Promise<Page<AuditReading>> => {
    const page = await audit.page(filter, request);
    const opened = await words.openAll(page.items.map(({ sealed = '' }) => sealed));
    const items = page.items.map((entry, place): AuditReading => {
      // Nothing is left to read of what was sealed for somebody who is deleted.
      const states = JSON.parse(opened[place] || '{}') as { before?: unknown; after?: unknown };
      return { entry, before: states.before ?? null, after: states.after ?? null };
    });
    return { ...page, items };
  };
}
