import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of a data folder's secrets file; a missing one is undefined, an unreadable one is like a broken one. */
export function readSecretsFile(dataDir: string): string | undefined {
  const path = join(dataDir, 'secrets.json');
  if (!existsSync(path)) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
