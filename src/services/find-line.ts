import type { Facts } from '../../ivr/facts.ts';
import type { CallId } from '../domain/ids.ts';
import { type TurnEntry, turnId } from '../domain/ledger.ts';
import { type Line, isDated, lineOn } from '../domain/line-use.ts';
import { present } from '../domain/present.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { LedgerStore } from '../ports.ts';

/** Of a turn: its call, when it came, and the turn before it. */
interface TurnTime {
  readonly callId: CallId;
  readonly at: Date;
  readonly last: TurnEntry | undefined;
}

/** No call goes on for longer. */
const LONGEST_CALL_MS = 3_600_000;

/** A line as it was on the day on which the call began. */
export async function lineOfCall(ledger: LedgerStore, line: Line, time: TurnTime): Promise<Line> {
  return lineOn(line, tokyoDay(await beganAt(ledger, line, time)));
}

/**
 * When the call began, as far as it matters for its line: what was a line when it was answered is one until the end of the call, also
 * past midnight. The first turn is read only then.
 */
async function beganAt(ledger: LedgerStore, line: Line, { callId, at, last }: TurnTime): Promise<Date> {
  const isPastMidnight = tokyoDay(new Date(at.getTime() - LONGEST_CALL_MS)) !== tokyoDay(at);
  if (!last || !isDated(line) || !isPastMidnight) return at;
  return last.turn === 1 ? last.at : ((await ledger.find(turnId(callId, 1)))?.at ?? last.at);
}

/** What the conversation sees of a line. */
export function lineFacts(line: Line | undefined): Pick<Facts, 'line' | 'answer' | 'lineSite'> {
  return { line: lineKind(line), answer: line?.answer ?? 'always', ...present({ lineSite: line?.siteId }) };
}

function lineKind(line: Line | undefined): Facts['line'] {
  if (!line) return 'unknown';
  if (line.state === 'closed') return 'closed';
  return line.purpose === 'service' ? 'service' : line.direction;
}
