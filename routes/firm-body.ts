import { z } from 'zod';
import { type Permit, firmKinds, insuranceNames, joinedStates } from '../src/domain/firm.ts';
import { Day, FirmId } from '../src/domain/ids.ts';
import { registrationStates } from '../src/domain/registration.ts';
import { CcusIdText, kanaText, longText, plainText } from '../src/domain/text.ts';
import { datedList, datedView, needPlannedDay, registrationBody, registrationView } from './dated-body.ts';
import { EraDays } from './era-days.ts';
import { PostalCode } from './postal-codes.ts';
import { WarningView } from './warning-view.ts';

const CorporateNumber = z
  .string()
  .trim()
  .regex(/^\d{13}$/);
const Yen = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const FirmKind = z.enum(firmKinds);
const Code = plainText(60);
const Kentaikyo = z.enum(['joined', 'not-joined']);
/** One threshold per job type and level. */
const LevelDays = z
  .array(
    z.strictObject({ jobType: Code, level: z.number().int().min(2).max(4), days: z.number().int().min(1).max(20_000) }),
  )
  .max(300)
  .refine((list) => new Set(list.map(({ jobType, level }) => `${jobType}:${String(level)}`)).size === list.length, {
    params: { code: 'duplicate' },
  });
const AccountId = z.string().regex(/^[a-z]{3}_[a-z0-9]{4,60}$/);

const OneInsurance = z.strictObject({ status: z.enum(joinedStates), proof: Code.exactOptional() });
const Insurance = z.strictObject({
  health: OneInsurance.exactOptional(),
  pension: OneInsurance.exactOptional(),
  employment: OneInsurance.exactOptional(),
});
const PermitBody = z.strictObject({
  number: plainText(60),
  type: Code.exactOptional(),
  authority: plainText(60).exactOptional(),
  trades: z.array(Code).max(40).exactOptional(),
});

/** What holds from a day on; one permit stated by its number is the latest one. */
const dated = {
  /** From when kind, permit and insurance stated here hold; today without it. */
  changesFrom: Day.exactOptional(),
  kindHistory: datedList(FirmKind).min(1).exactOptional(),
  permits: datedList(PermitBody, ({ type = '', authority = '' }: Permit) => `${type}:${authority}`).exactOptional(),
  permitType: Code.exactOptional(),
  permitAuthority: plainText(60).exactOptional(),
  permitTrades: z.array(Code).max(40).exactOptional(),
  permitFrom: Day.exactOptional(),
  permitTo: Day.exactOptional(),
  insurance: Insurance.exactOptional(),
  insuranceHistory: datedList(Insurance).exactOptional(),
};

interface PermitStated {
  readonly permitNumber?: string | null;
  readonly permitType?: string;
  readonly permitAuthority?: string;
  readonly permitTrades?: readonly string[];
  readonly permitFrom?: Day;
  readonly permitTo?: Day;
}

/** What is said of a new firm's permit needs its number; a change may leave out the number it has, but not take it away. */
function needPermitNumber(isMissing: (number: PermitStated['permitNumber']) => boolean) {
  return (body: PermitStated, context: z.core.$RefinementCtx): void => {
    const { permitNumber, permitType, permitAuthority, permitTrades, permitFrom, permitTo } = body;
    const isSaid = [permitType, permitAuthority, permitTrades, permitFrom, permitTo].some((one) => one !== undefined);
    const complain = (path: string, code: string) =>
      void context.addIssue({ code: 'custom', path: [path], params: { code }, input: body });
    if (isSaid && isMissing(permitNumber)) complain('permitNumber', 'required');
    if (permitFrom !== undefined && permitTo !== undefined && permitTo < permitFrom)
      complain('permitTo', 'period-reversed');
  };
}

function needOrder(
  body: { readonly registeredAt?: Day | null; readonly validUntil?: Day | null },
  context: z.core.$RefinementCtx,
) {
  const { registeredAt, validUntil } = body;
  if (!registeredAt || !validUntil || registeredAt <= validUntil) return;
  context.addIssue({ code: 'custom', path: ['validUntil'], params: { code: 'period-reversed' }, input: body });
}

