import type { Request } from 'express';
import type { Kind } from '../domain/access.ts';
import type { Viewer } from '../domain/api-key.ts';
import type { Reach } from '../domain/reach.ts';
import { present } from '../domain/present.ts';
import type { Acted, Endpoint } from './endpoint.ts';
import { noteFile, noteMany } from './noted-file.ts';
import { peopleIn } from './people-in.ts';

/** Writes down what is asked and, once it was done, that it was done. */
export type Witness = (asking: {
  readonly viewer: Viewer;
  readonly what: string;
  readonly subject?: Kind;
  readonly thing?: string;
  readonly about: Readonly<Record<string, string>>;
  readonly changes: boolean;
  /** The firms whose data a list may show, where the operator looks into firms. */
  readonly looked: readonly string[];
}) => Promise<Written>;

type Written = (done: {
  readonly createdId?: string;
  readonly shown?: readonly string[];
  readonly firmId?: string;
}) => Promise<void>;

/** Things by the first word of an address. */
const SUBJECTS: Readonly<Record<string, Kind>> = {
  firms: 'firm',
  workers: 'worker',
  phones: 'phone',
  sites: 'site',
  lines: 'line',
  histories: 'history',
  calls: 'call',
  exceptions: 'exception',
  corrections: 'correction',
  forwardings: 'forwarding',
  keys: 'key',
  accounts: 'account',
  'proxy-consents': 'consent',
  looks: 'look',
  'agent-applications': 'agent-application',
};

const ID = /^[a-z]{3}_[a-f0-9_a-z]{4,60}$/;

interface Watching {
  readonly viewer: Viewer;
  readonly reach: Reach;
  readonly act: () => Promise<Acted>;
  readonly witness: Witness;
}

/** The act, with a witness to every change and to every look at people's data; what is refused was not done. */
export function witnessed(
  endpoint: Endpoint,
  request: Request,
  { viewer, reach, act, witness }: Watching,
): () => Promise<Acted> {
  const changes = endpoint.method !== 'get';
  if (endpoint.scope === 'none' || !(changes || endpoint.personal)) return act;
  return async () => {
    const subject = SUBJECTS[endpoint.path.split('/')[1] ?? ''];
    const thing = Object.values(request.params)[0];
    const written = await witness({
      viewer,
      what: `${endpoint.method} ${endpoint.path}`,
      about: idsOf(request.query),
      changes,
      looked: (await reach.lookedInto()) ?? [],
      ...(subject ? { subject } : {}),
      ...(typeof thing === 'string' ? { thing } : {}),
    });
    const { touches } = endpoint;
    const before = await touches?.(request.params);
    const acted = await act();
    if (acted.kind === 'raw') return noteFile(acted, written);
    await noteAnswer(acted, written);
    if (touches && acted.kind === 'body')
      await noteTouched(new Map([...(await touches(request.params)), ...(before ?? [])]), written);
    return acted;
  };
}

/** Everybody whom a change reached, in the chain of the firm that employs him. */
async function noteTouched(people: ReadonlyMap<string, string | undefined>, written: Written): Promise<void> {
  const byFirm = new Map<string | undefined, string[]>();
  for (const [id, firmId] of people) {
    const some = byFirm.get(firmId);
    if (some) some.push(id);
    else byFirm.set(firmId, [id]);
  }
  const groups = [...byFirm];
  for (let from = 0; from < groups.length; from += CHAINS_AT_ONCE) {
    const notes = groups
      .slice(from, from + CHAINS_AT_ONCE)
      .map(([firmId, some]) => noteMany(some, ({ shown }) => written(present({ shown, firmId }))));
    await Promise.all(notes);
  }
}

/** Entries of different chains do not wait for each other. */
const CHAINS_AT_ONCE = 16;

async function noteAnswer(acted: Exclude<Acted, { kind: 'raw' }>, written: Written): Promise<void> {
  if (acted.kind === 'refused') return;
  const shown = peopleIn(JSON.stringify(acted.body ?? null));
  const made = manyIn(acted.body);
  if (made.length === 0) await written({ shown, ...present({ createdId: idIn(acted.body) }) });
  for (const createdId of made) await written({ createdId, shown: peopleIn(createdId) });
}

/** Ids only: what else a question says may be a name or a number. */
function idsOf(query: object): Readonly<Record<string, string>> {
  const words = Object.entries(query).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' && ID.test(value) ? [[name, value] as const] : [],
  );
  return Object.fromEntries(words);
}

/** Several things that one act brought into being: each is written down. */
function manyIn(body: unknown): readonly string[] {
  const { createdIds } = (body ?? {}) as { readonly createdIds?: unknown };
  return Array.isArray(createdIds) ? createdIds.filter((id): id is string => typeof id === 'string') : [];
}

function idIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { id, number } = body as { readonly id?: unknown; readonly number?: unknown };
  return typeof id === 'string' ? id : typeof number === 'string' ? number : undefined;
}
