import type { WorkerId } from './domain/ids.ts';

/** A key under which data keys are wrapped, and the id by which a wrapped key names it. */
export interface KeyEncryptionKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** The key-encryption keys: the one that wraps what is new, and the earlier ones as long as they are kept. */
export interface KeyRing {
  current(): Promise<KeyEncryptionKey>;
  /** Undefined when the key is not kept, or not any more. */
  find(id: string): Promise<KeyEncryptionKey | undefined>;
}

/** A ring whose keys are kept here and may be changed. */
export interface KeyKeeper extends KeyRing {
  /** Makes a key, keeps it durably, and makes it the current one. */
  add(): Promise<KeyEncryptionKey>;
  /** Forgets a key for good; the current one and the master key's cannot be forgotten. */
  drop(id: string): Promise<boolean>;
  ids(): Promise<readonly string[]>;
}

/** A worker's data key, wrapped. */
export interface WrappedKey {
  readonly owner: WorkerId;
  /** Which key-encryption key it is wrapped by. */
  readonly kek: string;
  readonly wrapped: string;
  /** Which key-encryption keys have wrapped it before: whoever has one of them and an old copy can still open it. */
  readonly earlier: readonly string[];
}

/** The data keys of workers, one each; what is destroyed stays destroyed. */
export interface DataKeyStore {
  find(owners: readonly WorkerId[]): Promise<readonly WrappedKey[]>;
  /** Adds keys for those who never had one; answers for whom. */
  add(keys: readonly WrappedKey[]): Promise<ReadonlySet<WorkerId>>;
  destroy(owner: WorkerId, at: Date): Promise<void>;
  /** Takes keys away whose workers were never anybody's. */
  removeMany(owners: readonly WorkerId[]): Promise<void>;
  /** Some that another key than this one wraps. */
  notUnder(kek: string, limit: number): Promise<readonly WrappedKey[]>;
  /** Puts the new wrapping in the place of the one by `from`; false when somebody else was faster. */
  rewrap(key: WrappedKey, from: string): Promise<boolean>;
  /** How many each key-encryption key wraps now. */
  counts(): Promise<ReadonlyMap<string, number>>;
  /** Whose data key it wraps or has ever wrapped, with the day of destruction where there is one. */
  everUnder(kek: string): AsyncIterable<{ readonly owner: WorkerId; readonly destroyedAt?: Date }>;
}

/** The data keys of some people, at hand. */
export interface PersonKeys {
  has(owner: WorkerId): boolean;
  /** Unreadable without this person's key; an exception when there is none. */
  seal(owner: WorkerId, bytes: Uint8Array): string;
  /** Undefined when the person's key is destroyed, or was never there. */
  open(owner: WorkerId, sealed: string): Buffer | undefined;
}

/** Keeps what is personal about a worker unreadable without a key of his own. */
export interface PersonVault {
  /** The keys of these people; those asked for lately come from memory. */
  keysOf(owners: readonly WorkerId[]): Promise<PersonKeys>;
  /** The same, with a key for whoever never had one. */
  keysFor(owners: readonly WorkerId[]): Promise<PersonKeys>;
  /** The same for people who are just being registered, under ids that nobody has had: nothing is looked for, and nothing remembered. */
  keysForNew(owners: readonly WorkerId[]): Promise<PersonKeys>;
  /** Destroys the key: nothing that was sealed under it can be read again, wherever a copy of it lies. */
  destroy(owner: WorkerId, at: Date): Promise<void>;
  removeMany(owners: readonly WorkerId[]): Promise<void>;
}

/** Keeps texts that may name people. */
export interface WordKeeper {
  /** Under the owner's data key, under the master key where it is nobody's; undefined when the owner is deleted: it is not to be kept. */
  seal(owner: WorkerId | undefined, text: string): Promise<string | undefined>;
  /** The texts in their order; empty where the owner's key is destroyed. */
  openAll(kept: readonly string[]): Promise<readonly string[]>;
}

/** Seals what was written before there were data keys. */
export interface WorkerSealer {
  /** Some workers at once; answers how many were found, 0 when none is left. */
  sealSome(limit: number): Promise<number>;
}