/** A firm to be registered. */
export const NewFirm = z
  .strictObject({
    name: plainText(120),
    kana: kanaText(120),
    kind: FirmKind,
    ccusId: CcusIdText.exactOptional(),
    ...registrationBody,
    ...dated,
    capitalYen: Yen.exactOptional(),
    postalCode: PostalCode.exactOptional(),
    address: plainText(200).exactOptional(),
    representativeName: plainText(120).exactOptional(),
    permitNumber: plainText(60).exactOptional(),
    corporateNumber: CorporateNumber.exactOptional(),
    kentaikyo: Kentaikyo.exactOptional(),
    chutaikyo: z.boolean().exactOptional(),
    specialAccidentInsurance: z.boolean().exactOptional(),
    registeredAt: Day.exactOptional(),
    validUntil: Day.exactOptional(),
    finance: longText(2000).exactOptional(),
    tradingPartners: longText(2000).exactOptional(),
    registrationOfficerId: AccountId.exactOptional(),
    usualUpperId: FirmId.exactOptional(),
    speakProgress: z.boolean().exactOptional(),
    levelDays: LevelDays.exactOptional(),
  })
  .superRefine(needPlannedDay)
  .superRefine(needPermitNumber((number) => typeof number !== 'string'))
  .superRefine(needOrder)
  .meta({ id: 'NewFirm' });

/** A change of a firm: what is absent stays, null clears. */
export const FirmChange = z
  .strictObject({
    name: plainText(120).exactOptional(),
    kana: kanaText(120).exactOptional(),
    kind: FirmKind.exactOptional(),
    ccusId: CcusIdText.nullable().exactOptional(),
    ...registrationBody,
    registrationState: z.enum(registrationStates).nullable().exactOptional(),
    ...dated,
    capitalYen: Yen.nullable().exactOptional(),
    postalCode: PostalCode.nullable().exactOptional(),
    address: plainText(200).nullable().exactOptional(),
    representativeName: plainText(120).nullable().exactOptional(),
    permitNumber: plainText(60).nullable().exactOptional(),
    corporateNumber: CorporateNumber.nullable().exactOptional(),
    kentaikyo: Kentaikyo.nullable().exactOptional(),
    chutaikyo: z.boolean().nullable().exactOptional(),
    specialAccidentInsurance: z.boolean().nullable().exactOptional(),
    registeredAt: Day.nullable().exactOptional(),
    validUntil: Day.nullable().exactOptional(),
    finance: longText(2000).nullable().exactOptional(),
    tradingPartners: longText(2000).nullable().exactOptional(),
    registrationOfficerId: AccountId.nullable().exactOptional(),
    usualUpperId: FirmId.nullable().exactOptional(),
    speakProgress: z.boolean().exactOptional(),
    levelDays: LevelDays.exactOptional(),
  })
  .superRefine(needPlannedDay)
  .superRefine(needPermitNumber((number) => number === null))
  .superRefine(needOrder)
  .meta({ id: 'FirmChange' });

const InsuranceView = z.object(
  Object.fromEntries(
    insuranceNames.map((name) => [
      name,
      z.object({ status: z.enum(joinedStates), proof: z.string().exactOptional() }).exactOptional(),
    ]),
  ),
);
const PermitView = z.object({
  number: z.string(),
  type: z.string().exactOptional(),
  authority: z.string().exactOptional(),
  trades: z.array(z.string()).exactOptional(),
});

/** A firm as it is today, or was or will be on the day that was asked for. */
export const FirmView = z
  .object({
    id: FirmId,
    name: z.string(),
    kana: z.string(),
    kind: FirmKind,
    kindHistory: datedView(FirmKind),
    ccusId: z.string().exactOptional(),
    ...registrationView,
    capitalYen: z.number().exactOptional(),
    postalCode: z.string().exactOptional(),
    address: z.string().exactOptional(),
    representativeName: z.string().exactOptional(),
    permitNumber: z.string().exactOptional(),
    permitType: z.string().exactOptional(),
    permitAuthority: z.string().exactOptional(),
    permitTrades: z.array(z.string()).exactOptional(),
    permitFrom: Day.exactOptional(),
    permitTo: Day.exactOptional(),
    permits: datedView(PermitView),
    corporateNumber: z.string().exactOptional(),
    insurance: InsuranceView,
    insuranceHistory: datedView(InsuranceView),
    kentaikyo: Kentaikyo.exactOptional(),
    chutaikyo: z.boolean().exactOptional(),
    specialAccidentInsurance: z.boolean().exactOptional(),
    registeredAt: Day.exactOptional(),
    validUntil: Day.exactOptional(),
    finance: z.string().exactOptional(),
    tradingPartners: z.string().exactOptional(),
    registrationOfficerId: z.string().exactOptional(),
    usualUpperId: FirmId.exactOptional(),
    speakProgress: z.boolean().exactOptional(),
    levelDays: z.array(z.object({ jobType: z.string(), level: z.number(), days: z.number() })).exactOptional(),
    warnings: z.array(WarningView),
    /** With `calendar=era`. */
    daysInEra: EraDays,
  })
  .meta({ id: 'Firm' });
