import { join } from 'node:path';
import { DryMongoBinary, MongoBinary } from 'mongodb-memory-server-core';
import downloadUrl from 'mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl.js';

const PROBE_MS = 3_000;

/** The mongod that an earlier start downloaded, or undefined. */
export async function findDownloadedMongod(cacheDir: string): Promise<string | undefined> {
  const options = await DryMongoBinary.generateOptions(where(cacheDir)).catch(() => undefined);
  return options && DryMongoBinary.locateBinary(options).catch(() => undefined);
}

/**
 * Downloads mongod into the cache, or answers why not.
 *
 * Asks the download site first and gives it three seconds, because the download itself takes long to give up.
 */
export async function downloadMongod(
  cacheDir: string,
  progress: (sentence: string) => void,
): Promise<{ readonly path: string } | { readonly why: string }> {
  if (!(await isDownloadOpen(cacheDir))) return { why: 'its download site cannot be reached' };
  progress('Downloading mongod (about 100 MB, once per clone).');
  try {
    return { path: await MongoBinary.getPath(where(cacheDir)) };
  } catch (error) {
    return { why: `its download failed (${error instanceof Error ? error.message : String(error)})` };
  }
}

async function isDownloadOpen(cacheDir: string): Promise<boolean> {
  try {
    const options = await DryMongoBinary.generateOptions(where(cacheDir));
    const url = await new downloadUrl.MongoBinaryDownloadUrl(options).getDownloadUrl();
    const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) });
    return answer.ok;
  } catch {
    return false;
  }
}

function where(cacheDir: string) {
  return { downloadDir: join(cacheDir, 'mongod') };
}
