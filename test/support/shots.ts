import fc, { type Arbitrary } from 'fast-check';
import { createMaker, type Schema } from './arbitrary-of-schema.ts';
import type { OpenApi, Operation } from './declared-answers.ts';
import type { RawRequest } from './raw-request.ts';

const BASE = '/api/v1';
const JSON_TYPE = 'application/json';
const LONGEST_ADDRESS = 6_000;
const BOUNDARY = 'a-boundary-of-the-tests';

/** Who asks: by the headers that say so. */
export type Asker = Readonly<Record<string, string>>;

interface Ground {
  readonly document: OpenApi;
  readonly known: readonly string[];
  readonly named: Readonly<Record<string, readonly unknown[]>>;
  /** What stands at `{id}` below the first words of a path. */
  readonly things: Readonly<Record<string, string>>;
  /** Those who hold a key or a sign-in, and those who hold none. */
  readonly askers: { readonly admitted: readonly Asker[]; readonly others: readonly Asker[] };
}

interface Body {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Requests for the operations of a document: right in every part, or wrong in some. */
export function createShots({ document, known, named, things, askers }: Ground) {
  const { fitting, broken, field } = createMaker({ schemas: document.components.schemas, known, named });
  const thingAt = (path: string) => Object.entries(things).find(([start]) => path.startsWith(`/${start}/{id}`))?.[1];
  const part = (schema: Schema) =>
    fc.oneof({ arbitrary: fitting(schema), weight: 4 }, { arbitrary: broken(schema), weight: 1 });

  function placeOf(path: string, name: string, schema: Schema): Arbitrary<unknown> {
    const thing = name === 'id' ? thingAt(path) : undefined;
    const usual = thing === undefined ? field(name, schema) : fc.constant(thing);
    return fc.oneof({ arbitrary: usual, weight: 4 }, part(schema));
  }

  function addressOf(path: string, { parameters = [] }: Operation): Arbitrary<string> {
    const values = parameters
      .filter((one) => one.in === 'path')
      .map(({ name, schema }) => placeOf(path, name, schema).map((value) => [name, segment(value)] as const));
    const filled = fc
      .tuple(...values)
      .map((all) => all.reduce((text, [name, value]) => text.replace(`{${name}}`, () => value), path));
    const queries = parameters
      .filter((one) => one.in === 'query')
      .map((one) => queryOf(one, fc.oneof(field(one.name, one.schema), part(one.schema))));
    const odd = fc.constantFrom(
      '?',
      '?a=1',
      '?limit=1&limit=2',
      '?limit[]=1',
      '?__proto__=1',
      '?%',
      '?cursor=%00',
      '?&&==',
    );
    const asked = fc.oneof(
      { arbitrary: fc.tuple(...queries).map((pairs) => query(pairs)), weight: 6 },
      { arbitrary: odd, weight: 1 },
    );
    return fc.tuple(filled, asked).map(([one, rest]) => `${BASE}${one}${rest}`.slice(0, LONGEST_ADDRESS));
  }

  function bodyOf({ requestBody }: Operation): Arbitrary<Body | undefined> {
    const [[type, { schema }] = ['', { schema: undefined }]] = Object.entries(requestBody?.content ?? {});
    if (!schema)
      return fc.option(fc.constant({ type: JSON_TYPE, bytes: Buffer.from('{"a":1}') }), { nil: undefined, freq: 9 });
    const whole = fc.oneof({ arbitrary: fitting(schema), weight: 6 }, { arbitrary: broken(schema), weight: 3 });
    const said = whole.map((value) => (type === JSON_TYPE ? jsonBody(value) : formBody(value)));
    return fc.oneof(
      { arbitrary: said, weight: 12 },
      { arbitrary: spoiltBody(said), weight: 1 },
      { arbitrary: oddBody, weight: 1 },
    );
  }

  return (method: string, path: string, operation: Operation): Arbitrary<RawRequest> =>
    fc
      .record({
        address: addressOf(path, operation),
        asker: fc.oneof(
          { arbitrary: fc.constantFrom(...askers.admitted), weight: 8 },
          fc.constantFrom(...askers.others),
        ),
        body: bodyOf(operation),
        extra: extraHeaders,
      })
      .map(({ address, asker, body, extra }) => ({
        method,
        path: address,
        headers: {
          ...extra,
          ...asker,
          ...(body ? { 'content-type': body.type, 'content-length': String(body.bytes.length) } : {}),
        },
        ...(body ? { body: body.bytes } : {}),
      }));
}

const extraHeaders: Arbitrary<Asker> = fc.oneof(
  { arbitrary: fc.constant({}), weight: 6 },
  fc.constantFrom<Asker>(
    { 'idempotency-key': 'again' },
    { 'idempotency-key': 'x'.repeat(300) },
    { 'idempotency-key': ' ' },
    { 'if-match': '"0000"' },
    { 'if-match': '*' },
    { 'if-none-match': '*' },
    { accept: 'text/csv' },
    { accept: 'image/png' },
    { accept: ';;q=x' },
    { 'x-csrf-token': 'x' },
    { 'accept-language': '\u00ff' },
    { range: 'bytes=0-1' },
    { 'content-encoding': 'gzip' },
  ),
);

const oddBody: Arbitrary<Body> = fc
  .tuple(
    fc.constantFrom(
      JSON_TYPE,
      'application/json; charset=utf-16',
      'application/json; charset=x',
      'text/plain',
      'multipart/form-data',
      'x',
    ),
    fc.oneof(
      fc.constantFrom(
        '',
        '{',
        'null',
        '[]',
        '"x"',
        '{"a":1,"a":2}',
        '\ufeff{}',
        '{"\\ud800":1}',
        '1e999',
        `[${'['.repeat(50_000)}`,
      ),
      fc.constantFrom('['.repeat(20_000) + ']'.repeat(20_000), `{"a":"${'x'.repeat(300_000)}"}`),
      fc.json(),
    ),
  )
  .map(([type, text]) => ({ type, bytes: Buffer.from(text) }));

function spoiltBody(whole: Arbitrary<Body>): Arbitrary<Body> {
  const spoil = fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255), fc.boolean());
  return fc.tuple(whole, spoil).map(([{ type, bytes }, [place, byte, cut]]) => {
    const at = Math.floor(place * bytes.length);
    const copy = Buffer.from(cut ? bytes.subarray(0, at) : bytes);
    if (!cut && copy.length > 0) copy[at] = byte;
    return { type, bytes: copy };
  });
}

