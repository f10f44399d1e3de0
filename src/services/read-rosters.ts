import type { Day, FirmId, SiteId, WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, mapOutcome, refuse } from '../domain/outcome.ts';
import { type Submission, type SubmissionStep, nextStep, submissionOf } from '../domain/roster-submission.ts';
import {
  type RosterChanges,
  type RosterFirm,
  type RosterMember,
  type RosterVersion,
  changesWithin,
  contentAfter,
  isUnchanged,
} from '../domain/roster-version.ts';
import { uppersWithin } from '../domain/tree.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { RosterVersionStore } from '../ports-rosters.ts';
import type { Clock, FirmStore, Page, PageRequest, SiteStore, WorkerStore } from '../ports.ts';
import type { Catalogs } from './read-catalogs.ts';
import type { DescribePeople, Looking } from './view-roster.ts';
import { seesFirm, seesPerson } from './view-site.ts';

interface Parts {
  readonly rosterVersions: RosterVersionStore;
  readonly sites: Pick<SiteStore, 'find'>;
  readonly firms: Pick<FirmStore, 'findMany'>;
  readonly workers: Pick<WorkerStore, 'findMany'>;
  readonly catalogs: Pick<Catalogs, 'find'>;
  readonly describePeople: DescribePeople;
  readonly clock: Pick<Clock, 'now'>;
}

/** A version as far as somebody sees it, with who is who. */
export interface ShownVersion {
  readonly version: RosterVersion;
  /** Null for works that are not public, and for whoever does not see the whole site. */
  readonly submission: Submission | null;
  readonly nameOf: (id: WorkerId) => string;
  readonly firmNameOf: (id: FirmId) => string;
}

type SubmissionWish = Pick<SubmissionStep, 'siteId' | 'version' | 'state' | 'by'> & {
  readonly on?: Day;
  readonly note?: string;
};

export type RosterReader = ReturnType<typeof createRosterReader>;

/** In the list of order categories, the class of those whose rosters are handed in to a public client. */
const PUBLIC = 'public';

/** Reads the versions of a site's roster as far as the asker sees its people, and keeps what its client said of them (PR-063). */
export function createRosterReader(parts: Parts) {
  const { rosterVersions, describePeople } = parts;

  const isPublicWorks = (siteId: SiteId) => isPublic(parts, siteId);

  async function shown(versions: readonly RosterVersion[], looking: Looking): Promise<readonly ShownVersion[]> {
    const { siteId, seen } = looking;
    const seenOnes = versions.map((version) => versionWithin(version, looking));
    const names = await namesIn(parts, seenOnes);
    const isKept = seen === 'all' && (await isPublicWorks(siteId));
    const numbers = versions.map(({ version }) => version);
    const steps = isKept ? await rosterVersions.steps(siteId, numbers) : [];
    const submission = ({ version }: RosterVersion) =>
      isKept ? submissionOf(steps.filter((step) => step.version === version)) : null;
    return seenOnes.map((version) => ({ version, submission: submission(version), ...names }));
  }

  return {
    /** The latest first; who sees only some of the people is shown the versions that change something among these. */
    async page(looking: Looking, request: Omit<PageRequest, 'within'>): Promise<Page<ShownVersion>> {
      const page = await rosterVersions.page(looking.siteId, { ...request, within: 'everything' });
      const items = await shown(page.items, looking);
      const isNews = ({ version: { firms, workers } }: ShownVersion) => !isUnchanged(firms) || !isUnchanged(workers);
      return { ...page, items: looking.seen === 'all' ? items : items.filter(isNews) };
    },
    /** One version whole: its changes, and everybody on it, with the insurances as of its day. */
    async find(looking: Looking, number: number) {
      const { siteId, seen } = looking;
      const versions = await rosterVersions.upTo(siteId, number);
      const last = versions.at(-1);
      if (last?.version !== number) return refuse('not-found');
      const { firms, workers } = contentAfter(versions);
      const day = tokyoDay(last.at);
      const people = workers.filter((member) => seesPerson(seen, member)).map((member) => ({ ...member, day }));
      const [view] = await shown([last], looking);
      if (!view) return refuse('not-found');
      const seenFirms = firms.filter(({ firmId }) => seesFirm(seen, firmId)).map((firm) => placeSeen(firm, seen));
      const known = await parts.firms.findMany(seenFirms.map(({ firmId }) => firmId));
      const named = new Map(known.map(({ id, name }) => [id, name]));
      return accept({
        ...view,
        people: await describePeople(people, looking),
        standing: seenFirms.map((firm) => ({ ...firm, name: named.get(firm.firmId) ?? '' })),
      });
    },
    submit: createSubmitRoster(parts),
  };
}

/** Notes what became of a version that was handed in; nothing that was noted is changed. */
function createSubmitRoster(parts: Parts) {
  const { rosterVersions, clock } = parts;
  return async function submit(
    wish: SubmissionWish,
  ): Promise<
    Outcome<Submission, 'not-found' | 'not-public-works' | 'submission-order' | 'day-in-future' | 'conflict'>
  > {
    const today = tokyoDay(clock.now());
    const { siteId, version, on = today } = wish;
    if (!(await rosterVersions.find(siteId, version))) return refuse('not-found');
    if (!(await isPublic(parts, siteId))) return refuse('not-public-works');
    const now = submissionOf(await rosterVersions.steps(siteId, [version]));
    const next = nextStep(now, { ...wish, on }, today);
    if (!next.ok) return next;
    if (!(await rosterVersions.appendStep(next.value))) return refuse('conflict');
    return mapOutcome(next, (step) => submissionOf([...now.steps, step]));
  };
}

async function isPublic({ sites, catalogs }: Parts, siteId: SiteId): Promise<boolean> {
  const category = (await sites.find(siteId))?.value.orderCategory;
  return category !== undefined && catalogs.find('order-categories', category)?.group === PUBLIC;
}

function versionWithin(version: RosterVersion, { seen }: Looking): RosterVersion {
  return {
    ...version,
    firms: changesWithin<RosterFirm>(
      version.firms,
      ({ firmId }) => seesFirm(seen, firmId),
      (firm) => placeSeen(firm, seen),
    ),
    workers: changesWithin<RosterMember>(version.workers, (member) => seesPerson(seen, member)),
  };
}

/** A firm below the asker's may stand in another branch too, of which he is told nothing. */
function placeSeen(firm: RosterFirm, seen: Looking['seen']): RosterFirm {
  if (seen === undefined || seen === 'all' || 'workerId' in seen) return firm;
  return { ...firm, upperFirmIds: uppersWithin(firm.firmId, firm.upperFirmIds, seen) };
}

async function namesIn({ firms, workers }: Parts, versions: readonly RosterVersion[]) {
  const members = versions.flatMap((version) => allOf(version.workers));
  const companies = versions.flatMap((version) => allOf(version.firms));
  const firmIds = [...members, ...companies].map(({ firmId }) => firmId);
  const [people, employers] = await Promise.all([
    workers.findMany([...new Set(members.map(({ workerId }) => workerId))]),
    firms.findMany([...new Set(firmIds)]),
  ]);
  const names = new Map<string, string>([...people, ...employers].map(({ id, name }) => [id, name]));
  return {
    nameOf: (id: WorkerId) => names.get(id) ?? '',
    firmNameOf: (id: FirmId) => names.get(id) ?? '',
  };
}

function allOf<T>({ added, left, changed }: RosterChanges<T>): readonly T[] {
  return [...added, ...left, ...changed.flatMap(({ before, after }) => [before, after])];
}
