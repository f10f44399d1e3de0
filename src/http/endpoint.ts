import type { z } from 'zod';
import type { Outcome } from '../domain/outcome.ts';
import { present } from '../domain/present.ts';
import type { DenialReason } from '../domain/denial.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import { type Right, isPersonal, mayEver } from '../domain/access.ts';
import type { Reach } from '../domain/reach.ts';
import { type Role, type Scope, type Viewer, roles as allRoles } from '../domain/api-key.ts';
import { type Access, deny } from './endpoint-access.ts';
import { admits, etagOf } from './etag.ts';
import { type HeadedAnswer, isHeadedAnswer } from './headed-answer.ts';
import { inputErrors } from './input-error.ts';
import type { InputError } from './problem.ts';
import { type RawAnswer, isRawAnswer } from './raw-answer.ts';
import type { Touches } from './touches.ts';

/** `none` needs no key, `session` a sign-in of any kind, also one with the initial password. */
export type AskingScope = Scope | 'none' | 'session';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

type Plain = string | number | boolean | bigint | symbol | null | undefined;

/** A value as services give it: readonly all the way down, where a schema's own type is mutable. */
export type Given<T> = T extends Plain
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Given<Item>[]
    : { readonly [K in keyof T]: Given<T[K]> };

/** A file that came in a multipart form; its name is what the sender says and only for showing. */
export interface UploadedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The form field of a file, and how much of it and of each text field is taken, in bytes. */
export interface UploadWanted {
  readonly field: string;
  readonly maxBytes: number;
  readonly maxTextBytes?: number;
}
type Answered<A> = Given<A> | RawAnswer | HeadedAnswer<Given<A>>;

/** What a handler is given: only parsed values, and who asks. */
export interface Asked<P, Q, B, A> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly file?: UploadedFile;
  readonly viewer: Viewer;
  /** How far the asker's rights reach. */
  readonly reach: Reach;
  /** The secret of a sign-in, where a browser sent one. */
  readonly cookie?: string;
  /** Aborted when the asker goes away before the answer is complete. */
  readonly signal: AbortSignal;
  /** Whether `If-Match` admits this state of the thing; true without the header. Ask it inside the compare-and-set. */
  readonly matches: (answer: Given<A>) => boolean;
  /** The content type the asker likes best of those offered. */
  readonly prefers: (offered: readonly string[]) => string | undefined;
}

/** One endpoint as a route declares it. Unknown params are a 404, other input that does not fit a 400. */
interface Declaration<P, Q, B, A, C extends RefusalCode> {
  readonly method: Method;
  /** As OpenAPI writes it: `/firms/{id}`, below the base. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly scope: AskingScope;
  /** Which right it needs; the roles that may ask follow from it. */
  readonly access?: Access<P, Q, B, NoInfer<C>>;
  /** Whether whoever comes by cookie must have shown lately who he is; `raw`: for a file only. Without it for deletions. */
  readonly fresh?: boolean | 'raw';
  /** It takes workers' ids as they are named, also of registers that were merged into others. */
  readonly asNamed?: boolean;
  /** Whether a look at it is written down; without it what the right says. */
  readonly personal?: boolean;
  /** Roles that may ask where no table decides; without both the operator, and for reading the auditor of the service. */
  readonly roles?: readonly Role[];
  readonly request?: {
    readonly params?: z.ZodType<P>;
    readonly query?: z.ZodType<Q>;
    readonly body?: z.ZodType<B>;
    /** The form field of one file; the body's schema then sees the form's text fields. */
    readonly upload?: UploadWanted;
  };
  readonly response: {
    readonly status: number;
    readonly body?: z.ZodType<A>;
    /** Content types of raw answers that may come instead of the body. */
    readonly raw?: readonly string[];
    /** The answer carries an ETag, and on PATCH `If-Match` is looked at through `matches`. */
    readonly etag?: boolean;
    /** The answer holds a secret: it is not kept for a repeated request. */
    readonly once?: boolean;
  };
  readonly refusals: readonly C[];
  readonly touches?: Touches;
  readonly handle: (
    asked: Asked<P, Q, B, NoInfer<A>>,
  ) => Promise<Outcome<Answered<NoInfer<A>>, NoInfer<C>>> | Outcome<Answered<NoInfer<A>>, NoInfer<C>>;
}

/** The parts of a request before anything is believed about them. */
export interface Incoming {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly file?: UploadedFile;
  readonly viewer: Viewer;
  readonly reach: Reach;
  readonly signal: AbortSignal;
  readonly ifMatch?: string;
  readonly cookie?: string;
  readonly prefers: (offered: readonly string[]) => string | undefined;
}

/** What became of a request. */
export type Acted =
  | {
      readonly kind: 'refused';
      readonly code: RefusalCode;
      readonly detail?: string;
      readonly reasons?: readonly DenialReason[];
      readonly retryAfter?: number;
    }
  | { readonly kind: 'raw'; readonly raw: RawAnswer }
  | { readonly kind: 'body'; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> };

/** A request that fits the endpoint's schemas and can be acted on, or why it does not fit. */
export type Prepared =
  | { readonly ok: true; readonly act: () => Promise<Acted> }
  | { readonly ok: false; readonly code: 'not-found' | 'input-invalid'; readonly errors: readonly InputError[] };

