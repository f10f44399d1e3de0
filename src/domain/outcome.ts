/** An expected answer: the value, or the code of the reason why not. Exceptions are left to bugs and broken machines. */
export type Outcome<T, Code extends string = string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: Code; readonly detail?: string; readonly retryAfter?: number };

/** The value, as an outcome. */
export function accept<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** A refusal; `detail` names what was wrong in terms the asker knows, never personal data. */
export function refuse<Code extends string>(
  code: Code,
  detail?: string,
): { readonly ok: false; readonly code: Code; readonly detail?: string } {
  return detail === undefined ? { ok: false, code } : { ok: false, code, detail };
}

/** A refusal for a time: in so many seconds it may be tried again. */
export function refuseFor<Code extends string>(
  code: Code,
  retryAfter: number,
): { readonly ok: false; readonly code: Code; readonly retryAfter: number } {
  return { ok: false, code, retryAfter };
}

/** The outcome with its value turned into another; a refusal passes through. */
export function mapOutcome<T, U, Code extends string>(
  outcome: Outcome<T, Code>,
  turn: (value: T) => U,
): Outcome<U, Code> {
  return outcome.ok ? accept(turn(outcome.value)) : outcome;
}
