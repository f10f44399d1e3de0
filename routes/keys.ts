import { z } from 'zod';
import { scopesOf } from '../src/domain/account.ts';
import { type ApiKey, roles, scopes } from '../src/domain/api-key.ts';
import { FirmId, SiteId, WorkerId } from '../src/domain/ids.ts';
import { accept, mapOutcome } from '../src/domain/outcome.ts';
import { plainText } from '../src/domain/text.ts';
import { tokyoText } from '../src/domain/work-day.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { ForViewer, KeyStore } from '../src/ports.ts';
import type { KeyService } from '../src/services/issue-key.ts';

const Role = z.enum(roles);
const Scopes = z
  .array(z.enum(scopes))
  .min(1)
  .refine((list) => new Set(list).size === list.length, { params: { code: 'duplicate' } });

const NewKey = z
  .strictObject({
    name: plainText(80),
    role: Role,
    firmId: FirmId.exactOptional(),
    siteIds: z.array(SiteId).max(200).exactOptional(),
    workerId: WorkerId.exactOptional(),
    scopes: Scopes.exactOptional(),
    expiresAt: z.iso.datetime({ offset: true }).exactOptional(),
  })
  .meta({ id: 'NewKey' });

const keyFields = {
  id: z.string(),
  name: z.string(),
  role: Role,
  firmId: FirmId.exactOptional(),
  siteIds: z.array(SiteId).exactOptional(),
  workerId: WorkerId.exactOptional(),
  scopes: z.array(z.enum(scopes)),
  createdAt: z.string(),
  expiresAt: z.string().exactOptional(),
  revokedAt: z.string().exactOptional(),
  lastUsedAt: z.string().exactOptional(),
};
const KeyView = z.object(keyFields).meta({ id: 'Key' });
const IssuedKeyView = z.object({ ...keyFields, secret: z.string() }).meta({ id: 'IssuedKey' });

const Rotation = z
  .strictObject({ graceMinutes: z.number().int().min(0).max(10_080).default(60) })
  .meta({ id: 'KeyRotation' });

const tag = 'keys';
const one = { params: z.object({ id: z.string().max(60) }) };

interface Parts {
  readonly keys: ForViewer<KeyStore>;
  readonly keyService: KeyService;
}

/** The keys of the admin API; the first one, from the configuration, is not among them. */
export function keyRoutes(parts: Parts): readonly Endpoint[] {
  return [issuing(parts), rotating(parts), ...keeping(parts)];
}

function issuing({ keyService }: Parts): Endpoint {
  return endpoint({
    method: 'post',
    path: '/keys',
    summary: 'Give out a key; its secret is shown this once',
    tag,
    scope: 'keys',
    access: {
      right: ['key', 'change'],
      named: ({ body: { firmId, workerId } }) => [
        { right: ['firm', 'change'], ids: firmId ? [firmId] : [], refusal: 'not-allowed' },
        { right: ['worker', 'change'], ids: workerId ? [workerId] : [], refusal: 'not-allowed' },
      ],
    },
    request: { body: NewKey },
    response: { status: 201, body: IssuedKeyView, once: true },
    refusals: ['not-allowed'],
    handle: async ({ body, viewer }) => {
      const { expiresAt, scopes: asked, ...rest } = body;
      // Without a wish: what a person of that role may do, as far as the asker may himself.
      const given = asked ?? scopesOf(body.role).filter((scope) => viewer.scopes.includes(scope));
      const issued = await keyService.issue(
        { ...rest, scopes: given, ...(expiresAt ? { expiresAt: new Date(expiresAt) } : {}) },
        viewer,
      );
      return mapOutcome(issued, ({ key, secret }) => ({ ...keyView(key), secret }));
    },
  });
}

function rotating({ keyService }: Parts): Endpoint {
  return endpoint({
    method: 'post',
    path: '/keys/{id}/rotate',
    summary: 'A new key with the same rights; its secret is shown this once, the old one is good for some minutes yet',
    tag,
    scope: 'keys',
    access: { right: ['key', 'change'], one: ({ params }) => params.id },
    request: { ...one, body: Rotation },
    response: { status: 201, body: IssuedKeyView, once: true },
    refusals: ['not-found', 'not-allowed'],
    handle: async ({ params, body, viewer }) =>
      mapOutcome(await keyService.rotate(params.id, body.graceMinutes, viewer), ({ key, secret }) => ({
        ...keyView(key),
        secret,
      })),
  });
}

function keeping({ keys, keyService }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/keys',
      summary: 'List keys, never their secrets',
      tag,
      scope: 'keys',
      access: { right: ['key', 'read'] },
      request: { query: listQuery({}) },
      response: { status: 200, body: pageOf(KeyView) },
      refusals: [],
      handle: async ({ query, reach }) => {
        const within = await reach.within(['key', 'read']);
        return accept(answerPage(await keys.page(pageRequest(query, within)), keyView));
      },
    }),
    endpoint({
      method: 'delete',
      path: '/keys',
      summary: 'Revoke every key of one’s firm at once, as an operator every key there is; also the one that asks',
      tag,
      scope: 'keys',
      access: { right: ['key', 'change'] },
      response: { status: 200, body: z.object({ revoked: z.number().int() }) },
      refusals: [],
      handle: async ({ reach }) => {
        return accept({ revoked: await keyService.revokeAll(await reach.within(['key', 'change'])) });
      },
    }),
    endpoint({
      method: 'delete',
      path: '/keys/{id}',
      summary: 'Revoke a key at once',
      tag,
      scope: 'keys',
      access: { right: ['key', 'change'], one: ({ params }) => params.id },
      request: one,
      response: { status: 204 },
      refusals: ['not-found'],
      handle: ({ params }) => keyService.revoke(params.id),
    }),
  ];
}

function keyView(key: ApiKey) {
  const { hash: _hash, createdAt, expiresAt, revokedAt, lastUsedAt, ...rest } = key;
  return {
    ...rest,
    createdAt: tokyoText(createdAt),
    ...(expiresAt ? { expiresAt: tokyoText(expiresAt) } : {}),
    ...(revokedAt ? { revokedAt: tokyoText(revokedAt) } : {}),
    ...(lastUsedAt ? { lastUsedAt: tokyoText(lastUsedAt) } : {}),
  };
}
