import { randomBytes } from 'node:crypto';
import { DatabaseRefusal } from '../db/database-refusal.ts';
import type { connect } from '../models/connection.ts';
import { OTHER_MASTER_KEY, knowsMasterKey } from '../models/startup-checks.ts';
import type { Config } from './config.ts';
import { present } from './domain/present.ts';
import { readSecrets } from './secrets.ts';
import { type MasterCipher, createNumberCipher } from './services/number-cipher.ts';

type Connection = Awaited<ReturnType<typeof connect>>;

/**
 * The cipher for a command that works beside the service, and where the service is reached, if that is known. Throws a
 * {@link DatabaseRefusal} where the key is not the one of the database: what is written with another could not be read by the service.
 */
export async function openMasterCipher(
  config: Config,
  connection: Connection,
): Promise<{ readonly cipher: MasterCipher; readonly baseUrl?: string }> {
  const { secrets, baseUrl } = await readSecrets(config, randomBytes);
  const cipher = createNumberCipher(Buffer.from(secrets.masterKey, 'base64'), randomBytes);
  if (!(await knowsMasterKey(connection, cipher.fingerprint()))) throw new DatabaseRefusal(OTHER_MASTER_KEY);
  return { cipher, ...present({ baseUrl }) };
}
