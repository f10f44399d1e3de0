import type { CallId } from './ids.ts';
import type { Passage, Stay } from './passage.ts';

/** A stay beyond this is looked at by a person: a forgotten exit that the next day's call closed looks like it. */
const LONG_STAY_MS = 12 * 3_600_000;

/** The passages of each flag of a day, as far as they say why it has it. */
type Flagged = ReadonlyMap<string, readonly Passage[]>;

interface DayOfStays {
  readonly stays: readonly Stay[];
  readonly passages: readonly Passage[];
  readonly open: Stay | undefined;
}

/** What is to be said of a day beside its times, each flag with the passages it comes from. */
export function flagsOf({ stays, passages, open }: DayOfStays): Flagged {
  const flagged = new Map<string, Passage[]>();
  const add = (flag: string, ...from: readonly (Passage | undefined)[]) => {
    flagged.set(flag, [...(flagged.get(flag) ?? []), ...from.filter((passage) => passage !== undefined)]);
  };
  for (const passage of passages) for (const flag of passage.flags) add(flag, passage);
  for (const stay of stays) for (const flag of flagsOfStay(stay, open)) add(flag, stay.passages.at(-1));
  if (passages.some((p) => p.source === 'link')) add('linked');
  if (passages.some((p) => p.source === 'correction')) add('corrected');
  return flagged;
}

function flagsOfStay(stay: Stay, open: Stay | undefined): readonly string[] {
  const { entry, exit, flags = [] } = stay;
  return [
    ...(entry && !exit && stay !== open ? ['entry-without-exit'] : []),
    ...(entry ? [] : ['exit-without-entry']),
    ...(isLong(stay) ? ['long-stay'] : []),
    ...flags,
  ];
}

/** The calls of each flag, and of the entry that nobody has left yet: what a person listens to who looks at the day. */
export function callsOfFlags(flagged: Flagged, open: Passage | undefined): Readonly<Record<string, readonly CallId[]>> {
  const calls = (passages: readonly Passage[]) => [
    ...new Set(passages.flatMap(({ callId }) => (callId === undefined ? [] : [callId]))),
  ];
  const ofFlags = [...flagged].map(([flag, passages]) => [flag, calls(passages)] as const);
  const lists = [...ofFlags, ['open', calls(open ? [open] : [])] as const];
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isLong({ entry, exit }: Stay): boolean {
  return entry !== undefined && exit !== undefined && exit.at.getTime() - entry.at.getTime() > LONG_STAY_MS;
}
