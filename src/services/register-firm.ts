import { type Firm, type FirmFacts, type PermitChange, permitToChange, withFacts } from '../domain/firm.ts';
import { type Day, FirmId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { type Patch, applyPatch } from '../domain/patch.ts';
import { present } from '../domain/present.ts';
import { type RegistrationStated, withRegistration } from '../domain/registration.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Chance, Clock, FirmStore } from '../ports.ts';
import { type ChangeHook, type Seen, changeRegister } from './change-register.ts';

/** What of a firm has no day of its own. */
type Plain = Omit<
  Firm,
  | 'id'
  | 'kindHistory'
  | 'permits'
  | 'permitNumber'
  | 'insuranceHistory'
  | 'registrationState'
  | 'registrationPlannedOn'
  | 'registrations'
>;

/** What is stated from a day on, or as a whole history. */
interface Stated extends RegistrationStated, Omit<FirmFacts, 'kind' | 'permit' | 'permitChange' | 'from'> {
  readonly changesFrom?: Day;
  readonly permitNumber?: string | null;
  readonly permitType?: string;
  readonly permitAuthority?: string;
  readonly permitTrades?: readonly string[];
  readonly permitFrom?: Day;
  readonly permitTo?: Day;
}

export type NewFirm = Plain & Stated;
export type FirmPatch = Patch<Plain> & Stated;

interface Parts {
  readonly firms: FirmStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly chance: Chance;
  readonly changed: ChangeHook;
}

const optional = [
  'ccusId',
  'capitalYen',
  'postalCode',
  'address',
  'representativeName',
  'corporateNumber',
  'kentaikyo',
  'chutaikyo',
  'specialAccidentInsurance',
  'registeredAt',
  'validUntil',
  'finance',
  'tradingPartners',
  'registrationOfficerId',
  'usualUpperId',
] as const;

export type FirmService = ReturnType<typeof createFirmService>;

/** Registers firms and changes them; the usual upper firm must be one we know. */
export function createFirmService({ firms, clock, chance, changed }: Parts) {
  const today = () => tokyoDay(clock.now());
  const isKnown = async (id: FirmId | null | undefined) => !id || (await firms.find(id)) !== undefined;
  return {
    async register(input: NewFirm): Promise<Outcome<Firm, 'unknown-firm' | 'conflict'>> {
      if (!(await isKnown(input.usualUpperId))) return refuse('unknown-firm', 'usualUpperId');
      const firm = foundedFirm({ id: FirmId.parse(chance.id('frm')), ...input }, today());
      if (!(await firms.create(firm))) return refuse('conflict');
      await changed({ kind: 'firm', id: firm.id });
      return accept(firm);
    },
    async change(
      id: FirmId,
      patch: FirmPatch,
      seen: Seen<Firm>,
    ): Promise<
      Outcome<Firm, 'not-found' | 'stale' | 'conflict' | 'unknown-firm' | 'permit-number-needed' | 'period-reversed'>
    > {
      if (patch.usualUpperId === id || !(await isKnown(patch.usualUpperId))) {
        return refuse('unknown-firm', 'usualUpperId');
      }
      const { kind, ...own } = patch;
      const { plain, stated } = parted(own);
      const facts = { ...stated, ...present({ kind }) };
      const done = await changeRegister(firms, id, (firm) => {
        if (!seen(firm)) return refuse('stale');
        const fault = permitFault(firm, stated, today());
        if (fault) return fault;
        return accept(settled({ before: firm, after: applyPatch<Firm>(firm, plain, optional) }, facts, today()));
      });
      if (done.ok) await changed({ kind: 'firm', id });
      return done;
    },
  };
}

/** A new firm, with the histories that begin today. */
export function foundedFirm({ id, ...input }: NewFirm & Pick<Firm, 'id'>, today: Day): Firm {
  const { plain, stated } = parted(input);
  const bare: Firm = { id, ...plain };
  const facts = stated.kindHistory ? stated : { ...stated, kind: bare.kind };
  return settled({ before: undefined, after: bare }, facts, today);
}

function parted<T extends Stated>(input: T) {
  const { changesFrom, kindHistory, permits, insurance, insuranceHistory, ...rest } = input;
  const { registrationState, registrationPlannedOn, registrationSource, ...more } = rest;
  const { permitNumber, permitType, permitAuthority, permitTrades, permitFrom, permitTo, ...plain } = more;
  const permit = { permitNumber, permitType, permitAuthority, permitTrades, permitFrom, permitTo };
  const registration = { registrationState, registrationPlannedOn, registrationSource };
  const histories = { changesFrom, kindHistory, permits, insurance, insuranceHistory };
  return { plain, stated: present({ ...histories, ...registration, ...permit }) };
}

function settled(
  change: { readonly before: Firm | undefined; readonly after: Firm },
  stated: Stated & Pick<FirmFacts, 'kind'>,
  today: Day,
): Firm {
  const { changesFrom: from = today, permitNumber, kind, kindHistory, permits, insurance, insuranceHistory } = stated;
  const histories = present({ kind, kindHistory, permits, insurance, insuranceHistory });
  const registered = withRegistration(change, stated, today);
  const permitChange = permitNumber === undefined ? permitChangeOf(stated) : undefined;
  const firm = withFacts(registered, { ...histories, ...present({ permitChange }), from });
  if (permitNumber === undefined) return firm;
  return withFacts(firm, {
    permit: permitNumber === null ? null : permitOf(permitNumber, stated),
    from: stated.permitFrom ?? from,
  });
}

/** What is said of a permit whose number stays. */
function permitChangeOf(stated: Stated): PermitChange | undefined {
  const { permitType, permitAuthority, permitTrades, permitFrom, permitTo } = stated;
  const particulars = { type: permitType, authority: permitAuthority, trades: permitTrades };
  const change = present({ ...particulars, begins: permitFrom, to: permitTo });
  return Object.keys(change).length > 0 ? change : undefined;
}

/** Why what is said of a permit without its number cannot be: there is none, or it would end before it begins. */
function permitFault(firm: Firm, stated: Stated, today: Day) {
  const change = stated.permitNumber === undefined ? permitChangeOf(stated) : undefined;
  if (!change) return undefined;
  const { changesFrom: day = today, permits } = stated;
  const base = permitToChange(permits ? { permits } : firm, day);
  if (!base) return refuse('permit-number-needed', 'permitNumber');
  const { begins = base.from, to = base.to } = change;
  return to !== undefined && to < begins ? refuse('period-reversed', 'permitTo') : undefined;
}

function permitOf(number: string, { permitType, permitAuthority, permitTrades, permitTo }: Stated) {
  return { number, ...present({ type: permitType, authority: permitAuthority, trades: permitTrades, to: permitTo }) };
}
