import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { DataKeyStore, KeyEncryptionKey, KeyKeeper, WrappedKey } from '../ports-keys.ts';
import { inParallel } from './in-parallel.ts';
import { rewrapKey } from './person-vault.ts';

/** So many data keys are rewrapped by one step, and so many at once. */
const STEP = 200;
const AT_ONCE = 4;

interface Parts {
  readonly keys: DataKeyStore;
  readonly ring: KeyKeeper;
  readonly randomBytes: (size: number) => Buffer;
}

/**
 * Puts every data key under a new key-encryption key, step by step. Whoever is killed in between begins again where he was: a rotation
 * that is not finished is finished before another key is made, and until then both keys open what they wrap.
 */
export function createKeyRotation({ keys, ring, randomBytes }: Parts) {
  const rewrapUnder = (to: KeyEncryptionKey) => async (key: WrappedKey) => {
    const from = await ring.find(key.kek);
    if (!from) throw new Error(`the key-encryption key ${key.kek} is not at hand`);
    await keys.rewrap(rewrapKey(key, { from, to, randomBytes }), key.kek);
  };

  return {
    /** Makes a new key, unless an earlier rotation is not finished. */
    async begin(): Promise<{ readonly kek: string; readonly resumed: boolean }> {
      const { id } = await ring.current();
      const resumed = (await keys.notUnder(id, 1)).length > 0;
      return { kek: resumed ? id : (await ring.add()).id, resumed };
    },
    /** Rewraps some; 0 when all are under the current key. */
    async step(most = STEP): Promise<number> {
      const to = await ring.current();
      const some = await keys.notUnder(to.id, most);
      await inParallel(some, AT_ONCE, rewrapUnder(to));
      return some.length;
    },
    /** Every key that is kept or wraps something, with how many data keys it wraps. */
    async status() {
      const [{ id: current }, ids, counts] = await Promise.all([ring.current(), ring.ids(), keys.counts()]);
      const all = [...new Set([...ids, ...counts.keys()])].sort();
      return all.map((id) => ({
        id,
        wraps: counts.get(id) ?? 0,
        current: id === current,
        kept: ids.includes(id),
      }));
    },
    /** Forgets an earlier key, so that old copies of data keys cannot be opened any more. */
    async retire(id: string): Promise<Outcome<void, 'key-in-use' | 'not-found'>> {
      if (((await keys.counts()).get(id) ?? 0) > 0 || (await ring.current()).id === id) return refuse('key-in-use');
      return (await ring.drop(id)) ? accept(undefined) : refuse('not-found');
    },
  };
}
