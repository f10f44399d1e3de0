import { z } from 'zod';
import { type Outcome, accept } from '../src/domain/outcome.ts';
import { decline } from './read-words.ts';

/** What the words are read with: the environment, and the text of the service's secrets file. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly secrets: string | undefined;
}

/** Addresses as typed; they win over what the service wrote down. */
export interface AddressWords {
  readonly url?: string;
  readonly sandbox?: string;
}

/** Where the service listens, and what a carrier signs with. */
export interface ServiceAddress {
  readonly baseUrl: string;
  readonly publicBaseUrl: string;
  readonly accountSid: string;
  readonly token: string;
}

const Secrets = z.object({
  publicBaseUrl: z.string().optional(),
  baseUrl: z.string().optional(),
  sandboxUrl: z.string().optional(),
  twilioAccountSid: z.string().optional(),
  twilioAuthTokens: z.array(z.string()).optional(),
  adminApiKey: z.string().optional(),
});

const UNREADABLE = 'The secrets file of the data folder cannot be read; start the service once (npm start).';
const START_ONCE =
  'start the service once (npm start), which writes secrets.json into its data folder (--data-dir), or set';

/** Where calls go and how they are signed; the environment wins over the secrets. */
export function findService(
  { url }: AddressWords,
  { env, secrets }: Surroundings,
): Outcome<ServiceAddress, 'call-unplayable'> {
  const kept = readSecrets(secrets);
  if (!kept) return decline(UNREADABLE);
  const { publicBaseUrl, baseUrl, twilioAccountSid: accountSid, twilioAuthTokens } = { ...kept, ...readEnv(env) };
  const token = twilioAuthTokens?.[0];
  if (!token || !accountSid)
    return decline(`There is nothing to sign with: ${START_ONCE} TWILIO_AUTH_TOKENS and TWILIO_ACCOUNT_SID.`);
  const reached = trimUrl(url ?? baseUrl ?? nameListener(env, env['PORT'] || '3000'));
  const signed = trimUrl(publicBaseUrl ?? reached);
  const wrong = [reached, signed].find((address) => !isAddress(address));
  if (wrong !== undefined) return decline(`"${wrong}" is not an address: write it as http://localhost:3000.`);
  return accept({ baseUrl: reached, publicBaseUrl: signed, accountSid, token });
}

/** Where the sandbox's control API is. */
export function findSandbox(
  { sandbox }: AddressWords,
  { env, secrets }: Surroundings,
): Outcome<string, 'call-unplayable'> {
  const kept = readSecrets(secrets);
  if (!kept) return decline(UNREADABLE);
  const reached = trimUrl(sandbox ?? kept.sandboxUrl ?? nameListener(env, env['SANDBOX_PORT'] || '3001'));
  return isAddress(reached)
    ? accept(reached)
    : decline(`"${reached}" is not an address: write it as http://localhost:3001.`);
}

/** The first key of the admin API. */
export function findAdminKey({ env, secrets }: Surroundings): Outcome<string, 'call-unplayable'> {
  const kept = readSecrets(secrets);
  if (!kept) return decline(UNREADABLE);
  const key = env['ADMIN_API_KEY'] || kept.adminApiKey;
  return key ? accept(key) : decline(`There is no key of the admin API: ${START_ONCE} ADMIN_API_KEY.`);
}

function isAddress(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text);
}

function nameListener(env: Surroundings['env'], port: string): string {
  return `http://${env['HOST'] || '127.0.0.1'}:${port}`;
}

/** Variables that are set, an empty one counting as unset; any of the service's tokens will do. */
function readEnv(env: Surroundings['env']): z.infer<typeof Secrets> {
  const tokens = (env['TWILIO_AUTH_TOKENS'] ?? '')
    .split(',')
    .map((token) => token.trim())
    .filter(Boolean);
  return {
    ...(env['PUBLIC_BASE_URL'] ? { publicBaseUrl: env['PUBLIC_BASE_URL'] } : {}),
    ...(env['TWILIO_ACCOUNT_SID'] ? { twilioAccountSid: env['TWILIO_ACCOUNT_SID'] } : {}),
    ...(tokens.length > 0 ? { twilioAuthTokens: tokens } : {}),
  };
}

function readSecrets(text: string | undefined): z.infer<typeof Secrets> | undefined {
  if (text === undefined) return {};
  try {
    return Secrets.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function trimUrl(url: string): string {
  return url.replace(/\/+$/, '');
}
