import { type Dated, LONG_AGO, changedFrom, endedBefore, inOrder, valueOn } from './dated.ts';
import type { Day, FirmId } from './ids.ts';
import { present } from './present.ts';
import type { LevelDays } from './progress.ts';
import type { Registrable } from './registration.ts';

export const firmKinds = ['corporation', 'sole-proprietor', 'solo-contractor'] as const;
export type FirmKind = (typeof firmKinds)[number];

/** A construction permit (建設業許可): its kind and trades by the code lists, who gave it, its number. */
export interface Permit {
  readonly number: string;
  readonly type?: string;
  readonly authority?: string;
  readonly trades?: readonly string[];
}

export const insuranceNames = ['health', 'pension', 'employment'] as const;
export type InsuranceName = (typeof insuranceNames)[number];

export const joinedStates = ['joined', 'not-joined', 'exempt'] as const;
export type JoinedState = (typeof joinedStates)[number];

/** Whether a firm has one of the social insurances, and by which paper that is known. */
interface InsuranceOfFirm {
  readonly status: JoinedState;
  readonly proof?: string;
}

/** The social insurances of a firm (社会保険加入状況); one that is absent is not known. */
export type FirmInsurance = Readonly<Partial<Record<InsuranceName, InsuranceOfFirm>>>;

/** A firm (事業者). Without an id of the registry it stands in a tree by name only. */
export interface Firm extends Registrable {
  readonly id: FirmId;
  readonly name: string;
  readonly kana: string;
  /** As last stated; what it is on a day is asked of `kindOn`. */
  readonly kind: FirmKind;
  readonly kindHistory?: readonly Dated<FirmKind>[];
  readonly capitalYen?: number;
  /** `105-0001`. */
  readonly postalCode?: string;
  readonly address?: string;
  readonly representativeName?: string;
  readonly permits?: readonly Dated<Permit>[];
  /** Of the latest permit: by it a firm is found. */
  readonly permitNumber?: string;
  readonly corporateNumber?: string;
  readonly insuranceHistory?: readonly Dated<FirmInsurance>[];
  readonly kentaikyo?: 'joined' | 'not-joined';
  readonly chutaikyo?: boolean;
  readonly specialAccidentInsurance?: boolean;
  /** With the core registry, where it holds five years. */
  readonly registeredAt?: Day;
  readonly validUntil?: Day;
  readonly finance?: string;
  readonly tradingPartners?: string;
  /** The account of who answers for its registration, and is billed. */
  readonly registrationOfficerId?: string;
  /** Its people hear at every exit how many days they have this month. */
  readonly speakProgress?: boolean;
  /** With it, and for these levels, how many days are missing to the next one. */
  readonly levelDays?: readonly LevelDays[];
  /** The firm it usually works under; used where nothing says more for the site. */
  readonly usualUpperId?: FirmId;
}

/** Particulars of a permit under the number it has; `begins` and `to` move its days. */
export interface PermitChange extends Partial<Omit<Permit, 'number'>> {
  readonly begins?: Day;
  readonly to?: Day;
}

/** What is stated of a firm that holds from a day on. */
export interface FirmFacts {
  readonly kind?: FirmKind;
  readonly kindHistory?: readonly Dated<FirmKind>[];
  readonly permits?: readonly Dated<Permit>[];
  /** One permit as the latest; null: it has none any more. */
  readonly permit?: (Permit & { readonly to?: Day }) | null;
  /** What changes of the permit there is. */
  readonly permitChange?: PermitChange;
  readonly insurance?: FirmInsurance;
  readonly insuranceHistory?: readonly Dated<FirmInsurance>[];
  readonly from: Day;
}

/** The kind of a firm on a day; before its first change it is what it was then. */
export function kindOn({ kind, kindHistory = [] }: Pick<Firm, 'kind' | 'kindHistory'>, day: Day): FirmKind {
  return valueOn(kindHistory, day) ?? kindHistory[0]?.value ?? kind;
}

/** The permits that hold on a day. */
export function permitsOn({ permits = [] }: Pick<Firm, 'permits'>, day: Day): readonly Dated<Permit>[] {
  return permits.filter(({ from, to }) => from <= day && (to === undefined || day <= to));
}

/** The firm with its dated facts as stated; a whole history first, then what is stated from a day on. */
export function withFacts(firm: Firm, facts: FirmFacts): Firm {
  return withInsurance(withPermits(withKind(firm, facts), facts), facts);
}

function withKind(firm: Firm, { kind, kindHistory, from }: FirmFacts): Firm {
  const known = kindHistory ? inOrder(kindHistory) : firm.kindHistory;
  const base = known ? { ...firm, kindHistory: known } : firm;
  const isNews = kind !== undefined && kind !== kindOn(base, from);
  const before = known ?? [{ from: LONG_AGO, value: firm.kind }];
  const history = isNews ? changedFrom(before, kind, from) : known;
  return { ...base, ...present({ kindHistory: history }), kind: history?.at(-1)?.value ?? kind ?? firm.kind };
}

function withPermits(firm: Firm, { permits, permit, permitChange, from }: FirmFacts): Firm {
  const stated = permits ? inOrder(permits) : (firm.permits ?? []);
  const known = permitChange ? particularsChanged(stated, permitChange, from) : stated;
  const next = permit === undefined ? known : permit === null ? before(known, from) : added(known, permit, from);
  if (next.length === 0 && firm.permits === undefined) return firm;
  const { permitNumber: _old, ...rest } = firm;
  const number = permit === null ? undefined : next.at(-1)?.value.number;
  return { ...rest, permits: next, ...present({ permitNumber: number }) };
}

/** The permit of a day, without one the latest: of it something can be changed under its number. */
export function permitToChange({ permits = [] }: Pick<Firm, 'permits'>, day: Day): Dated<Permit> | undefined {
  return permitsOn({ permits }, day).at(-1) ?? permits.at(-1);
}

/** The same number with other particulars from that day on; where only its days are stated, the permit with other days. */
function particularsChanged(
  permits: readonly Dated<Permit>[],
  { begins, to, ...particulars }: PermitChange,
  day: Day,
): readonly Dated<Permit>[] {
  const base = permitToChange({ permits }, day);
  if (!base) return permits;
  const others = permits.filter((one) => one !== base);
  const isMoved = Object.keys(particulars).length === 0;
  const from = begins ?? (isMoved || base.from > day ? base.from : day);
  const changed = { from, ...present({ to: to ?? base.to }), value: { ...base.value, ...particulars } };
  const until = isMoved || base.from >= from ? [] : endedBefore([base], from);
  return inOrder([...others, ...until, changed]);
}

/** What begins on the day was taken for true and is not: it gives way whole. */
function before(known: readonly Dated<Permit>[], day: Day): readonly Dated<Permit>[] {
  return endedBefore(known, day).filter((one) => one.from !== day);
}

function added(known: readonly Dated<Permit>[], { to, ...value }: Permit & { readonly to?: Day }, from: Day) {
  return inOrder([...before(known, from), { from, ...present({ to }), value }]);
}

function withInsurance(firm: Firm, { insurance, insuranceHistory, from }: FirmFacts): Firm {
  const known = insuranceHistory ? inOrder(insuranceHistory) : (firm.insuranceHistory ?? []);
  const next = insurance ? changedFrom(known, { ...valueOn(known, from), ...insurance }, from) : known;
  return next.length === 0 && firm.insuranceHistory === undefined ? firm : { ...firm, insuranceHistory: next };
}
