import { z } from 'zod';
import { Day } from '../domain/ids.ts';
import type { RegistryHistory, RegistryRosterLine, RegistryTree } from '../domain/registry-item.ts';

/**
 * Our own agreement with whoever plays the core registry. The registry's official interface is not public (D-25): this
 * is not its format, and an adapter to it would stand beside this file.
 */
export const contractVersion = 1;

const base = `/v${contractVersion}`;

/** Where each kind of item is put; the ids in a path must be those of the body. */
export const itemPaths = {
  tree: (siteId: string) => `${base}/sites/${siteId}/tree`,
  rosterLine: (siteId: string, workerId: string) => `${base}/sites/${siteId}/roster/${workerId}`,
  history: (workerId: string, siteId: string, workDate: string) =>
    `${base}/histories/${workerId}/${siteId}/${workDate}`,
};

/** Where the registry is asked what it holds: `?day=`, and `?siteId=&day=` for the histories. */
export const readPaths = { digests: `${base}/digests`, histories: `${base}/histories` };

/** Names one version of one item; the answer must name it back, or it proves nothing. */
export const keyHeader = 'idempotency-key';

/** An id given out by the registry: fourteen digits as text. */
const CcusId = z.string().regex(/^\d{14}$/);
const Name = z.string().trim().min(1).max(200);
const Code = z.string().min(1).max(40);
const Version = z.int().min(1);
const Moment = z.iso.datetime({ offset: true });

const TreeRow = z.object({
  firmId: CcusId.nullable(),
  firmName: Name,
  tier: z.int().min(0).max(50),
  upper: Name.nullable(),
  status: z.enum(['REGISTERED', 'UNAPPROVED']),
});

/** The whole tree of one site in one version. */
export const TreeBody = z.object({
  siteId: CcusId,
  version: Version,
  rows: z.array(TreeRow).min(1).max(2000),
}) satisfies z.ZodType<RegistryTree>;

/** One line of a roster; `firmId` may name a row without id only to be refused. */
export const RosterLineBody = z.object({
  siteId: CcusId,
  firmId: Name,
  workerId: CcusId,
  jobType: Code.nullable(),
  position: Code.nullable(),
  version: Version,
}) satisfies z.ZodType<RegistryRosterLine>;

/** One history. A withdrawn one is not shown any more; only a higher version brings the day back. */
export const HistoryBody = z.object({
  siteId: CcusId,
  workerId: CcusId,
  workDate: Day,
  employerId: CcusId,
  primeId: CcusId,
  entryAt: Moment.nullable(),
  exitAt: Moment.nullable(),
  jobType: Code.nullable(),
  position: Code.nullable(),
  method: Code,
  afterTheFact: z.boolean(),
  withdrawn: z.boolean(),
  version: Version,
}) satisfies z.ZodType<RegistryHistory>;

/** Why an item was not taken, or not wholly: a code for programs, a sentence (Japanese, then English), who must act. */
export const RefusalAnswer = z.object({
  key: z.string().max(255),
  code: z.string().regex(/^[A-Z][A-Z0-9_]{1,63}$/),
  sentence: z.string().min(1).max(1000),
  who: z.enum(['prime', 'employer', 'operator', 'worker']),
});
export type RefusalAnswer = z.infer<typeof RefusalAnswer>;

/** What became of an item that was taken; `superseded` says that a newer version stands already. */
export const HandOverAnswer = z.discriminatedUnion('state', [
  z.object({ key: z.string().max(255), state: z.literal('accepted') }),
  z.object({ key: z.string().max(255), state: z.literal('superseded') }),
  RefusalAnswer.extend({ state: z.literal('accepted-incomplete') }),
]);
export type HandOverAnswer = z.infer<typeof HandOverAnswer>;

/** The digests of one day per site. */
export const DigestsAnswer = z.object({
  day: Day,
  digests: z.array(z.object({ siteId: CcusId, count: z.int().min(0), digest: z.string().regex(/^[0-9a-f]{64}$/) })),
});

/** What is held of one site's day. */
export const HistoriesAnswer = z.object({ siteId: CcusId, day: Day, items: z.array(HistoryBody) });
