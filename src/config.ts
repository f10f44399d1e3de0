import { z } from 'zod';
import { present } from './domain/present.ts';
import { type RetentionTerms, readTerms } from './domain/retention.ts';
import type { KeyEncryptionKey } from './ports-keys.ts';

const onOff = z.enum(['on', 'off']);
const port = z.coerce.number().int().min(0).max(65535);
const blank = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blank, schema.optional());
const withDefault = <T extends z.ZodType>(schema: T, value: z.input<T>) =>
  z.preprocess((given) => blank(given) ?? value, schema);

const list = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((token) => token.trim())
      .filter((token) => token !== ''),
  )
  .refine((tokens) => tokens.length > 0, 'must name at least one token');

const keyList = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim().split(':')))
  .refine(
    (keys) =>
      keys.every(([id = '', key = '']) => /^kek_[a-z0-9]{1,20}$/.test(id) && Buffer.from(key, 'base64').length === 32),
    'must be kek_name:base64 of 32 bytes, separated by commas',
  )
  .transform((keys) => keys.map(([id = '', key = '']) => ({ id, key: Buffer.from(key, 'base64') })));

const termList = z.string().transform((text, context): RetentionTerms => {
  const terms = readTerms(text);
  if (terms) return terms;
  context.issues.push({ code: 'custom', message: 'must be kind=days of the table, none below its least', input: text });
  return z.NEVER;
});

/** Every variable of the environment, as `.env.example` documents them. */
export const variables = {
  HOST: withDefault(z.string().max(255), '127.0.0.1'),
  PORT: withDefault(port, 3000),
  LOG_LEVEL: withDefault(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']), 'info'),
  PUBLIC_BASE_URL: optional(
    z
      .url({ protocol: /^https?$/ })
      .refine((text) => !/[?#]/.test(text), 'must not hold a query or fragment')
      .transform((text) => text.replace(/\/+$/, '')),
  ),
  MONGODB_URI: optional(z.string().regex(/^mongodb(\+srv)?:\/\/\S+$/, 'must begin with mongodb:// or mongodb+srv://')),
  DATABASE_ENGINE: withDefault(z.enum(['auto', 'mongod', 'java']), 'auto'),
  MONGOMS_SYSTEM_BINARY: optional(z.string()),
  DATA_DIR: withDefault(z.string(), './data'),
  TWILIO_ACCOUNT_SID: optional(
    z.union(
      [z.string().regex(/^AC[0-9a-f]{32}$/), z.uuid()],
      'must be AC and 32 hex digits, or the UUID of a Somleng account',
    ),
  ),
  TWILIO_AUTH_TOKENS: optional(list),
  CARRIER_API_URL: optional(z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''))),
  JAMBONZ_WEBHOOK_SECRET: optional(z.string().min(8, 'must have 8 characters or more')),
  AGI_PORT: optional(port),
  MESSAGE_FROM: optional(
    z
      .string()
      .regex(/^(\+[1-9]\d{6,14}|[A-Za-z0-9 ]{1,11})$/, 'must be a number in E.164 or a name of up to 11 letters'),
  ),
  CANARY: optional(onOff),
  REGISTRY_URL: optional(z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''))),
  REGISTRY_TOKEN: optional(z.string().min(8)),
  ADMIN_API_KEY: optional(z.string().min(16, 'must have 16 characters or more')),
  MASTER_KEY: optional(
    z.string().refine((text) => Buffer.from(text, 'base64').length === 32, 'must be the base64 of 32 bytes'),
  ),
  KEY_ENCRYPTION_KEYS: optional(keyList),
  RETENTION_DAYS: optional(termList),
  SANDBOX: optional(onOff),
  SANDBOX_PORT: withDefault(port, 3001),
} as const;

const Environment = z.object(variables);
type Environment = z.infer<typeof Environment>;

/** What is made once and kept in the data folder where the environment does not give it. */
export interface Secrets {
  readonly twilioAccountSid: string;
  readonly twilioAuthTokens: readonly string[];
  readonly adminApiKey: string;
  readonly masterKey: string;
  readonly registryToken: string;
}

