import { z } from 'zod';
import { seesEverything } from '../src/domain/access.ts';
import { AccountId, type Act } from '../src/domain/account.ts';
import { type Viewer, roles } from '../src/domain/api-key.ts';
import { FirmId, SiteId, WorkerId } from '../src/domain/ids.ts';
import { accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import { present } from '../src/domain/present.ts';
import { plainText } from '../src/domain/text.ts';
import { tokyoText } from '../src/domain/work-day.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { AccountService, Person } from '../src/services/keep-accounts.ts';
import type { SessionService } from '../src/services/sign-in.ts';

/** What a person acts as: a role, and for whom. */
export const ActInput = z
  .strictObject({
    role: z.enum(roles),
    firmId: FirmId.exactOptional(),
    siteIds: z.array(SiteId).max(200).exactOptional(),
    workerId: WorkerId.exactOptional(),
  })
  .meta({ id: 'Act' });

const Mail = z.email().max(200);

const NewAccount = z
  .strictObject({ mail: Mail, name: plainText(120), acts: z.array(ActInput).min(1).max(50) })
  .meta({ id: 'NewAccount' });

const accountFields = {
  id: AccountId,
  mail: z.string(),
  name: z.string(),
  acts: z.array(ActInput),
  /** Not answered yet. */
  offered: z.array(ActInput),
  state: z.enum(['invited', 'first-login', 'active', 'ended']),
  createdAt: z.string(),
};
const AccountView = z.object(accountFields).meta({ id: 'Account' });
const InvitedView = z
  .object({ ...accountFields, invitation: z.object({ token: z.string(), link: z.string(), expiresAt: z.string() }) })
  .meta({ id: 'InvitedAccount' });

const FirstSecretsView = z
  .object({
    mail: z.string(),
    /** Null where the account was open already. */
    password: z.string().nullable(),
    securityCode: z.string().nullable(),
    recoveryCodes: z.array(z.string()),
  })
  .meta({ id: 'FirstSecrets' });

const tag = 'accounts';
const one = { params: z.object({ id: AccountId }) };

interface Parts {
  readonly accountService: AccountService;
  readonly sessionService: SessionService;
  readonly publicBaseUrl: string;
}

/** The accounts of people: one person may act for several firms. */
export function accountRoutes(parts: Parts): readonly Endpoint[] {
  return [inviting(parts), ...keeping(parts.accountService), answering(parts)];
}

function inviting({ accountService, publicBaseUrl }: Parts): Endpoint {
  return endpoint({
    method: 'post',
    path: '/accounts',
    summary:
      'Invite a person; the link to hand to him is shown this once. The same offer again makes the first link void',
    tag,
    scope: 'keys',
    access: {
      right: ['account', 'change'],
      named: ({ body: { acts } }) => [
        { right: ['firm', 'change'], ids: acts.flatMap(({ firmId }) => firmId ?? []), refusal: 'not-allowed' },
        { right: ['worker', 'change'], ids: acts.flatMap(({ workerId }) => workerId ?? []), refusal: 'not-allowed' },
      ],
    },
    request: { body: NewAccount },
    response: { status: 201, body: InvitedView, once: true },
    refusals: ['not-allowed', 'conflict'],
    handle: async ({ body, viewer }) =>
      mapOutcome(await accountService.invite(body, viewer), ({ person, token, expiresAt }) => ({
        ...accountView(person, viewer),
        invitation: { token, link: `${publicBaseUrl}/invitations/${token}`, expiresAt: tokyoText(expiresAt) },
      })),
  });
}

function keeping(accountService: AccountService): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/accounts',
      summary: 'People with an account, never their secrets',
      tag,
      scope: 'read',
      access: { right: ['account', 'read'] },
      request: { query: listQuery({}) },
      response: { status: 200, body: pageOf(AccountView) },
      refusals: [],
      handle: async ({ query, viewer, reach }) => {
        const page = await accountService.page(pageRequest(query, await reach.within(['account', 'read'])));
        return accept(answerPage(page, (person) => accountView(person, viewer)));
      },
    }),
    endpoint({
      method: 'get',
      path: '/accounts/{id}',
      summary: 'One account',
      tag,
      scope: 'read',
      access: { right: ['account', 'read'], one: ({ params }) => params.id },
      request: one,
      response: { status: 200, body: AccountView, etag: true },
      refusals: ['not-found'],
      handle: async ({ params, viewer, reach }) => {
        const person = await accountService.find(params.id, await reach.within(['account', 'read']));
        return person ? accept(accountView(person, viewer)) : refuse('not-found');
      },
    }),
    endpoint({
      method: 'delete',
      path: '/accounts/{id}',
      summary: 'End what the person may do for the asker’s firm, asked by the operator all of it; signed out at once',
      tag,
      scope: 'keys',
      access: { right: ['account', 'change'], one: ({ params }) => params.id },
      request: one,
      response: { status: 204 },
      refusals: ['not-found', 'conflict'],
      handle: ({ params, viewer }) => accountService.end(params.id, viewer),
    }),
  ];
}

function answering({ accountService, sessionService }: Parts): Endpoint {
  return endpoint({
    method: 'post',
    path: '/invitations/{token}/accept',
    summary:
      'Answer an invitation: initial password and codes, shown this once (R-010); with an open account, signed in, without them',
    tag,
    scope: 'none',
    request: { params: z.object({ token: z.string().max(200) }) },
    response: { status: 200, body: FirstSecretsView, once: true },
    refusals: ['invitation-unknown', 'login-busy', 'sign-in-first'],
    handle: async ({ params, cookie = '' }) => {
      const holder = await sessionService.live(cookie);
      return mapOutcome(await accountService.answer(params.token, holder?.account.id), ({ mail, secrets }) => ({
        ...{ mail, password: null, securityCode: null, recoveryCodes: [] },
        ...secrets,
      }));
    },
  });
}

/**
 * A firm sees what the person does for itself, not for others; of somebody whom it only invited it hears what it said of him, and not
 * whether he has an account, nor his name in it.
 */
function accountView({ account, mail, name, offered }: Person, viewer: Viewer): z.infer<typeof AccountView> {
  const { id, state, createdAt } = account;
  const isSeen = ({ firmId }: Act) => seesEverything(viewer) || firmId === viewer.firmId;
  const acts = account.acts.filter(isSeen).map(actView);
  const seen = offered.filter((offer) => offer.acts.some(isSeen));
  const shown = { id, mail, acts, offered: seen.flatMap((offer) => offer.acts.filter(isSeen).map(actView)) };
  const invited = seen.at(-1);
  if (invited && acts.length === 0 && !seesEverything(viewer)) {
    return { ...shown, name: invited.name, state: 'invited', createdAt: tokyoText(invited.at) };
  }
  return { ...shown, name, state, createdAt: tokyoText(createdAt) };
}

/** An act as it is shown. */
export function actView({ role, firmId, siteIds, workerId }: Act): z.infer<typeof ActInput> {
  return { role, ...present({ firmId, siteIds: siteIds && [...siteIds], workerId }) };
}