/** An endpoint as the mount and the OpenAPI document see it: its types are spent, `prepare` holds them inside. */
export interface Endpoint {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly scope: AskingScope;
  readonly roles: readonly Role[];
  /** The right that decides about rows and things; without it only `roles` do. */
  readonly right?: Right;
  /** Nobody said who else may ask: only those who see everything. */
  readonly closed: boolean;
  readonly asNamed?: boolean;
  /** It shows data of people: every look is written down (PR-014). */
  readonly personal: boolean;
  /** Whoever comes by cookie must have shown lately who he is: exports and deletions want that. */
  readonly fresh: boolean | 'raw';
  readonly request: {
    readonly params?: z.ZodType;
    readonly query?: z.ZodType;
    readonly body?: z.ZodType;
    readonly upload?: UploadWanted;
  };
  readonly response: {
    readonly status: number;
    readonly body?: z.ZodType;
    readonly raw?: readonly string[];
    readonly etag?: boolean;
    readonly once?: boolean;
  };
  readonly refusals: readonly RefusalCode[];
  readonly touches?: Touches;
  readonly prepare: (incoming: Incoming) => Prepared;
}

/**
 * Declares one endpoint: checks, types, OpenAPI and the list of refusals come from these lines. A handler that does not
 * fit its schemas or refuses with an undeclared code does not compile; an answer is cut to its schema, so nothing leaks.
 */
export function endpoint<P = undefined, Q = undefined, B = undefined, A = undefined, C extends RefusalCode = never>(
  declaration: Declaration<P, Q, B, A, C>,
): Endpoint {
  const { handle, request = {}, response, access, ...rest } = declaration;
  const answerSchema = response.body;
  const cut = (answer: unknown): unknown => (answerSchema ? answerSchema.parse(answer) : undefined);
  return {
    ...rest,
    roles: rolesOf(declaration),
    ...(access ? { right: access.right } : {}),
    fresh: declaration.fresh ?? (declaration.method === 'delete' && declaration.scope !== 'session'),
    personal: declaration.personal ?? (access !== undefined && isPersonal(access.right)),
    closed: !access && !declaration.roles && declaration.scope !== 'none' && declaration.scope !== 'session',
    request,
    response,
    prepare(incoming) {
      const parsed = parseRequest(request, incoming);
      if (!parsed.ok) return parsed;
      const asked: Asked<P, Q, B, A> = {
        ...parsed.value,
        ...present({ file: incoming.file, cookie: incoming.cookie }),
        viewer: incoming.viewer,
        reach: incoming.reach,
        signal: incoming.signal,
        matches: (answer) => admits(incoming.ifMatch, etagOf(cut(answer))),
        prefers: incoming.prefers,
      };
      const act = async (): Promise<Acted> => {
        const denied = access ? await deny(access, parsed.value, incoming.reach) : undefined;
        return denied ?? settle(await handle(asked), cut);
      };
      return { ok: true, act };
    },
  };
}

function rolesOf({
  access,
  roles,
  scope,
}: Pick<Endpoint, 'scope'> & { access?: { right: Right }; roles?: readonly Role[] }) {
  const reading: readonly Role[] = scope === 'read' ? ['operator', 'auditor'] : ['operator'];
  if (roles || !access) return roles ?? reading;
  return allRoles.filter((role) => reading.includes(role) || mayEver(access.right, role));
}

type RequestSchemas<P, Q, B> = Pick<
  NonNullable<Declaration<P, Q, B, unknown, never>['request']>,
  'params' | 'query' | 'body'
>;

function parseRequest<P, Q, B>(schemas: RequestSchemas<P, Q, B>, incoming: Incoming) {
  const params = parsePart(schemas.params, incoming.params);
  if (params.error) return { ok: false, code: 'not-found', errors: [] } as const;
  const query = parsePart(schemas.query, incoming.query);
  const body = parsePart(schemas.body, incoming.body);
  const errors = [...inputErrors('query', query.error), ...inputErrors('body', body.error)];
  if (errors.length > 0) return { ok: false, code: 'input-invalid', errors } as const;
  return { ok: true, value: { params: params.value, query: query.value, body: body.value } } as const;
}

/** A part without schema is undefined, which is what its type parameter says then. */
function parsePart<T>(schema: z.ZodType<T> | undefined, part: unknown): { value: T; error?: z.core.$ZodError } {
  const parsed = schema?.safeParse(part, { reportInput: true });
  return parsed?.success === false ? { value: undefined as T, error: parsed.error } : { value: parsed?.data as T };
}

function settle(outcome: Outcome<unknown, RefusalCode>, cut: (answer: unknown) => unknown): Acted {
  if (!outcome.ok) return { kind: 'refused', ...outcome };
  if (isRawAnswer(outcome.value)) return { kind: 'raw', raw: outcome.value };
  if (isHeadedAnswer(outcome.value)) {
    return { kind: 'body', body: cut(outcome.value.body), headers: outcome.value.headers };
  }
  return { kind: 'body', body: cut(outcome.value) };
}
