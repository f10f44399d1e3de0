import type { Within } from './domain/reach.ts';
import type { Upper } from '../ivr/facts.ts';
import type { ApiKey } from './domain/api-key.ts';
import type { Firm } from './domain/firm.ts';
import type { CallId, Day, E164, FirmId, NumberIndex, SiteId, WorkerId } from './domain/ids.ts';
import type { LedgerEntry } from './domain/ledger.ts';
import type { PhoneRegistration } from './domain/phone.ts';
import type {
  RegistryAnswer,
  RegistryHistory,
  RegistryRosterLine,
  RegistryTree,
  SiteDigest,
} from './domain/registry-item.ts';
import type { Head } from './domain/sequence.ts';
import type { Line } from './domain/line-use.ts';
import type { Site } from './domain/site.ts';
import type { Employment, Worker } from './domain/worker.ts';

/** Two clocks: business time, which a sandbox may set, and the real time that leases and retries run on. */
export interface Clock {
  now(): Date;
  real(): Date;
}

/** Where randomness comes from; a new id is the prefix, an underscore and random letters of [a-z0-9]. */
export interface Chance {
  id(prefix: string): string;
  /** A random text of digits. */
  digits(length: number): string;
  /** A random number in [0, 1). */
  fraction(): number;
}

/** Structured log; values never carry numbers, PINs, tokens or full names. */
export interface Log {
  info(fields: object, sentence: string): void;
  warn(fields: object, sentence: string): void;
  error(fields: object, sentence: string): void;
}

/** Keeps telephone numbers unreadable at rest and yet findable. */
export interface NumberCipher {
  index(number: E164): NumberIndex;
  seal(number: E164): string;
  open(sealed: string): E164;
}

/** Keeps any text unreadable at rest, under the same master key as the numbers. */
export interface TextSealer {
  sealText(text: string): string;
  openText(sealed: string): string;
}

/** The same of bytes, for what is long. */
export interface BytesSealer {
  sealBytes(bytes: Uint8Array): Buffer;
  openBytes(sealed: Uint8Array): Buffer;
}

/** Finds sealed text again: a keyed hash of 32 hex digits that is useless without the master key. */
export interface TextIndexer {
  indexText(text: string): string;
}

/** Codes that people key in, given out once each. */
export interface CodeStore {
  /** Whether the code is now the owner's; true again when it was his already. */
  claim(kind: 'worker' | 'site', code: string, owner: string): Promise<boolean>;
  /** Claims many codes that are no owner's yet; answers the owners that have theirs now. */
  claimMany(
    kind: 'worker' | 'site',
    wishes: readonly { readonly code: string; readonly owner: string }[],
  ): Promise<ReadonlySet<string>>;
  release(kind: 'worker' | 'site', code: string, owner: string): Promise<void>;
  ownerOf(kind: 'worker' | 'site', code: string): Promise<string | undefined>;
}

/** The keys of the admin API. */
export interface KeyStore {
  create(key: ApiKey): Promise<boolean>;
  find(id: string): Promise<ApiKey | undefined>;
  page(request: PageRequest): Promise<Page<ApiKey>>;
  /** False when there is no such key or it is revoked already. */
  revoke(id: string, at: Date): Promise<boolean>;
  /** Revokes what stands within the condition; how many. */
  revokeAll(at: Date, within: Within): Promise<number>;
  /** Lets a key expire then. */
  endBy(id: string, at: Date): Promise<void>;
  /** Notes a use, unless one was noted within so many milliseconds. */
  touch(id: string, at: Date, everyMs: number): Promise<void>;
}

/** A value with the revision that a compare-and-set needs. */
export interface Revised<T> {
  readonly value: T;
  readonly rev: number;
}

/** A page of a list in the order of its keys. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

export interface PageRequest {
  readonly limit: number;
  readonly after?: string;
  /** For whom: how far the asker's rights reach, or expressly everything. */
  readonly within: Within;
}

/**
 * What an endpoint is given of a store: only what cannot be asked without saying for whom. Jobs, calls and services that were let in
 * have the whole store.
 */
export type ForViewer<S> = Pick<S, Extract<keyof S, `${string}Within` | `page${string}`>>;

/** One register of things with an id: created once, changed by compare-and-set, listed by key. */
export interface Register<T, Id extends string> {
  create(value: T): Promise<boolean>;
  /** Creates many at once; answers the ids that were free. */
  createMany(values: readonly T[]): Promise<ReadonlySet<Id>>;
  /** Takes those away that are still in this revision. */
  removeMany(ids: readonly Id[], rev: number): Promise<void>;
  /** Values with their revisions. */
  findRevised(ids: readonly Id[]): Promise<readonly Revised<T>[]>;
  find(id: Id): Promise<Revised<T> | undefined>;
  findMany(ids: readonly Id[]): Promise<readonly T[]>;
  /** One value, if it is within the asker's reach. */
  findWithin(id: Id, within: Within): Promise<T | undefined>;
  findManyWithin(ids: readonly Id[], within: Within): Promise<readonly T[]>;
  replace(value: T, rev: number): Promise<boolean>;
  page(request: PageRequest): Promise<Page<T>>;
  /** Everything, in no order, for what must look at all of it anyway. */
  all(): AsyncIterable<T>;
}

export type FirmStore = Register<Firm, FirmId>;

export interface WorkerStore extends Register<Worker, WorkerId> {
  findByCode(code: string): Promise<Worker | undefined>;
  /** For whom they have worked and when, without opening anything else of them. */
  employmentsOf(ids: readonly WorkerId[]): Promise<ReadonlyMap<WorkerId, readonly Employment[]>>;
  pageOf(filter: { readonly employerId?: FirmId }, request: PageRequest): Promise<Page<Worker>>;
}

