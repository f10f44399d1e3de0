import { type DisclosureItem, openItems, presentDisclosure } from '../domain/disclosure.ts';
import type { Day, FirmId, SiteId, WorkerId } from '../domain/ids.ts';
import { neededQualifications } from '../domain/needed-qualifications.ts';
import { present } from '../domain/present.ts';
import type { Reach, SeenAt } from '../domain/reach.ts';
import { rosterInsurance } from '../domain/roster-insurance.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Worker } from '../domain/worker.ts';
import type { DisclosureStore } from '../ports-disclosure.ts';
import type { Clock, FirmStore, SiteStore, WorkerStore } from '../ports.ts';

interface Parts {
  readonly firms: Pick<FirmStore, 'findMany'>;
  readonly workers: Pick<WorkerStore, 'findMany' | 'findManyWithin'>;
  readonly sites: Pick<SiteStore, 'find'>;
  readonly disclosures: Pick<DisclosureStore, 'findMany'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Who looks at a site's people. */
export interface Looking {
  readonly siteId: SiteId;
  readonly seen: SeenAt | undefined;
  readonly reach: Pick<Reach, 'everything' | 'within'>;
}

/** Somebody on a roster, with the day as of which his line speaks. */
export interface OnRoster {
  readonly workerId: WorkerId;
  readonly firmId: FirmId;
  readonly day: Day;
}

type Shows = (line: OnRoster, worker: Worker, item: 'insurance' | 'qualifications') => boolean;

export type DescribePeople = ReturnType<typeof createDescribePeople>;

/**
 * What a roster says of its people beside their work: name, employer, and as of the line's day the insurances (PR-064) and the
 * qualifications that his work needs (PR-008), these only to whoever may see them; without that right a line is shown without them.
 */
export function createDescribePeople({ firms, workers, sites, disclosures, clock }: Parts) {
  async function opened(people: readonly Worker[]): Promise<ReadonlyMap<WorkerId, readonly DisclosureItem[]>> {
    const said = new Map((await disclosures.findMany(people.map(({ id }) => id))).map((one) => [one.workerId, one]));
    return new Map(people.map((worker) => [worker.id, openItems(presentDisclosure(worker, said.get(worker.id)))]));
  }

  async function whatIsShown(people: readonly Worker[], { siteId, seen, reach }: Looking): Promise<Shows> {
    if (reach.everything) return () => true;
    const ids = people.map(({ id }) => id);
    const granted = new Set(
      (await workers.findManyWithin(ids, await reach.within(['worker', 'read-insurance']))).map(({ id }) => id),
    );
    const disclosed = await opened(people.filter(({ id }) => !granted.has(id)));
    const period = (await sites.find(siteId))?.value.historyPeriod;
    const today = tokyoDay(clock.now());
    const isRunning = period !== undefined && period.from <= today && today <= period.to;
    const isHimself = seen !== undefined && seen !== 'all' && 'workerId' in seen;
    return ({ firmId }, { id, employerId }, item) => {
      // With a former employer is what was so at that time, which the present one's word does not open.
      const isOfNow = isRunning || isHimself || firmId === employerId;
      return isOfNow && (granted.has(id) || (disclosed.get(id) ?? []).includes(item));
    };
  }

  return async function describe<Line extends OnRoster>(lines: readonly Line[], looking: Looking) {
    const [people, employers] = await Promise.all([
      workers.findMany([...new Set(lines.map(({ workerId }) => workerId))]),
      firms.findMany([...new Set(lines.map(({ firmId }) => firmId))]),
    ]);
    const shows = await whatIsShown(people, looking);
    const workerOf = new Map(people.map((worker) => [worker.id, worker]));
    const firmOf = new Map(employers.map((firm) => [firm.id, firm]));
    return lines.map((line) => {
      const worker = workerOf.get(line.workerId);
      const known = worker?.erasedOn === undefined ? worker : undefined;
      return {
        ...line,
        name: worker?.name ?? '',
        firmName: firmOf.get(line.firmId)?.name ?? '',
        ...(known ? personalOf(known, line, shows) : {}),
      };
    });
  };
}

/** What is shown of somebody beside his work, as of the line's day. */
function personalOf(worker: Worker, line: OnRoster, shows: Shows) {
  return present({
    insurance: shows(line, worker, 'insurance') ? rosterInsurance(worker, line.day) : undefined,
    qualifications: shows(line, worker, 'qualifications') ? neededQualifications(worker, line.day) : undefined,
  });
}
