import { z } from 'zod';
import {
  type ZodObjectInput,
  type ZodOpenApiContentObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiRequestBodyObject,
  type ZodOpenApiResponsesObject,
  createDocument,
  type oas31,
} from 'zod-openapi';
import type { RefusalCode } from '../domain/refusal.ts';
import type { AskingScope, Endpoint } from './endpoint.ts';
import { ProblemBody } from './problem.ts';
import { problems } from './problem-words.ts';
import { SECONDS_TO_WAIT } from './reply.ts';

const BASE = '/api/v1';

type ObjectSchema = z.ZodType & ZodObjectInput;

/** The OpenAPI 3.1 document of the endpoints, from the same declarations that serve them. */
export function buildOpenApi(
  endpoints: readonly Endpoint[],
  { version }: { readonly version: string },
): oas31.OpenAPIObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method]: operationOf(endpoint) };
  }
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'genba-call admin API',
        version,
        description:
          'Attendance by telephone for construction sites. Refusals are RFC 9457 problem documents with a stable code.',
      },
      servers: [{ url: BASE }],
      tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
      paths,
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: '__Host-genba_session' },
        },
      },
      security: [{ key: [] }, { session: [] }],
    },
    { override: ({ jsonSchema }) => dropDatePattern(jsonSchema) },
  );
}

function operationOf(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { params, query } = endpoint.request;
  return {
    operationId: operationId(endpoint),
    summary: endpoint.summary,
    tags: [endpoint.tag],
    ...(endpoint.scope === 'none' ? { security: [] } : {}),
    requestParams: {
      ...(params ? { path: params as ObjectSchema } : {}),
      ...(query ? { query: query as ObjectSchema } : {}),
      ...headersOf(endpoint),
    },
    ...bodyOf(endpoint),
    responses: { ...answerOf(endpoint), ...refusalsOf(endpoint) },
  };
}

function headersOf({ method, scope, response }: Endpoint): { header?: ObjectSchema } {
  if (method === 'post' && isKept(scope)) {
    return { header: z.object({ 'Idempotency-Key': z.string().max(255).exactOptional() }) };
  }
  return method === 'patch' && response.etag ? { header: z.object({ 'If-Match': z.string().exactOptional() }) } : {};
}

function bodyOf({ request }: Endpoint): { requestBody?: ZodOpenApiRequestBodyObject } {
  if (request.upload) return { requestBody: { required: true, content: formOf(request.upload.field, request.body) } };
  return request.body ? { requestBody: { content: { 'application/json': { schema: request.body } } } } : {};
}

function formOf(field: string, body: z.ZodType | undefined): ZodOpenApiContentObject {
  const fields = body ? (z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }).properties ?? {}) : {};
  const properties = { [field]: { type: 'string', format: 'binary' }, ...fields } as oas31.SchemaObject['properties'];
  return { 'multipart/form-data': { schema: { type: 'object', required: [field], properties: properties ?? {} } } };
}

function answerOf({ method, response }: Endpoint): ZodOpenApiResponsesObject {
  const content: ZodOpenApiContentObject = {};
  if (response.body) content['application/json'] = { schema: response.body };
  for (const type of response.raw ?? [])
    content[type] = { schema: type === 'application/json' ? {} : { type: 'string' } };
  const headers = response.etag ? { ETag: { schema: { type: 'string' } } as const } : undefined;
  const answer = {
    description: response.status === 204 ? 'Done; no content' : 'The answer',
    ...(headers ? { headers } : {}),
    ...(Object.keys(content).length > 0 ? { content } : {}),
  };
  const unchanged = method === 'get' ? { '304': { description: 'Not changed since the ETag of `If-None-Match`' } } : {};
  return { [`${response.status}`]: answer, ...unchanged };
}

/** Answers of keys and people at work are kept for repeated requests; signing in is done anew each time. */
function isKept(scope: AskingScope): boolean {
  return scope !== 'none' && scope !== 'session';
}

/** What the mount itself may answer on this endpoint, beside what the handler declares. */
function ownRefusals(endpoint: Endpoint): readonly RefusalCode[] {
  const { scope, request } = endpoint;
  return [
    ...(scope === 'none' ? [] : (['key-unknown', 'not-allowed', 'csrf-token-needed', 'too-many-requests'] as const)),
    ...(isKept(scope) ? (['password-first'] as const) : []),
    ...(endpoint.fresh ? (['sign-in-again'] as const) : []),
    ...(request.params ? (['not-found'] as const) : []),
    ...(request.query || request.body ? (['input-invalid'] as const) : []),
    ...(request.body || request.upload ? (['body-malformed', 'body-too-large', 'content-type-unknown'] as const) : []),
    ...repeatRefusals(endpoint),
    'database-away',
    'failed',
  ];
}

/** What comes of an `Idempotency-Key`. */
function repeatRefusals({ method, scope, response }: Endpoint): readonly RefusalCode[] {
  if (method !== 'post' || !isKept(scope)) return [];
  return ['input-invalid', 'idempotency-reused', 'in-progress', ...(response.once ? (['shown-once'] as const) : [])];
}

function refusalsOf(endpoint: Endpoint): ZodOpenApiResponsesObject {
  const byStatus = new Map<number, RefusalCode[]>();
  for (const code of new Set([...endpoint.refusals, ...ownRefusals(endpoint)])) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const entries = [...byStatus].map(([status, codes]) => [
    `${status}`,
    {
      description: codes.map((code) => `\`${code}\` ${problems[code].title}`).join('; '),
      ...waitHeader(codes),
      content: { 'application/problem+json': { schema: ProblemBody } },
    },
  ]);
  return Object.fromEntries(entries) as ZodOpenApiResponsesObject;
}

/** When to ask again, where one of the refusals of a status passes by itself. */
function waitHeader(codes: readonly RefusalCode[]) {
  if (!codes.some((code) => code in SECONDS_TO_WAIT)) return {};
  const schema = { type: 'integer', minimum: 1 } as const;
  return { headers: { 'Retry-After': { description: 'Seconds until it is worth asking again', schema } } };
}

function operationId({ method, path }: Endpoint): string {
  const words = path.split('/').filter(Boolean);
  return [method, ...words.map((word) => word.replace(/^\{(\w+)\}$/, 'by-$1'))].join('-');
}

/** Zod writes the calendar as a pattern of 300 characters beside `format: date`, which says it already. */
function dropDatePattern(schema: { format?: string; pattern?: string }): void {
  if (schema.format === 'date' || schema.format === 'date-time') delete schema.pattern;
}
