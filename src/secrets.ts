import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config, Secrets } from './config.ts';
import { present } from './domain/present.ts';

const Kept = z.object({
  twilioAccountSid: z.string(),
  twilioAuthTokens: z.array(z.string()).min(1),
  adminApiKey: z.string(),
  masterKey: z.string(),
  registryToken: z.string(),
  baseUrl: z.string().exactOptional(),
});
type Kept = z.infer<typeof Kept>;

/** What the file holds beside the secrets: where a simulated caller finds the service. */
interface Address {
  readonly baseUrl?: string;
  readonly publicBaseUrl?: string;
  /** Where the sandbox's control API is, when its port is fixed. */
  readonly sandboxUrl?: string;
}

/**
 * The secrets: what the environment gives, else what was made at the first start and is kept in `secrets.json` (mode 0600).
 * `made` tells which were made now. A file that cannot be read is an exception: nothing is made over it.
 */
export async function keepSecrets(
  config: Config,
  address: Address,
  random: (bytes: number) => Buffer,
): Promise<{ readonly secrets: Secrets; readonly firstStart: boolean }> {
  const file = join(config.dataDir, 'secrets.json');
  const kept = await readKept(file);
  const secrets: Secrets = { ...(kept ?? makeSecrets(random)), ...config.given };
  if (config.sandbox !== false) await writeKept(file, { ...secrets, ...address });
  return { secrets, firstStart: kept === undefined };
}

/**
 * The same for a command that works beside the service: the file stays as the service wrote it, with the addresses where it is
 * reached, which a command started with another environment does not know. `baseUrl` is absent where no service wrote one.
 */
export async function readSecrets(
  config: Config,
  random: (bytes: number) => Buffer,
): Promise<{ readonly secrets: Secrets; readonly baseUrl?: string }> {
  const file = join(config.dataDir, 'secrets.json');
  const kept = await readKept(file);
  if (!kept) return keepSecrets(config, {}, random);
  const { baseUrl, ...secrets } = kept;
  return { secrets: { ...secrets, ...config.given }, ...present({ baseUrl }) };
}

function makeSecrets(random: (bytes: number) => Buffer): Secrets {
  return {
    twilioAccountSid: `AC${random(16).toString('hex')}`,
    twilioAuthTokens: [random(16).toString('hex')],
    adminApiKey: random(24).toString('base64url'),
    masterKey: random(32).toString('base64'),
    registryToken: random(24).toString('base64url'),
  };
}

async function readKept(file: string): Promise<Kept | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return Kept.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${file} is damaged; restore it from a backup, since it holds the key of the telephone numbers.`, {
      cause: error,
    });
  }
}

async function writeKept(file: string, content: Secrets & Address): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
