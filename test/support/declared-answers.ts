import { z } from 'zod';
import type { Schema } from './arbitrary-of-schema.ts';
import type { RawReply } from './raw-request.ts';

interface Answer {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

/** One operation of the OpenAPI document. */
export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, Answer>>;
}

/** As much of an OpenAPI document as the tests read. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

type Definitions = NonNullable<Exclude<Local['$defs'], undefined>>;
type Local = Exclude<Parameters<typeof z.fromJSONSchema>[0], boolean>;

/** Refusals that pass by themselves. */
const BUSY: ReadonlySet<number> = new Set([429, 503]);

/** Holds answers against what the OpenAPI document declares: says what is wrong with one, nothing where it keeps its word. */
export function createJudge({ components }: OpenApi) {
  const readers = new Map<Schema, z.ZodType>();
  const $defs = localised(components.schemas) as Definitions;
  const readerOf = (schema: Schema): z.ZodType => {
    const known = readers.get(schema);
    if (known) return known;
    const made = z.fromJSONSchema({ ...(localised(schema) as Local), $defs });
    readers.set(schema, made);
    return made;
  };

  return ({ responses }: Operation, reply: RawReply): string | undefined => {
    const { status, headers, text } = reply;
    if (status >= 500 && !text.includes('login-busy')) return 'it broke';
    const declared = responses[String(status)];
    if (!declared) return 'a status that is not declared';
    if (headers['x-request-id'] === undefined) return 'no request id';
    if (BUSY.has(status) && !(Number(headers['retry-after']) >= 1)) return 'no word when to ask again';
    if (!declared.content) return text === '' ? undefined : 'a body where none is declared';
    return bodyComplaint(declared, declared.content, reply, readerOf);
  };
}

function bodyComplaint(
  declared: Answer,
  content: NonNullable<Answer['content']>,
  { status, headers, text }: RawReply,
  readerOf: (schema: Schema) => z.ZodType,
): string | undefined {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  const wanted = content[type];
  if (!wanted) return `content of the type ${type || 'none'}`;
  if (!type.endsWith('json')) return undefined;
  const body: unknown = JSON.parse(text);
  const read = readerOf(wanted.schema).safeParse(body);
  if (!read.success) return z.prettifyError(read.error).slice(0, 500);
  return status >= 400 ? refusalComplaint(declared, status, body) : undefined;
}

/** References as zod follows them. */
function localised(schemas: object): unknown {
  return JSON.parse(JSON.stringify(schemas).replaceAll('#/components/schemas/', '#/$defs/'));
}

/** The refusals of a status are named in its description. */
function refusalComplaint({ description }: Answer, status: number, body: unknown): string | undefined {
  const problem = body as { readonly code: string; readonly status: number; readonly errors?: readonly unknown[] };
  if (problem.status !== status) return 'another status inside';
  if (!description.includes(`\`${problem.code}\``)) return 'a code that is not declared';
  if (problem.code === 'input-invalid' && (problem.errors ?? []).length === 0) return 'nothing is said to be wrong';
  return undefined;
}
