import { z } from 'zod';
import type { Viewer } from '../src/domain/api-key.ts';
import { Day, FirmId, PhoneId, SiteId, WorkerId } from '../src/domain/ids.ts';
import { accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import { type PhoneRegistration, holdersAmong, keepsNumbers, presentHolders } from '../src/domain/phone.ts';
import { present } from '../src/domain/present.ts';
import { plainText } from '../src/domain/text.ts';
import { warnOfCode } from '../src/domain/warning.ts';
import { tokyoText } from '../src/domain/work-day.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { PhoneFilter, PhoneFinder } from '../src/services/find-phones.ts';
import type { Catalogs } from '../src/services/read-catalogs.ts';
import type { Phone, PhoneService } from '../src/services/register-phone.ts';
import { WarningView } from './warning-view.ts';

const Workers = z
  .array(WorkerId)
  .min(1)
  .max(200)
  .refine((ids) => new Set(ids).size === ids.length, { params: { code: 'duplicate' } });
const UpperFirms = z.array(z.strictObject({ siteId: SiteId, firmId: FirmId })).max(200);

const NewPhone = z
  .strictObject({
    number: z.string().max(60),
    workerIds: Workers,
    validFrom: Day,
    validTo: Day.exactOptional(),
    shared: z.boolean().exactOptional(),
    groupCall: z.boolean().default(false),
    upperFirmId: FirmId.exactOptional(),
    upperFirms: UpperFirms.default([]),
    standingConsent: z.boolean().default(false),
    jobType: plainText(20).exactOptional(),
    position: plainText(40).exactOptional(),
    /** Whether the holders are told of it. */
    inform: z.boolean().default(true),
  })
  .meta({ id: 'NewPhone' });

const PhoneChange = z
  .strictObject({
    validFrom: Day.exactOptional(),
    validTo: Day.nullable().exactOptional(),
    groupCall: z.boolean().exactOptional(),
    upperFirmId: FirmId.nullable().exactOptional(),
    upperFirms: UpperFirms.exactOptional(),
    standingConsent: z.boolean().exactOptional(),
    jobType: plainText(20).nullable().exactOptional(),
    position: plainText(40).nullable().exactOptional(),
  })
  .meta({ id: 'PhoneChange' });

const PhoneView = z
  .object({
    id: PhoneId,
    /** E.164 where one telephone is read by an operator, masked elsewhere. */
    number: z.string(),
    /** Who holds it today or will; of one that is over, who held it last. */
    workerIds: z.array(WorkerId),
    /** Who held it beside others and left. */
    left: z.array(z.object({ workerId: WorkerId, lastDay: Day })).exactOptional(),
    shared: z.boolean(),
    groupCall: z.boolean(),
    upperFirmId: FirmId.exactOptional(),
    upperFirms: z.array(z.object({ siteId: SiteId, firmId: FirmId })),
    standingConsent: z.boolean(),
    jobType: z.string().exactOptional(),
    position: z.string().exactOptional(),
    validFrom: Day,
    validTo: Day.exactOptional(),
    verifiedAt: z.string().exactOptional(),
    lastCallAt: z.string().exactOptional(),
    warnings: z.array(WarningView),
  })
  .meta({ id: 'Phone' });

const TrueOrFalse = z.enum(['true', 'false']);

const tag = 'phones';
const one = { params: z.object({ id: PhoneId }) };

interface Parts {
  readonly phoneService: PhoneService;
  readonly phoneFinder: PhoneFinder;
  readonly catalogs: Catalogs;
}

/** The telephone registrations of the admin API; lists show numbers masked. */
export function phoneRoutes(parts: Parts): readonly Endpoint[] {
  const view: View = (phone, number, own = 'all') => {
    const { left, ...shown } = phoneView(phone, number, parts.catalogs);
    const his = holdersAmong(phone.registration, own);
    const holders = presentHolders(phone.registration, parts.phoneFinder.today());
    const gone = left?.filter(({ workerId }) => his.includes(workerId)) ?? [];
    const workerIds = holders.filter((id) => his.includes(id));
    return { ...shown, workerIds, ...(gone.length > 0 ? { left: gone } : {}) };
  };
  return [...readings(parts, view), ...writings(parts, view)];
}

type View = (phone: Phone, number: string, own?: 'all' | ReadonlyMap<WorkerId, Day>) => ReturnType<typeof phoneView>;

function readings({ phoneFinder }: Parts, view: View): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/phones',
      summary:
        'List telephone registrations: of one worker, still to be confirmed by a call (verified=false), or all; numbers are masked',
      tag,
      scope: 'read',
      access: { right: ['phone', 'read'] },
      request: { query: listQuery({ workerId: WorkerId.exactOptional(), verified: TrueOrFalse.exactOptional() }) },
      response: { status: 200, body: pageOf(PhoneView) },
      refusals: [],
      handle: async ({ query, reach }) => {
        const [own, within] = await Promise.all([reach.ownWorkers(), reach.within(['phone', 'read'])]);
        const filter = { ...filterOf(query), admits: (one: PhoneRegistration) => holdersAmong(one, own).length > 0 };
        const page = query.workerId
          ? { items: await phoneFinder.ofWorker(query.workerId, within, filter) }
          : await phoneFinder.page(pageRequest(query, within), filter);
        return accept(answerPage(page, (phone) => view(phone, phone.masked, own)));
      },
    }),
    endpoint({
      method: 'get',
      path: '/phones/{id}',
      summary: 'One telephone registration; an operator sees the number whole',
      tag,
      scope: 'read',
      access: { right: ['phone', 'read'], one: ({ params }) => params.id },
      request: one,
      response: { status: 200, body: PhoneView, etag: true },
      refusals: ['not-found'],
      handle: async ({ params, viewer, reach }) => {
        const phone = await phoneFinder.find(params.id, await reach.within(['phone', 'read']));
        return phone ? accept(view(phone, numberFor(viewer, phone), await reach.ownWorkers())) : refuse('not-found');
      },
    }),
  ];
}

