import fc, { type Arbitrary } from 'fast-check';

/** As much of JSON Schema as our own document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
}

interface Ground {
  readonly schemas: Readonly<Record<string, Schema>>;
  /** Ids, numbers and days that exist: where one fits a schema it is taken more often than not. */
  readonly known: readonly string[];
  /** Values that fields of these names may well have. */
  readonly named: Readonly<Record<string, readonly unknown[]>>;
}

/** Strings that have broken programs: NUL, half characters, digits of other scripts, operators, days that are none. */
export const hostileTexts: readonly string[] = [
  ...['', ' ', '\u0000', 'a\u0000b', '\ud800', 'x\udfff', '\u202e', '\ufffe', '\ufeff', '\r\nX-A: b', '\u2028'],
  ...['😀', '👨‍👩‍👧', '１２３４', '٣٤٥', '𝟘𝟙𝟚', '²', '〇', 'Ⅳ', 'ｱ', 'ガ', '㍿', '﷽', 'é', 'İ', 'ß'],
  ...['$where', '{"$gt":""}', '__proto__', 'constructor', 'toString', '../../etc/passwd', "' OR 1=1 --", '%00', '%'],
  ...['null', 'NaN', '-0', '1e400', '0x10', '99999999999999999999', 'true', '[]', '<script>', '=1+1', '+81', '#', '?'],
  ...[
    '2026-02-30',
    '0000-01-01',
    '9999-12-31',
    '+275760-09-13',
    '2026-11-24T25:00:00+09:00',
    '２０２６-11-24',
    '24:00',
  ],
  ...['x'.repeat(2_000), '界'.repeat(700), '0'.repeat(400), '-'.repeat(300)],
];

const HUGE = 'あ'.repeat(60_000);
const ODD_KEYS = [
  '__proto__',
  'constructor',
  'toString',
  '$where',
  '$set',
  'a.b',
  '',
  'id',
  '_id',
  'rev',
  '\u0000',
  '界',
];

const textual = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary', maxLength: 30 }));
const oddNumber = fc.constantFrom(0, -0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 5e-324, 1e21);
const oddThing = fc.constantFrom<unknown>(
  null,
  true,
  false,
  [],
  {},
  [[]],
  { $gt: '' },
  [null],
  { $ne: null },
  { a: { b: 1 } },
);

/** Any value of JSON, with a liking for the odd ones. */
export const hostileValue: Arbitrary<unknown> = fc.oneof(
  { arbitrary: textual, weight: 4 },
  { arbitrary: oddNumber, weight: 2 },
  { arbitrary: oddThing, weight: 3 },
  { arbitrary: fc.constant(HUGE), weight: 1 },
  { arbitrary: fc.nat(3000).map(nested), weight: 1 },
);

