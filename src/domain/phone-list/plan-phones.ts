import type { Day, E164, FirmId, PhoneId, WorkerId } from '../ids.ts';
import { type PhoneRegistration, endOf, presentHolders } from '../phone.ts';
import type { Finding } from './list-issue.ts';
import type { Party } from './match-party.ts';
import type { ListRow } from './read-list-row.ts';

/** What becomes of one row's registration. */
export type PhoneStep =
  | { readonly kind: 'create'; readonly validFrom: Day }
  | { readonly kind: 'update'; readonly id: PhoneId; readonly before: PhoneRegistration }
  | { readonly kind: 'unchanged' };

/** A row whose cells and parties are clear. */
export interface PhoneWish {
  readonly row: number;
  readonly number: E164;
  readonly worker: Party<WorkerId>;
  readonly upper?: Party<FirmId>;
  readonly cells: ListRow;
}

export interface PhoneVerdict {
  readonly step?: PhoneStep;
  readonly finding?: Finding;
}

/** A stretch of days in which somebody has the number, on file or by an earlier row. */
interface Holding {
  readonly holders: readonly string[];
  readonly shared: boolean;
  readonly from: Day;
  readonly to?: Day;
  readonly row?: number;
  readonly registration?: PhoneRegistration;
}

/** So many rows of one number are looked at; nobody shares a telephone with more. */
const MOST_OF_A_NUMBER = 200;

/**
 * Decides what the rows of one number do. Rows that change what is on file come first, then new ones in the order of the
 * list; two holders at once must both say that they share.
 */
export function planNumber(
  wishes: readonly PhoneWish[],
  onFile: readonly PhoneRegistration[],
  today: Day,
): ReadonlyMap<number, PhoneVerdict> {
  const holdings: Holding[] = onFile.map((one) => holdingOf(one, today));
  const tooMany: Finding = { code: 'number-crowded', field: 'number', detail: String(MOST_OF_A_NUMBER) };
  const verdicts = new Map<number, PhoneVerdict>(
    wishes.slice(MOST_OF_A_NUMBER).map(({ row }) => [row, { finding: tooMany }]),
  );
  for (const wish of wishes.slice(0, MOST_OF_A_NUMBER)) {
    const place = holdings.findIndex((holding) => isMeant(holding, wish, today));
    if (place >= 0) verdicts.set(wish.row, change(holdings, place, wish));
  }
  for (const wish of wishes) if (!verdicts.has(wish.row)) verdicts.set(wish.row, add(holdings, wish, today));
  return verdicts;
}

/** Which of the worker's registrations a row speaks of: the one that begins on its day, else one that meets its days. */
function isMeant({ holders, registration, from, to }: Holding, { worker, cells }: PhoneWish, today: Day): boolean {
  if (!registration || !holders.includes(worker.key)) return false;
  return cells.validFrom === from || meet({ from, to }, { from: cells.validFrom ?? today, to: cells.validTo });
}

function change(holdings: Holding[], place: number, wish: PhoneWish): PhoneVerdict {
  const held = holdings[place];
  if (!held?.registration) return {};
  if (held.row !== undefined) return twice(held.row);
  if (!differs(held.registration, wish)) {
    holdings[place] = { ...held, row: wish.row };
    return { step: { kind: 'unchanged' } };
  }
  const next = changed(held, wish);
  const wrong = whyNot(next, holdings.toSpliced(place, 1));
  if (wrong) return { finding: wrong };
  holdings[place] = next;
  return { step: { kind: 'update', id: held.registration.id, before: held.registration } };
}

function changed(held: Holding, { row, cells }: PhoneWish): Holding {
  const { shared = held.shared, validFrom: from = held.from, validTo: to = held.to } = cells;
  return { ...held, shared, from, ...(to === undefined ? {} : { to }), row };
}

function whyNot(next: Holding, others: readonly Holding[]): Finding | undefined {
  if (next.holders.length > 1) return { code: 'registration-shared', field: 'number' };
  if (next.to !== undefined && next.to < next.from) return { code: 'days-reversed', field: 'validTo' };
  return clashOf(next, others);
}

function add(holdings: Holding[], { row, worker, cells }: PhoneWish, today: Day): PhoneVerdict {
  const { shared = false, validFrom: from = today, validTo: to } = cells;
  const next: Holding = { holders: [worker.key], shared, from, ...(to === undefined ? {} : { to }), row };
  const same = holdings.find((other) => other.holders.includes(worker.key) && meet(other, next));
  if (same) return twice(same.row ?? row);
  const wrong = whyNot(next, holdings);
  if (wrong) return { finding: wrong };
  holdings.push(next);
  return { step: { kind: 'create', validFrom: from } };
}

function twice(row: number): PhoneVerdict {
  return { step: { kind: 'unchanged' }, finding: { code: 'row-twice', field: 'number', detail: String(row) } };
}

function clashOf(next: Holding, others: readonly Holding[]): Finding | undefined {
  const clash = others.find((other) => meet(other, next) && !(other.shared && next.shared));
  if (!clash) return undefined;
  if (clash.row === undefined) return { code: 'number-taken', field: 'number' };
  return { code: 'number-twice', field: 'number', detail: String(clash.row) };
}

function differs(registration: PhoneRegistration, { cells, upper }: PhoneWish): boolean {
  const { shared, jobType, position, consent, validFrom, validTo } = cells;
  const pairs: readonly (readonly [unknown, unknown])[] = [
    [shared, registration.shared],
    [jobType, registration.jobType],
    [position, registration.position],
    [consent, registration.standingConsent],
    [validFrom, registration.validFrom],
    [validTo, registration.validTo],
  ];
  return pairs.some(([said, held]) => said !== undefined && said !== held) || upperDiffers(registration, upper);
}

function upperDiffers(registration: PhoneRegistration, upper: Party<FirmId> | undefined): boolean {
  return upper !== undefined && upper.id !== registration.upperFirmId;
}

function meet(one: { readonly from: Day; readonly to?: Day | undefined }, other: typeof one): boolean {
  return (other.to === undefined || one.from <= other.to) && (one.to === undefined || other.from <= one.to);
}

function holdingOf(registration: PhoneRegistration, today: Day): Holding {
  const { shared, validFrom } = registration;
  const to = endOf(registration);
  const days = { from: validFrom, ...(to === undefined ? {} : { to }) };
  return { holders: presentHolders(registration, today), shared, ...days, registration };
}