function writings({ phoneService }: Parts, view: View): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/phones',
      summary: 'Register a telephone number for one worker, or shared for several',
      tag,
      scope: 'write',
      access: {
        right: ['worker', 'register-phone'],
        named: ({ body }) => [{ right: ['worker', 'register-phone'], ids: body.workerIds, refusal: 'unknown-worker' }],
      },
      request: { body: NewPhone },
      response: { status: 201, body: PhoneView },
      refusals: [...numberRefusals, ...holdingRefusals],
      handle: async ({ body: { inform, ...body }, viewer }) => {
        const added = inform ? { ...body, tell: body.workerIds } : body;
        return mapOutcome(await phoneService.register(added), (phone) => view(phone, numberFor(viewer, phone)));
      },
    }),
    endpoint({
      method: 'patch',
      path: '/phones/{id}',
      summary: 'Change dates, job type, position, upper firms or consent; another holder is a new registration',
      tag,
      scope: 'write',
      access: { right: ['phone', 'change'], one: ({ params }) => params.id },
      request: { ...one, body: PhoneChange },
      response: { status: 200, body: PhoneView, etag: true },
      refusals: ['not-found', 'stale', ...holdingRefusals],
      handle: async ({ params, body, viewer, matches }) => {
        const shown = (phone: Phone) => view(phone, numberFor(viewer, phone));
        return mapOutcome(await phoneService.change(params.id, body, (phone) => matches(shown(phone))), shown);
      },
    }),
    endpoint({
      method: 'delete',
      path: '/phones/{id}',
      summary: 'End it: yesterday was its last day; what never held on an earlier day is removed',
      tag,
      scope: 'write',
      access: { right: ['phone', 'change'], one: ({ params }) => params.id },
      request: one,
      response: { status: 204 },
      refusals: ['not-found', 'conflict'],
      handle: ({ params }) => phoneService.end(params.id),
    }),
  ];
}

function filterOf({ verified }: { readonly verified?: 'true' | 'false' }): PhoneFilter {
  return verified === undefined ? {} : { verified: verified === 'true' };
}

const numberRefusals = ['number-withheld-sentinel', 'number-impossible', 'number-not-personal'] as const;
const holdingRefusals = [
  'number-taken',
  'number-registered',
  'period-reversed',
  'shared-needed',
  'conflict',
  'unknown-worker',
  'worker-without-employer',
  'unknown-firm',
  'unknown-site',
] as const;

/** Whoever keeps the register of these people, and they themselves, see the number whole. */
function numberFor(viewer: Viewer, phone: Phone): string {
  return keepsNumbers(viewer) ? phone.number() : phone.masked;
}

function phoneView({ registration, lastCallAt }: Phone, number: string, catalogs: Catalogs) {
  const { verifiedAt, tell: _tell, ...rest } = registration;
  const warnings = [
    ...warnOfCode('/jobType', rest.jobType, catalogs.codes('job-types')),
    ...warnOfCode('/position', rest.position, catalogs.codes('positions')),
  ];
  const told = present({
    verifiedAt: verifiedAt && tokyoText(verifiedAt),
    lastCallAt: lastCallAt && tokyoText(lastCallAt),
  });
  return { ...rest, number, ...told, warnings };
}