/** The whole configuration, read once, passed in, never looked up. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly logLevel: Environment['LOG_LEVEL'];
  readonly publicBaseUrl: string;
  readonly database: {
    readonly uri?: string;
    readonly engine: 'auto' | 'mongod' | 'java';
    readonly binary?: string;
  };
  readonly dataDir: string;
  readonly sandbox: false | { readonly port: number };
  /** Absent: the sandbox's list of calls, or without a sandbox Twilio's. */
  readonly carrierApiUrl?: string;
  /** Absent: no line of a jambonz. */
  readonly jambonzSecret?: string;
  /** Absent: no line of an Asterisk. */
  readonly agiPort?: number;
  /** What texts to people come from; absent: none is sent. */
  readonly messageFrom?: string;
  /** Whether the service calls itself once an hour. */
  readonly canary: boolean;
  /** Keys that wrap the data keys of workers, the first for new ones; absent: those of the data folder. */
  readonly keyEncryptionKeys?: readonly KeyEncryptionKey[];
  /** Terms of retention that differ from the table's. */
  readonly retentionDays: RetentionTerms;
  /** Absent: the sandbox's registry. */
  readonly registryUrl?: string;
  /** What the environment gives of the secrets; the rest is made. */
  readonly given: Partial<Secrets>;
}

export type ConfigReading =
  { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly complaints: readonly string[] };

/** Reads the environment; all complaints come at once, each naming its variable and never its value. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigReading {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    return { ok: false, complaints: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) };
  }
  const complaints = missingFor(parsed.data);
  return complaints.length > 0 ? { ok: false, complaints } : { ok: true, config: toConfig(parsed.data) };
}

/** In the sandbox texts go no further than its list of messages, so that they need no number of ours. */
function senderOfTexts(env: Environment): string | undefined {
  if (env.MESSAGE_FROM !== undefined) return env.MESSAGE_FROM;
  return sandboxIsOn(env) && env.CARRIER_API_URL === undefined ? 'GENBA' : undefined;
}

function sandboxIsOn({ SANDBOX, REGISTRY_URL }: Environment): boolean {
  return SANDBOX === undefined ? REGISTRY_URL === undefined : SANDBOX === 'on';
}

/** The real thing makes nothing up: every address and secret must be given. */
function missingFor(env: Environment): readonly string[] {
  if (sandboxIsOn(env)) return [];
  const needed = [
    'PUBLIC_BASE_URL',
    'TWILIO_ACCOUNT_SID',
    'TWILIO_AUTH_TOKENS',
    'REGISTRY_URL',
    'REGISTRY_TOKEN',
    'ADMIN_API_KEY',
    'MASTER_KEY',
  ] as const;
  return needed.filter((name) => env[name] === undefined).map((name) => `${name}: must be given with SANDBOX=off`);
}

/** Without a public address the service is called at this machine, which it certainly reaches; else only where that was tried. */
function callsItself({ CANARY, PUBLIC_BASE_URL, PORT }: Environment): boolean {
  return CANARY === undefined ? PUBLIC_BASE_URL === undefined && PORT !== 0 : CANARY === 'on';
}

function toConfig(env: Environment): Config {
  const given = {
    twilioAccountSid: env.TWILIO_ACCOUNT_SID,
    twilioAuthTokens: env.TWILIO_AUTH_TOKENS,
    adminApiKey: env.ADMIN_API_KEY,
    masterKey: env.MASTER_KEY,
    registryToken: env.REGISTRY_TOKEN,
  };
  return {
    host: env.HOST,
    port: env.PORT,
    logLevel: env.LOG_LEVEL,
    publicBaseUrl: env.PUBLIC_BASE_URL ?? `http://localhost:${String(env.PORT)}`,
    database: {
      engine: env.DATABASE_ENGINE,
      ...(env.MONGODB_URI ? { uri: env.MONGODB_URI } : {}),
      ...(env.MONGOMS_SYSTEM_BINARY ? { binary: env.MONGOMS_SYSTEM_BINARY } : {}),
    },
    dataDir: env.DATA_DIR,
    sandbox: sandboxIsOn(env) ? { port: env.SANDBOX_PORT } : false,
    ...(env.CARRIER_API_URL ? { carrierApiUrl: env.CARRIER_API_URL } : {}),
    ...(env.JAMBONZ_WEBHOOK_SECRET ? { jambonzSecret: env.JAMBONZ_WEBHOOK_SECRET } : {}),
    ...(env.AGI_PORT === undefined ? {} : { agiPort: env.AGI_PORT }),
    ...present({ messageFrom: senderOfTexts(env) }),
    canary: callsItself(env),
    ...present({ keyEncryptionKeys: env.KEY_ENCRYPTION_KEYS }),
    retentionDays: env.RETENTION_DAYS ?? {},
    ...(env.REGISTRY_URL ? { registryUrl: env.REGISTRY_URL } : {}),
    given: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}