/** Values for a schema: such as fit it, boundaries included, and such as fit it in all but one place. */
export function createMaker({ schemas, known, named }: Ground) {
  const follow = (schema: Schema): Schema => {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : follow(schemas[name] ?? {});
  };

  function fitting(wanted: Schema): Arbitrary<unknown> {
    const schema = follow(wanted);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return fc.oneof(...choices.map(fitting));
    if ('const' in schema) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const types = [schema.type ?? []].flat();
    return types.length === 0 ? hostileValue : fc.oneof(...types.map((type) => ofType(type, schema)));
  }

  function ofType(type: string, schema: Schema): Arbitrary<unknown> {
    switch (type) {
      case 'string':
        return fittingText(schema, known);
      case 'integer':
      case 'number':
        return fittingNumber(schema);
      case 'boolean':
        return fc.boolean();
      case 'array':
        return fittingList(schema);
      case 'object':
        return fittingObject(schema);
      default:
        return fc.constant(null);
    }
  }

  function fittingList({ items = {}, minItems = 0, maxItems = 3 }: Schema): Arbitrary<unknown> {
    return fc.array(fitting(items), { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 3)) });
  }

  /** Its name says of a text what its schema does not: that it is a telephone number, a reason. */
  function field(name: string, schema: Schema): Arbitrary<unknown> {
    const usual = named[name];
    return usual ? fc.oneof({ arbitrary: fc.constantFrom(...usual), weight: 4 }, fitting(schema)) : fitting(schema);
  }

  function fittingObject({ properties = {}, required = [], additionalProperties }: Schema): Arbitrary<object> {
    const model = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, field(name, one)]));
    const fields = fc.record(model, { requiredKeys: [...required] });
    if (typeof additionalProperties !== 'object') return fields;
    const more = fc.dictionary(fc.constantFrom('a', '氏名', ...ODD_KEYS), fitting(additionalProperties), {
      maxKeys: 3,
    });
    return fc.tuple(fields, more).map(([one, other]) => ({ ...one, ...other }));
  }

  /** Fits in all but one place, or not at all. */
  function broken(wanted: Schema): Arbitrary<unknown> {
    const schema = follow(wanted);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return fc.oneof(hostileValue, ...choices.map(broken));
    if (schema.type === 'array') return fc.oneof(hostileValue, brokenList(schema));
    return schema.type === 'object'
      ? fc.oneof({ arbitrary: brokenObject(schema), weight: 8 }, hostileValue)
      : hostileValue;
  }

  function brokenList({ items = {}, maxItems = 300 }: Schema): Arbitrary<unknown> {
    const long = fitting(items).map((item) => Array.from({ length: maxItems + 1 }, () => item));
    const twice = fitting(items).map((item) => [item, item]);
    return fc.oneof(fc.constant([]), long, twice, fc.array(broken(items), { minLength: 1, maxLength: 2 }));
  }

  function brokenObject(schema: Schema): Arbitrary<unknown> {
    const whole = fittingObject(schema);
    const extra = fc
      .tuple(whole, fc.constantFrom(...ODD_KEYS), hostileValue)
      .map(([one, name, value]) => withKey(one, name, value));
    const names = Object.keys(schema.properties ?? {});
    if (names.length === 0) return extra;
    const spoilt = fc
      .constantFrom(...names)
      .chain((name) =>
        fc
          .tuple(whole, fc.option(broken(schema.properties?.[name] ?? {}), { nil: undefined, freq: 8 }))
          .map(([one, value]) => withKey(one, name, value)),
      );
    return fc.oneof({ arbitrary: spoilt, weight: 4 }, { arbitrary: extra, weight: 1 });
  }

  return { fitting, broken, field };
}

/** An own member, also where its name means something to objects; undefined takes it away. */
function withKey(one: object, name: string, value: unknown): object {
  const copy = { ...one };
  Object.defineProperty(copy, name, { value, enumerable: true, configurable: true });
  return copy;
}

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let i = 0; i < depth; i += 1) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}

function fittingText(
  { pattern, format, minLength = 0, maxLength = 200 }: Schema,
  known: readonly string[],
): Arbitrary<string> {
  const shape = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  const pool = known.filter((one) => (shape ? shape.test(one) : one.length >= minLength && one.length <= maxLength));
  const made = shape ? fc.stringMatching(shape) : madeText(format, minLength, maxLength);
  return pool.length === 0 ? made : fc.oneof({ arbitrary: fc.constantFrom(...pool), weight: shape ? 3 : 1 }, made);
}

function madeText(format: string | undefined, minLength: number, maxLength: number): Arbitrary<string> {
  if (format === 'date') return fc.constantFrom('2026-11-24', '2026-11-01', '2024-02-29', '1970-01-01', '9999-12-31');
  if (format === 'date-time')
    return fc.constantFrom('2026-11-24T07:41:00+09:00', '2030-01-01T00:00:00Z', '0001-01-01T00:00:00Z');
  if (format === 'email') return fc.constantFrom('fuzz@example.jp', 'FUZZ+1@example.jp');
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength;
  const hostile = hostileTexts.filter(fits);
  const plain = fc.constantFrom('見本', 'ミホン', 'みほん　太郎', 'A', '髙﨑', '090-1234-5678', '34-01').filter(fits);
  const bounds = fc.constantFrom('あ'.repeat(Math.max(1, minLength)), '亜'.repeat(maxLength), 'ア'.repeat(maxLength));
  return minLength > 5
    ? bounds
    : fc.oneof({ arbitrary: plain, weight: 5 }, bounds, fc.constantFrom('x', ...hostile).filter(fits));
}

function fittingNumber({ type, minimum = -5, maximum = 100_000 }: Schema): Arbitrary<number> {
  const whole = fc.oneof(
    fc.constantFrom(minimum, maximum),
    fc.integer({ min: Math.ceil(minimum), max: Math.floor(maximum) }),
  );
  return type === 'integer' ? whole : fc.oneof(whole, fc.double({ min: minimum, max: maximum, noNaN: true }));
}
