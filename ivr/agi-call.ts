import { callIdOfName } from '../src/domain/foreign-call-id.ts';
import type { CallId } from '../src/domain/ids.ts';
import { internationalForm } from './network-number.ts';

/** A call as Asterisk announces it. */
export interface AgiCall {
  readonly callId: CallId;
  readonly from: string;
  readonly to: string;
  readonly forwarded: boolean;
}

/** The variables that Asterisk sends before the first command, by name without `agi_`. */
export type AgiVariables = ReadonlyMap<string, string>;

/** Presentation of a number (Q.931): bits 6 and 7 of what Asterisk passes on as a decimal number. */
const RESTRICTION = 0x60;
const RESTRICTED = 0x20;
const UNAVAILABLE = 0x40;

/** A number, an extension, or the name of a device. */
const PLAIN = /^\+?[\w.-]{1,64}$/;

/** The variables of lines like `agi_callerid: 0312345678`; lines of another form are not ours. */
export function readAgiVariables(lines: readonly string[]): AgiVariables {
  const pairs = lines.map((line) => /^agi_(\w+): ?(.*)$/.exec(line));
  return new Map(pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', (pair[2] ?? '').trim()]] : [])));
}

/** The call, or nothing if Asterisk did not say which call it is. */
export function readAgiCall(variables: AgiVariables): AgiCall | undefined {
  const uniqueId = known(variables, 'uniqueid');
  if (uniqueId === undefined) return undefined;
  const to = known(variables, 'dnid') ?? known(variables, 'extension') ?? '';
  return {
    callId: callIdOfName('asterisk', uniqueId),
    from: callerOf(variables),
    to: PLAIN.test(to) ? internationalForm(to) : 'unknown',
    forwarded: known(variables, 'rdnis') !== undefined,
  };
}

/**
 * The caller's number, or the word for its absence. A withheld number is not read even where the network passes it on to us: the caller
 * has asked for that. One that could not be passed on (from abroad, a pay phone) is `unavailable`.
 */
function callerOf(variables: AgiVariables): string {
  const restriction = Number(known(variables, 'callingpres') ?? 0) & RESTRICTION;
  if (restriction === RESTRICTED) return 'anonymous';
  if (restriction >= UNAVAILABLE) return 'unavailable';
  const number = known(variables, 'callerid');
  if (number === undefined || !PLAIN.test(number)) return 'unavailable';
  return /^\+?\d+$/.test(number) ? internationalForm(number) : `sip:${number}`;
}

/** Asterisk writes `unknown` for what it does not know. */
function known(variables: AgiVariables, name: string): string | undefined {
  const value = variables.get(name) ?? '';
  return value === '' || value === 'unknown' ? undefined : value;
}
