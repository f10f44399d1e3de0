import type { PlayedCall } from './carrier-player.ts';
import { type CrewMember, crewFirms } from './rush-crew.ts';
import { fit } from './side-by-side.ts';

/** One call of a rush as it went, and how long its first answer took, in milliseconds of real time. */
export interface RushCall {
  readonly member: CrewMember;
  readonly played: PlayedCall;
  readonly tookMs: readonly number[];
}

/** What the service and the registry say about the morning so far. */
export interface OutsideView {
  /** Exceptions by the call they are about. */
  readonly exceptionCalls: readonly string[];
  /** Workers, by the registry's ids, of whom the registry holds this day. */
  readonly atRegistry: ReadonlySet<string>;
}

/** Counts of one firm, or of all. */
export interface Tally {
  readonly people: number;
  readonly arrived: number;
  readonly recorded: number;
  readonly kept: number;
  readonly refused: number;
  readonly exceptions: number;
  readonly atRegistry: number;
}

/** The counts over these people. */
export function tally(people: readonly CrewMember[], calls: readonly RushCall[], outside: OutsideView): Tally {
  const numbers = new Set(people.map(({ number }) => number));
  const theirs = calls.filter(({ member }) => numbers.has(member.number));
  const callers = (isSo: (call: RushCall) => boolean) => new Set(theirs.filter(isSo).map(({ member }) => member)).size;
  const ids = new Set(theirs.map(({ played }) => played.callId));
  return {
    people: people.length,
    arrived: callers(() => true),
    recorded: callers((call) => answered(call).includes('記録しました')),
    kept: callers((call) => answered(call).includes('お預かりしました')),
    refused: callers(({ played }) => isRefused(played)),
    exceptions: outside.exceptionCalls.filter((callId) => ids.has(callId)).length,
    atRegistry: people.filter(({ ccusId }) => outside.atRegistry.has(ccusId)).length,
  };
}

/** Whether the service took the call at all: an error, silence or an unusable answer is a refusal. */
export function isRefused({ ended }: PlayedCall): boolean {
  return !['end', 'hangup', 'caller hung up'].includes(ended);
}

/** What the service answered, heard or not: a caller who hangs up at once is recorded all the same. */
function answered({ played }: RushCall): string {
  return played.turns.map(({ markup }) => markup).join('');
}

const HEADS = ['people', 'arrived', 'recorded', 'kept', 'refused', 'exceptions', 'at registry'] as const;
const NAME_COLUMNS = 24;

/** The table: a row for each firm and one for all. */
export function writeBoard(
  title: string,
  { crew, calls, outside }: { crew: readonly CrewMember[]; calls: readonly RushCall[]; outside: OutsideView },
): readonly string[] {
  const row = (name: string, cells: readonly (string | number)[]) =>
    [fit(name, NAME_COLUMNS), ...cells.map((cell, place) => String(cell).padStart(HEADS[place]?.length ?? 0))].join(
      '  ',
    );
  const counts = (people: readonly CrewMember[]) => Object.values(tally(people, calls, outside)) as number[];
  const firms = crewFirms.map((firm) => ({ firm, people: crew.filter((member) => member.firm === firm) }));
  const head = row(title, HEADS);
  return [
    head,
    '─'.repeat(head.length),
    ...firms.filter(({ people }) => people.length > 0).map(({ firm, people }) => row(firm.name, counts(people))),
    row('', counts(crew)),
  ];
}

/** The same in one line, where no table can be redrawn. */
export function writeTally(time: string, all: Tally): string {
  const { people, arrived, recorded, kept, refused, exceptions, atRegistry } = all;
  return `${time}  ${arrived} of ${people} arrived, ${recorded} recorded, ${kept} kept, ${refused} refused, ${exceptions} exceptions, ${atRegistry} at the registry`;
}

/** The last words: what became of the calls, and how fast they were answered. */
export function writeSummary(all: Tally, calls: readonly RushCall[]): readonly string[] {
  const took = calls.flatMap(({ tookMs }) => tookMs).sort((one, other) => one - other);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))]?.toFixed(0) ?? '-';
  const errors = calls.filter(({ played }) => isRefused(played));
  return [
    `${calls.length} calls of ${all.arrived} people: ${all.recorded} recorded, ${all.kept} kept for later, ${all.exceptions} exceptions, ${all.atRegistry} at the registry.`,
    `Answers: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, slowest ${at(1)} ms; ${errors.length} errors.`,
    ...[...new Set(errors.map(({ played }) => played.complaint ?? played.ended))].slice(0, 3),
  ];
}

/** Redraws a table in its place on a terminal; elsewhere writes a line now and then. */
export function createBoardScreen({
  write,
  isTty,
}: {
  readonly write: (text: string) => void;
  readonly isTty: boolean;
}) {
  let drawn = 0;
  let last = '';
  return {
    show(table: readonly string[], line: string): void {
      if (isTty) {
        const up = drawn > 0 ? `\x1b[${drawn}A` : '';
        write(`${up}${table.map((row) => `\x1b[2K${row}\n`).join('')}`);
        drawn = table.length;
      } else if (line !== last) write(`${line}\n`);
      last = line;
    },
  };
}
