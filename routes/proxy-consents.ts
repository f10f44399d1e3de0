import { z } from 'zod';
import { type ProxyConsent, consentStates } from '../src/domain/disclosure.ts';
import { FirmId } from '../src/domain/ids.ts';
import { accept, mapOutcome } from '../src/domain/outcome.ts';
import { tokyoText } from '../src/domain/work-day.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { ConsentStore } from '../src/ports-disclosure.ts';
import type { ForViewer } from '../src/ports.ts';
import type { ConsentService } from '../src/services/keep-consents.ts';

const Wish = z
  .strictObject({ employerId: FirmId, proxyFirmId: FirmId, status: z.enum(consentStates) })
  .meta({ id: 'NewProxyConsent' });

const ConsentView = z
  .object({
    id: z.string(),
    employerId: FirmId,
    proxyFirmId: FirmId,
    status: z.enum(consentStates),
    at: z.string(),
    by: z.string(),
  })
  .meta({ id: 'ProxyConsent' });

const tag = 'firms';

interface Parts {
  readonly consents: ForViewer<ConsentStore>;
  readonly consentService: ConsentService;
}

/** Which firm lets which other one act for it (代理手続き同意, R-130…R-133). */
export function proxyConsentRoutes({ consents, consentService }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'put',
      path: '/proxy-consents',
      summary:
        'Let a prime or upper firm act for one’s own firm, or no longer; it then also sees what registering needs',
      tag,
      scope: 'write',
      access: {
        right: ['firm', 'consent'],
        named: ({ body }) => [{ right: ['firm', 'consent'], ids: [body.employerId], refusal: 'unknown-firm' }],
      },
      request: { body: Wish },
      response: { status: 200, body: ConsentView },
      refusals: ['unknown-firm', 'proxy-not-above', 'conflict'],
      handle: async ({ body, viewer }) =>
        mapOutcome(await consentService.set({ ...body, by: viewer.keyId }), consentView),
    }),
    endpoint({
      method: 'get',
      path: '/proxy-consents',
      summary: 'Consents given by one’s own firm, and those given to it',
      tag,
      scope: 'read',
      access: { right: ['consent', 'read'] },
      request: { query: listQuery({}) },
      response: { status: 200, body: pageOf(ConsentView) },
      refusals: [],
      handle: async ({ query, reach }) => {
        const within = await reach.within(['consent', 'read']);
        return accept(answerPage(await consents.page(pageRequest(query, within)), consentView));
      },
    }),
  ];
}

function consentView(consent: ProxyConsent): z.infer<typeof ConsentView> {
  return { ...consent, at: tokyoText(consent.at) };
}
