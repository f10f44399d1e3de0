import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Config } from './config.ts';
import type { KeyEncryptionKey, KeyKeeper } from './ports-keys.ts';

const Kept = z.object({ current: z.string(), keys: z.record(z.string(), z.string()) });
type Kept = z.infer<typeof Kept>;

interface Ground {
  readonly config: Pick<Config, 'dataDir' | 'keyEncryptionKeys'>;
  /** The master key's own: it wraps until another is made. */
  readonly first: KeyEncryptionKey;
  readonly randomBytes: (size: number) => Buffer;
}

/**
 * The key-encryption keys: what the environment gives, else what `keys.json` of the data folder holds (mode 0600), else the master key's
 * own. Which is current is
 * read from the file each time, so that a service sees at once what a command beside it changed.
 */
export function openKeyRing({ config, first, randomBytes }: Ground): KeyKeeper {
  const { keyEncryptionKeys: given } = config;
  return given ? ringOf(given, first) : fileRing(join(config.dataDir, 'keys.json'), first, randomBytes);
}

function ringOf(given: readonly KeyEncryptionKey[], first: KeyEncryptionKey): KeyKeeper {
  const keys = [...given, first];
  return {
    current: () => Promise.resolve(keys[0] ?? first),
    find: (id) => Promise.resolve(keys.find((key) => key.id === id)),
    ids: () => Promise.resolve(keys.map(({ id }) => id)),
    // The environment is not ours to change: who gives the keys puts a new one in front, and leaves an old one out.
    add: () => Promise.resolve(keys[0] ?? first),
    drop: () => Promise.resolve(false),
  };
}

function fileRing(file: string, first: KeyEncryptionKey, randomBytes: Ground['randomBytes']): KeyKeeper {
  const read = async (): Promise<Kept> => (await readKept(file)) ?? { current: first.id, keys: {} };
  const keyIn = ({ keys }: Kept, id: string): KeyEncryptionKey | undefined => {
    const key = keys[id];
    if (key === undefined) return id === first.id ? first : undefined;
    return { id, key: Buffer.from(key, 'base64') };
  };
  /** What stands under an id never changes. */
  const known = new Map([[first.id, first]]);
  return {
    async current() {
      const kept = await read();
      const key = keyIn(kept, kept.current);
      if (!key) throw new Error(`${file} names ${kept.current} and does not hold it; restore it from a backup.`);
      return key;
    },
    async find(id) {
      const key = known.get(id) ?? keyIn(await read(), id);
      if (key) known.set(id, key);
      return key;
    },
    ids: async () => [first.id, ...Object.keys((await read()).keys)],
    async add() {
      const kept = await read();
      const made = { id: `kek_${randomBytes(4).toString('hex')}`, key: randomBytes(32) };
      await write(file, { current: made.id, keys: { ...kept.keys, [made.id]: made.key.toString('base64') } });
      return made;
    },
    async drop(id) {
      const { current, keys } = await read();
      if (id === current || keys[id] === undefined) return false;
      known.delete(id);
      await write(file, { current, keys: Object.fromEntries(Object.entries(keys).filter(([one]) => one !== id)) });
      return true;
    },
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
    throw new Error(`${file} is damaged; restore it from a backup, since it holds the keys of personal data.`, {
      cause: error,
    });
  }
}

/** On disk before anything is wrapped by it: a key that is lost takes everybody's data with it. */
async function write(file: string, kept: Kept): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(kept, undefined, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
  const folder = await open(dirname(file), 'r');
  await folder.sync().finally(() => folder.close());
}
