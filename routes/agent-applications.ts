import { z } from 'zod';
import { type AgentApplication, consentPapers, missingConsents } from '../src/domain/agent-application.ts';
import { FirmId, WorkerId } from '../src/domain/ids.ts';
import { accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import { tokyoText } from '../src/domain/work-day.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { AgentApplicationStore } from '../src/ports-agents.ts';
import type { ForViewer } from '../src/ports.ts';
import type { AgentService } from '../src/services/apply-as-agent.ts';

const NewApplication = z
  .strictObject({
    agentFirmId: FirmId,
    subject: z.union([z.strictObject({ workerId: WorkerId }), z.strictObject({ firmId: FirmId })]),
  })
  .meta({ id: 'NewAgentApplication' });

const Papers = z
  .strictObject({ papers: z.array(z.enum(consentPapers)).min(1), consent: z.boolean() })
  .meta({ id: 'AgentConsent' });

const EmployerWord = z.strictObject({ consent: z.boolean() }).meta({ id: 'AgentEmployerConsent' });

const ApplicationView = z
  .object({
    id: z.string(),
    agentFirmId: FirmId,
    workerId: WorkerId.nullable(),
    firmId: FirmId.nullable(),
    employerId: FirmId.nullable(),
    state: z.enum(['open', 'submitted', 'withdrawn']),
    signed: z.array(z.enum(consentPapers)),
    employerConsented: z.boolean(),
    missing: z.array(z.string()),
    requestedAt: z.string(),
    submittedAt: z.string().nullable(),
  })
  .meta({ id: 'AgentApplication' });

const tag = 'firms';
const one = { params: z.object({ id: z.string().max(60) }) };
const idOf = ({ params }: { readonly params: { readonly id: string } }) => params.id;
const changing = ['not-found', 'already-decided', 'conflict'] as const;

interface Parts {
  readonly agentApplications: ForViewer<AgentApplicationStore>;
  readonly agentService: AgentService;
}

/** Registrations that a firm files for a worker or another firm, with the consents that they need (代行申請, R-139). */
export function agentApplicationRoutes(parts: Parts): readonly Endpoint[] {
  return [opening(parts), ...readings(parts), ...consenting(parts), ...ending(parts)];
}

function opening({ agentService }: Parts): Endpoint {
  return endpoint({
    method: 'post',
    path: '/agent-applications',
    summary: 'File a registration for a worker or a firm; it waits for the consents it needs (R-139)',
    tag,
    scope: 'write',
    access: {
      right: ['firm', 'apply-as-agent'],
      named: ({ body: { agentFirmId, subject } }) => [
        { right: ['firm', 'apply-as-agent'], ids: [agentFirmId], refusal: 'unknown-firm' },
        'firmId' in subject
          ? { right: ['firm', 'read'], ids: [subject.firmId], refusal: 'unknown-firm' }
          : { right: ['worker', 'expect'], ids: [subject.workerId], refusal: 'unknown-worker' },
      ],
    },
    request: { body: NewApplication },
    response: { status: 201, body: ApplicationView },
    refusals: ['unknown-firm', 'unknown-worker', 'agent-without-id', 'conflict'],
    handle: async ({ body, viewer }) => mapOutcome(await agentService.open(body, viewer.keyId), applicationView),
  });
}

function readings({ agentApplications }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/agent-applications',
      summary: 'Applications by or for one’s own firm, its workers, or oneself',
      tag,
      scope: 'read',
      access: { right: ['agent-application', 'read'] },
      request: { query: listQuery({}) },
      response: { status: 200, body: pageOf(ApplicationView) },
      refusals: [],
      handle: async ({ query, reach }) => {
        const within = await reach.within(['agent-application', 'read']);
        return accept(answerPage(await agentApplications.page(pageRequest(query, within)), applicationView));
      },
    }),
    endpoint({
      method: 'get',
      path: '/agent-applications/{id}',
      summary: 'One application, with the consents that are missing',
      tag,
      scope: 'read',
      access: { right: ['agent-application', 'read'], one: idOf },
      request: one,
      response: { status: 200, body: ApplicationView, etag: true },
      refusals: ['not-found'],
      handle: async ({ params, reach }) => {
        const within = await reach.within(['agent-application', 'read']);
        const found = await agentApplications.findWithin(params.id, within);
        return found ? accept(applicationView(found)) : refuse('not-found');
      },
    }),
  ];
}

function consenting({ agentService }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'put',
      path: '/agent-applications/{id}/consent',
      summary: 'The subject signs papers, or takes signatures back',
      tag,
      scope: 'write',
      access: { right: ['agent-application', 'sign'], one: idOf },
      request: { ...one, body: Papers },
      response: { status: 200, body: ApplicationView },
      refusals: changing,
      handle: async ({ params, body, viewer }) =>
        mapOutcome(await agentService.sign(params.id, { ...body, by: viewer.keyId }), applicationView),
    }),
    endpoint({
      method: 'put',
      path: '/agent-applications/{id}/employer-consent',
      summary: 'The employer agrees that another firm files for its worker, or no longer',
      tag,
      scope: 'write',
      access: { right: ['agent-application', 'sign-as-employer'], one: idOf },
      request: { ...one, body: EmployerWord },
      response: { status: 200, body: ApplicationView },
      refusals: changing,
      handle: async ({ params, body, viewer }) =>
        mapOutcome(await agentService.signAsEmployer(params.id, { ...body, by: viewer.keyId }), applicationView),
    }),
  ];
}

function ending({ agentService }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/agent-applications/{id}/submit',
      summary: 'Submit it; refused while a consent is missing (R-139)',
      tag,
      scope: 'write',
      access: { right: ['agent-application', 'submit'], one: idOf },
      request: one,
      response: { status: 200, body: ApplicationView },
      refusals: [...changing, 'consent-missing'],
      handle: async ({ params }) => mapOutcome(await agentService.submit(params.id), applicationView),
    }),
    endpoint({
      method: 'post',
      path: '/agent-applications/{id}/withdraw',
      summary: 'Withdraw it before it is submitted',
      tag,
      scope: 'write',
      access: { right: ['agent-application', 'submit'], one: idOf },
      request: one,
      response: { status: 200, body: ApplicationView },
      refusals: changing,
      handle: async ({ params }) => mapOutcome(await agentService.withdraw(params.id), applicationView),
    }),
  ];
}

function applicationView(application: AgentApplication): z.infer<typeof ApplicationView> {
  const { id, agentFirmId, workerId = null, firmId = null, employerId = null, state, papers } = application;
  return {
    ...{ id, agentFirmId, workerId, firmId, employerId, state },
    signed: consentPapers.filter((paper) => papers[paper] !== undefined),
    employerConsented: application.employerConsent !== undefined,
    missing: [...missingConsents(application)],
    requestedAt: tokyoText(application.requestedAt),
    submittedAt: application.submittedAt ? tokyoText(application.submittedAt) : null,
  };
}
