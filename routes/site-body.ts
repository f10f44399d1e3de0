import { z } from 'zod';
import { Day, FirmId, SiteId } from '../src/domain/ids.ts';
import { kentaikyoMethods, publicItems, treeKeepers } from '../src/domain/site.ts';
import { CcusIdText, kanaText, longText, plainText } from '../src/domain/text.ts';
import { EraDays } from './era-days.ts';
import { PostalCode } from './postal-codes.ts';
import { WarningView } from './warning-view.ts';

export const Period = z.strictObject({ from: Day, to: Day });
const Method = z.string().regex(/^[A-Z][A-Z_]{1,39}$/);
const Methods = z.array(Method).max(20);
const TreeKeeper = z.enum(treeKeepers);
export const Managers = z.array(plainText(60)).max(50);
const RepeatWindow = z.number().int().min(0).max(3600);
const ShiftHours = z.number().int().min(1).max(48);
const DailyLimit = z.number().int().min(0).max(100);
const MissingExit = z.strictObject({
  after: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .exactOptional(),
  channel: z.enum(['none', 'sms', 'call']),
});

const ContractBody = z
  .strictObject({
    name: plainText(200).exactOptional(),
    number: plainText(60).exactOptional(),
    client: plainText(200).exactOptional(),
    signedOn: Day.exactOptional(),
    amountYen: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).exactOptional(),
    from: Day.exactOptional(),
    to: Day.exactOptional(),
    workDescription: longText(500).exactOptional(),
  })
  .superRefine(({ from, to }, context) => {
    if (from === undefined || to === undefined || from <= to) return;
    context.addIssue({ code: 'custom', path: ['to'], params: { code: 'period-reversed' }, input: to });
  });
const Devices = z
  .array(
    z.strictObject({ method: Method, name: plainText(120).exactOptional(), vendor: plainText(120).exactOptional() }),
  )
  .max(50);
const PublicItems = z.array(z.enum(publicItems)).max(publicItems.length);
const Kentaikyo = z.enum(kentaikyoMethods);

/** What may be stated of a site beside its name, place and period; also as what several have in common. */
export const siteRules = {
  orderCategory: plainText(40).exactOptional(),
  contactName: plainText(120).exactOptional(),
  officeAddress: plainText(200).exactOptional(),
  contract: ContractBody.exactOptional(),
  /** One way per order; needed with a contract (PR-040). */
  kentaikyoMethod: Kentaikyo.exactOptional(),
  devices: Devices.exactOptional(),
  /** What those below the prime see; without it address, contact, order category, period and id. */
  publicItems: PublicItems.exactOptional(),
  methods: Methods.default(['PHONE_CALL']),
  treeKeeper: TreeKeeper.default('here'),
  siteManagerIds: Managers.default([]),
  repeatWindowSec: RepeatWindow.default(180),
  maxShiftHours: ShiftHours.default(14),
  companionDailyLimit: DailyLimit.default(5),
  missingExit: MissingExit.default({ channel: 'none' }),
};

/** A site to be registered. */
export const NewSite = z
  .strictObject({
    name: plainText(120),
    kana: kanaText(120),
    primeId: FirmId,
    historyPeriod: Period,
    ccusId: CcusIdText.exactOptional(),
    postalCode: PostalCode.exactOptional(),
    address: plainText(200).exactOptional(),
    ...siteRules,
  })
  .meta({ id: 'NewSite' });

/** A change of a site: what is absent stays, null clears. */
export const SiteChange = z
  .strictObject({
    name: plainText(120).exactOptional(),
    kana: kanaText(120).exactOptional(),
    primeId: FirmId.exactOptional(),
    historyPeriod: Period.exactOptional(),
    ccusId: CcusIdText.nullable().exactOptional(),
    postalCode: PostalCode.nullable().exactOptional(),
    address: plainText(200).nullable().exactOptional(),
    orderCategory: plainText(40).nullable().exactOptional(),
    contactName: plainText(120).nullable().exactOptional(),
    officeAddress: plainText(200).nullable().exactOptional(),
    contract: ContractBody.nullable().exactOptional(),
    kentaikyoMethod: Kentaikyo.nullable().exactOptional(),
    devices: Devices.nullable().exactOptional(),
    publicItems: PublicItems.nullable().exactOptional(),
    methods: Methods.exactOptional(),
    treeKeeper: TreeKeeper.exactOptional(),
    siteManagerIds: Managers.exactOptional(),
    repeatWindowSec: RepeatWindow.exactOptional(),
    maxShiftHours: ShiftHours.exactOptional(),
    companionDailyLimit: DailyLimit.exactOptional(),
    missingExit: MissingExit.nullable().exactOptional(),
  })
  .meta({ id: 'SiteChange' });

const ContractView = z.object({
  name: z.string().exactOptional(),
  number: z.string().exactOptional(),
  client: z.string().exactOptional(),
  signedOn: Day.exactOptional(),
  amountYen: z.number().exactOptional(),
  from: Day.exactOptional(),
  to: Day.exactOptional(),
  workDescription: z.string().exactOptional(),
});
const DeviceView = z.object({
  method: z.string(),
  name: z.string().exactOptional(),
  vendor: z.string().exactOptional(),
});
const items = {
  ccusId: z.string().exactOptional(),
  postalCode: z.string().exactOptional(),
  address: z.string().exactOptional(),
  officeAddress: z.string().exactOptional(),
  orderCategory: z.string().exactOptional(),
  contactName: z.string().exactOptional(),
  contract: ContractView.exactOptional(),
  kentaikyoMethod: Kentaikyo.exactOptional(),
};

/** A site as its prime sees it. */
export const SiteView = z
  .object({
    id: SiteId,
    name: z.string(),
    kana: z.string(),
    primeId: FirmId,
    historyPeriod: z.object({ from: Day, to: Day }),
    ...items,
    /** Where its office is; `isSite`: it has none, and the site's own address stands for it (D-05). */
    office: z.object({ address: z.string().exactOptional(), isSite: z.boolean() }),
    devices: z.array(DeviceView),
    publicItems: z.array(z.enum(publicItems)),
    methods: z.array(z.string()),
    siteCode: z.string(),
    treeKeeper: TreeKeeper,
    siteManagerIds: z.array(z.string()),
    repeatWindowSec: z.number(),
    maxShiftHours: z.number(),
    companionDailyLimit: z.number(),
    missingExit: z.object({ after: z.string().exactOptional(), channel: z.enum(['none', 'sms', 'call']) }),
    warnings: z.array(WarningView),
    /** With `calendar=era`. */
    daysInEra: EraDays,
  })
  .meta({ id: 'Site' });

/** What a site shows to who stands in its tree or works there: name, prime, and what the prime has made public. */
export const PublicSiteView = z
  .object({
    id: SiteId,
    name: z.string(),
    kana: z.string(),
    primeId: FirmId,
    ...items,
    historyPeriod: z.object({ from: Day, to: Day }).exactOptional(),
    methods: z.array(z.string()).exactOptional(),
    devices: z.array(DeviceView).exactOptional(),
    siteManagerIds: z.array(z.string()).exactOptional(),
    treeKeeper: TreeKeeper.exactOptional(),
    daysInEra: EraDays,
  })
  .meta({ id: 'PublicSite' });
