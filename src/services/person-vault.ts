import type { WorkerId } from '../domain/ids.ts';
import type { DataKeyStore, KeyEncryptionKey, KeyRing, PersonKeys, PersonVault, WrappedKey } from '../ports-keys.ts';
import { newNonce, openBytes, sealBytes } from './envelope.ts';

const KEY_BYTES = 32;
/** So many unwrapped keys are remembered at most, and for so long: a key destroyed by another instance is forgotten here by then. */
const MOST = 50_000;
const MAX_AGE_MS = 60_000;

interface Parts {
  readonly keys: DataKeyStore;
  readonly ring: KeyRing;
  readonly randomBytes: (size: number) => Buffer;
  readonly realMs: () => number;
}

/** A data key per worker, random, wrapped by the current key-encryption key and bound to him. */
export function createPersonVault({ keys, ring, randomBytes, realMs }: Parts): PersonVault {
  const memory = createKeyMemory(realMs);
  const missing = (owners: readonly WorkerId[]) => [...new Set(owners)].filter((owner) => !memory.recall(owner));
  // Picked at once: the memory may forget them before they are used.
  const pick = (owners: readonly WorkerId[]) =>
    atHand(new Map(owners.map((owner) => [owner, memory.recall(owner)])), randomBytes);

  async function read(owners: readonly WorkerId[]): Promise<void> {
    if (owners.length === 0) return;
    for (const { owner, kek, wrapped } of await keys.find(owners)) {
      const wrapping = await ring.find(kek);
      if (!wrapping) throw new Error(`the key-encryption key ${kek} is not at hand: personal data cannot be read`);
      memory.keep(owner, unwrapKey(wrapping, owner, wrapped));
    }
  }

  async function make(owners: readonly WorkerId[]): Promise<void> {
    if (owners.length === 0) return;
    const wrapping = await ring.current();
    await keys.add(owners.map((owner) => wrapKey(wrapping, owner, { key: randomBytes(KEY_BYTES), randomBytes })));
    await read(owners);
  }

  return {
    async keysOf(owners) {
      await read(missing(owners));
      return pick(owners);
    },
    async keysFor(owners) {
      await read(missing(owners));
      await make(missing(owners));
      return pick(owners);
    },
    async keysForNew(owners) {
      const wrapping = await ring.current();
      const made = new Map(owners.map((owner) => [owner, randomBytes(KEY_BYTES)]));
      const fresh = await keys.add([...made].map(([owner, key]) => wrapKey(wrapping, owner, { key, randomBytes })));
      // Whoever has a key after all keeps it; where it is destroyed there is none.
      const others = owners.filter((owner) => !fresh.has(owner));
      await read(missing(others));
      for (const owner of others) made.delete(owner);
      return atHand(new Map(owners.map((owner) => [owner, made.get(owner) ?? memory.recall(owner)])), randomBytes);
    },
    async destroy(owner, at) {
      await keys.destroy(owner, at);
      memory.forget(owner);
    },
    async removeMany(owners) {
      await keys.removeMany(owners);
      for (const owner of owners) memory.forget(owner);
    },
  };
}

function atHand(held: ReadonlyMap<WorkerId, Buffer | undefined>, randomBytes: (size: number) => Buffer): PersonKeys {
  return {
    has: (owner) => held.get(owner) !== undefined,
    seal(owner, bytes) {
      const key = held.get(owner);
      if (!key) throw new Error(`${owner} has no data key`);
      return sealBytes(key, newNonce(randomBytes), owner, bytes);
    },
    open(owner, sealed) {
      const key = held.get(owner);
      return key && openBytes(key, owner, sealed);
    },
  };
}

/** The data key of one person, wrapped for keeping. */
function wrapKey(
  { id, key: kek }: KeyEncryptionKey,
  owner: WorkerId,
  { key, randomBytes }: { readonly key: Buffer; readonly randomBytes: (size: number) => Buffer },
): WrappedKey {
  return { owner, kek: id, wrapped: sealBytes(kek, newNonce(randomBytes), `key of ${owner}`, key), earlier: [] };
}

function unwrapKey({ key }: KeyEncryptionKey, owner: WorkerId, wrapped: string): Buffer {
  return openBytes(key, `key of ${owner}`, wrapped);
}

/** The same data key under another key-encryption key. */
export function rewrapKey(
  { owner, kek, wrapped, earlier }: WrappedKey,
  { from, to, randomBytes }: { from: KeyEncryptionKey; to: KeyEncryptionKey; randomBytes: (size: number) => Buffer },
): WrappedKey {
  const key = unwrapKey(from, owner, wrapped);
  return { ...wrapKey(to, owner, { key, randomBytes }), earlier: [...new Set([...earlier, kek])] };
}

/** A bounded memory of unwrapped keys; the oldest goes first. */
function createKeyMemory(realMs: () => number) {
  const held = new Map<WorkerId, { readonly key: Buffer; readonly at: number }>();
  return {
    recall(owner: WorkerId): Buffer | undefined {
      const one = held.get(owner);
      return one && realMs() - one.at < MAX_AGE_MS ? one.key : undefined;
    },
    keep(owner: WorkerId, key: Buffer): void {
      held.delete(owner);
      held.set(owner, { key, at: realMs() });
      const [oldest] = held.keys();
      if (held.size > MOST && oldest !== undefined) held.delete(oldest);
    },
    forget: (owner: WorkerId): void => void held.delete(owner),
  };
}