export interface SiteStore extends Register<Site, SiteId> {
  findByCode(code: string): Promise<Site | undefined>;
}

export type LineStore = Register<Line, E164>;

/** All registrations of one number, kept together so that overlaps are settled by one compare-and-set. */
export interface NumberRecord {
  readonly index: NumberIndex;
  readonly sealed: string;
  readonly masked: string;
  readonly registrations: readonly PhoneRegistration[];
}

export interface PhoneStore {
  find(index: NumberIndex): Promise<Revised<NumberRecord> | undefined>;
  findMany(indexes: readonly NumberIndex[]): Promise<readonly NumberRecord[]>;
  /** Writes the record if its revision is still `rev` (0: it must not exist yet). */
  save(record: NumberRecord, rev: number): Promise<boolean>;
  findRevised(indexes: readonly NumberIndex[]): Promise<readonly Revised<NumberRecord>[]>;
  /** Writes those records that are still in the revision they were found in; true when all were. */
  saveMany(records: readonly Revised<NumberRecord>[]): Promise<boolean>;
  /** Creates records of numbers that have none; answers the indexes that were free. */
  createMany(records: readonly NumberRecord[]): Promise<ReadonlySet<NumberIndex>>;
  /** Takes records away that are still in this revision. */
  removeMany(indexes: readonly NumberIndex[], rev: number): Promise<void>;
  page(request: PageRequest): Promise<Page<NumberRecord>>;
  /** Some of the numbers whose holders are still to be told of it. */
  untold(limit: number): Promise<readonly NumberRecord[]>;
  all(): AsyncIterable<NumberRecord>;
  ofWorkers(workerIds: readonly WorkerId[]): Promise<readonly NumberRecord[]>;
  ofWorker(workerId: WorkerId): Promise<readonly NumberRecord[]>;
  findWithin(index: NumberIndex, within: Within): Promise<NumberRecord | undefined>;
  ofWorkerWithin(workerId: WorkerId, within: Within): Promise<readonly NumberRecord[]>;
}

/** The core registry as we see it. `key` is the idempotency key of one version; sending it twice is one hand-over. */
export interface Registry {
  sendTree(tree: RegistryTree, key: string): Promise<RegistryAnswer>;
  sendRosterLine(line: RegistryRosterLine, key: string): Promise<RegistryAnswer>;
  sendHistory(history: RegistryHistory, key: string): Promise<RegistryAnswer>;
  /** What it holds of one site's day; undefined when it cannot be asked now. */
  historiesOf(siteId: string, day: Day): Promise<readonly RegistryHistory[] | undefined>;
  digestsOf(day: Day): Promise<readonly SiteDigest[] | undefined>;
}

/** The append-only truth. */
export interface LedgerStore {
  /** Stores an entry once. `id-taken`: it stands already; `slot-taken`: another entry has this worker's sequence number. */
  append(entry: LedgerEntry, now: Date): Promise<'stored' | 'id-taken' | 'slot-taken'>;
  /** What was said comes with it; everywhere else it stays sealed. */
  find(id: string): Promise<LedgerEntry | undefined>;
  /** What was said in these calls, by the ids of the turns. */
  wordsOf(callIds: readonly CallId[]): Promise<ReadonlyMap<string, string>>;
  findSlot(workerId: WorkerId, seq: number): Promise<LedgerEntry | undefined>;
  /** Every entry of these workers or of these calls. */
  touching(workerIds: readonly WorkerId[], callIds: readonly CallId[]): Promise<readonly LedgerEntry[]>;
  /** Which workers have an entry beyond the given length of their sequence. */
  beyond(lengths: readonly { readonly workerId: WorkerId; readonly seq: number }[]): Promise<ReadonlySet<WorkerId>>;
  /** What was stored before that moment and is not yet projected, oldest first. */
  pending(before: Date, limit: number): Promise<readonly LedgerEntry[]>;
  /** Marks entries as projected. */
  settle(ids: readonly string[]): Promise<void>;
  all(): AsyncIterable<LedgerEntry>;
}

/** What the carrier said about the end of a call. */
export interface CallStatus {
  readonly callId: CallId;
  readonly status: string;
  readonly order: number;
  readonly durationSec?: number;
  /** When it happened, by the carrier's clock. */
  readonly at?: Date;
}

export interface StatusStore {
  /** Keeps the later of two statuses; one that ends a call is never replaced by one that does not. */
  note(status: CallStatus): Promise<void>;
  ofCalls(callIds: readonly CallId[]): Promise<ReadonlyMap<CallId, CallStatus>>;
}

/** What the call path looks up; numbers and lines may be up to two seconds old, a worker's head never is. */
export interface CallDirectory {
  number(index: NumberIndex): Promise<NumberRecord | undefined>;
  line(number: string): Promise<Line | undefined>;
  site(id: SiteId): Promise<Site | undefined>;
  /** Of each firm that stands under several others at the site, and usually under none of them: which ones. Undefined where there is no tree. */
  chains(id: SiteId): Promise<ReadonlyMap<FirmId, readonly Upper[]> | undefined>;
  siteByCode(code: string): Promise<Site | undefined>;
  workerByCode(code: string): Promise<WorkerId | undefined>;
  people(ids: readonly WorkerId[]): Promise<readonly { readonly worker: Worker; readonly head: Head }[]>;
  /** Forgets what it remembers, after a change through the admin API. */
  forget(): void;
}
