/** Kinds of id that the national registry gives out, by their last two digits. */
export const ccusKinds = { worker: '21', firm: '22', site: '71' } as const;
export type CcusKind = keyof typeof ccusKinds;

export type CcusIdWarning = 'other-kind' | 'check-digit';

const PATTERN = /^\d{14}$/;

/** Fourteen digits, kept as text so that a leading zero stays. */
export function isCcusId(text: string): boolean {
  return PATTERN.test(text);
}

/** What looks wrong about an id of this form; a warning and never a refusal, since nobody states the rule. */
export function ccusIdWarnings(id: string, kind: CcusKind): readonly CcusIdWarning[] {
  const warnings: CcusIdWarning[] = [];
  if (id.slice(12) !== ccusKinds[kind]) warnings.push('other-kind');
  if (id[11] !== checkDigit(id.slice(0, 11), id.slice(12))) warnings.push('check-digit');
  return warnings;
}

/** Builds an id by the digit rule, for sample data that must look real and be fictitious. `serial` has up to 11 digits. */
export function buildCcusId(kind: CcusKind, serial: number): string {
  const head = String(serial).padStart(11, '0');
  return head + checkDigit(head, ccusKinds[kind]) + ccusKinds[kind];
}

/** Weights 2..7 from the right over the thirteen other digits, modulo 11; ten is written 0 (section 2.1, finding 3). */
function checkDigit(head: string, suffix: string): string {
  const digits = [...(head + suffix)].reverse().map(Number);
  const sum = digits.reduce((total, digit, place) => total + digit * (2 + (place % 6)), 0);
  const check = (11 - (sum % 11)) % 11;
  return String(check === 10 ? 0 : check);
}
