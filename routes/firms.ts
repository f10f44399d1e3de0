import { z } from 'zod';
import { type Firm, firmKinds } from '../src/domain/firm.ts';
import { FirmId } from '../src/domain/ids.ts';
import { accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import { registrationStateOf, registrationStates } from '../src/domain/registration.ts';
import { CcusIdText, kanaText, plainText } from '../src/domain/text.ts';
import { warnOfId } from '../src/domain/warning.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { FirmStore, ForViewer } from '../src/ports.ts';
import type { Search } from '../src/ports-search.ts';
import type { FirmService } from '../src/services/register-firm.ts';
import { warnOfPostalCode } from '../src/services/suggest-address.ts';
import { PostalCode } from './postal-codes.ts';
import { SearchWords, searchRefusals } from './search-words.ts';
import { WarningView } from './warning-view.ts';

const CorporateNumber = z
  .string()
  .trim()
  .regex(/^\d{13}$/);
const Yen = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const FirmKind = z.enum(firmKinds);

const NewFirm = z
  .strictObject({
    name: plainText(120),
    kana: kanaText(120),
    kind: FirmKind,
    ccusId: CcusIdText.exactOptional(),
    capitalYen: Yen.exactOptional(),
    postalCode: PostalCode.exactOptional(),
    address: plainText(200).exactOptional(),
    representativeName: plainText(120).exactOptional(),
    permitNumber: plainText(60).exactOptional(),
    corporateNumber: CorporateNumber.exactOptional(),
    registrationState: z.enum(registrationStates).exactOptional(),
    usualUpperId: FirmId.exactOptional(),
    speakProgress: z.boolean().exactOptional(),
  })
  .meta({ id: 'NewFirm' });

const FirmChange = z
  .strictObject({
    name: plainText(120).exactOptional(),
    kana: kanaText(120).exactOptional(),
    kind: FirmKind.exactOptional(),
    ccusId: CcusIdText.nullable().exactOptional(),
    capitalYen: Yen.nullable().exactOptional(),
    postalCode: PostalCode.nullable().exactOptional(),
    address: plainText(200).nullable().exactOptional(),
    representativeName: plainText(120).nullable().exactOptional(),
    permitNumber: plainText(60).nullable().exactOptional(),
    corporateNumber: CorporateNumber.nullable().exactOptional(),
    registrationState: z.enum(registrationStates).nullable().exactOptional(),
    usualUpperId: FirmId.nullable().exactOptional(),
    speakProgress: z.boolean().exactOptional(),
  })
  .meta({ id: 'FirmChange' });

const FirmView = z
  .object({
    id: FirmId,
    name: z.string(),
    kana: z.string(),
    kind: FirmKind,
    ccusId: z.string().exactOptional(),
    capitalYen: z.number().exactOptional(),
    postalCode: z.string().exactOptional(),
    address: z.string().exactOptional(),
    representativeName: z.string().exactOptional(),
    permitNumber: z.string().exactOptional(),
    corporateNumber: z.string().exactOptional(),
    usualUpperId: FirmId.exactOptional(),
    registrationState: z.enum(registrationStates),
    speakProgress: z.boolean().exactOptional(),
    warnings: z.array(WarningView),
  })
  .meta({ id: 'Firm' });

const tag = 'firms';
const one = { params: z.object({ id: FirmId }) };

interface Parts {
  readonly firms: ForViewer<FirmStore>;
  readonly search: Pick<Search, 'firms'>;
  readonly firmService: FirmService;
}

/** The firms (事業者) of the admin API. */
export function firmRoutes(parts: Parts): readonly Endpoint[] {
  return [...readings(parts), ...writings(parts.firmService)];
}

function readings({ firms, search }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/firms',
      summary: 'List firms; with q those that fit it, the best first (R-004)',
      tag,
      scope: 'read',
      access: { right: ['firm', 'read'] },
      request: { query: listQuery({ q: SearchWords.exactOptional() }) },
      response: { status: 200, body: pageOf(FirmView) },
      refusals: searchRefusals,
      handle: async ({ query, reach }) => {
        const within = await reach.within(['firm', 'read']);
        const request = pageRequest(query, within);
        if (query.q === undefined) return accept(answerPage(await firms.page(request), firmView));
        return mapOutcome(await search.firms({ ...request, q: query.q, byNumber: false }), (page) =>
          answerPage(page, firmView),
        );
      },
    }),
    endpoint({
      method: 'get',
      path: '/firms/{id}',
      summary: 'One firm',
      tag,
      scope: 'read',
      access: { right: ['firm', 'read'], one: ({ params }) => params.id },
      request: one,
      response: { status: 200, body: FirmView, etag: true },
      refusals: ['not-found'],
      handle: async ({ params, reach }) => {
        const found = await firms.findWithin(params.id, await reach.within(['firm', 'read']));
        return found ? accept(firmView(found)) : refuse('not-found');
      },
    }),
  ];
}

function writings(firmService: FirmService): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/firms',
      summary: 'Register a firm',
      tag,
      scope: 'write',
      request: { body: NewFirm },
      response: { status: 201, body: FirmView },
      refusals: ['unknown-firm', 'conflict'],
      handle: async ({ body }) => mapOutcome(await firmService.register(body), firmView),
    }),
    endpoint({
      method: 'patch',
      path: '/firms/{id}',
      summary: 'Change a firm; null clears what is optional',
      tag,
      scope: 'write',
      access: { right: ['firm', 'change'], one: ({ params }) => params.id },
      request: { ...one, body: FirmChange },
      response: { status: 200, body: FirmView, etag: true },
      refusals: ['not-found', 'stale', 'conflict', 'unknown-firm'],
      handle: async ({ params, body, matches }) =>
        mapOutcome(await firmService.change(params.id, body, (firm) => matches(firmView(firm))), firmView),
    }),
  ];
}

function firmView(firm: Firm) {
  const warnings = [...warnOfId(firm.ccusId, 'firm'), ...warnOfPostalCode(firm.postalCode, firm.address)];
  return { ...firm, registrationState: registrationStateOf(firm), warnings };
}