/** A part of the path: never empty and never dots alone, which would be another address. */
function segment(value: unknown): string {
  const text = textOf(value).slice(0, 1_000);
  return /^\.{0,2}$/.test(text) ? '-' : encode(text);
}

function queryOf(
  { name, required = false }: { readonly name: string; readonly required?: boolean },
  value: Arbitrary<unknown>,
) {
  const pair = value.map((one) => `${name}=${encode(textOf(one))}`);
  return required ? pair : fc.option(pair, { nil: undefined, freq: 1 });
}

function query(pairs: readonly (string | undefined)[]): string {
  const said = pairs.filter((pair) => pair !== undefined);
  return said.length === 0 ? '' : `?${said.join('&')}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Half characters, which no address can hold, become the bytes that a careless program would send. */
function encode(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80';
}

function jsonBody(value: unknown): Body {
  return { type: JSON_TYPE, bytes: Buffer.from(JSON.stringify(value) ?? 'null') };
}

function formBody(value: unknown): Body {
  const fields = Object.entries(typeof value === 'object' && value !== null ? value : { text: value });
  const parts = fields.map(([name, one]) => {
    const file = name === 'file' ? '; filename="名簿.csv"\r\nContent-Type: text/csv' : '';
    return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${textOf(one)}\r\n`;
  });
  return {
    type: `multipart/form-data; boundary=${BOUNDARY}`,
    bytes: Buffer.from(`${parts.join('')}--${BOUNDARY}--\r\n`),
  };
}
