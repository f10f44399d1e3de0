import type { Firm } from '../domain/firm.ts';
import type { Day, FirmId, SiteId, WorkerId } from '../domain/ids.ts';
import { present } from '../domain/present.ts';
import type { Within } from '../domain/reach.ts';
import { type Task, type TaskKind, tasksOfFirm, tasksOfPhone, tasksOfSite, tasksOfWorker } from '../domain/task.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Worker } from '../domain/worker.ts';
import type { RelationStore } from '../ports-access.ts';
import type { Clock, FirmStore, Page, PageRequest, PhoneStore, WorkerStore } from '../ports.ts';
import type { KnownManagers } from './known-managers.ts';

/** Which tasks are wanted; all without it. */
export interface TaskFilter {
  readonly kind?: TaskKind;
  readonly firmId?: FirmId;
  readonly siteId?: SiteId;
  readonly workerId?: WorkerId;
}

/** A task with the names of what it is about. */
export interface NamedTask {
  readonly task: Task;
  readonly name: string;
}

interface Parts {
  readonly firms: FirmStore;
  readonly workers: WorkerStore;
  readonly phones: Pick<PhoneStore, 'ofWorkers'>;
  readonly relations: Pick<RelationStore, 'sitesOfPrime'>;
  /** Somebody who exists is named as its manager. */
  readonly knownManagers: KnownManagers;
  readonly clock: Pick<Clock, 'now'>;
}

/** So many firms are looked through at once, and so many workers of one. */
const FIRMS = 20;
const WORKERS = 500;

export type ListTasks = ReturnType<typeof createListTasks>;

/** What offices have to do, firm by firm, judged anew from the registers each time (R-014, F-01, PR-060). */
export function createListTasks(parts: Parts) {
  const { firms, clock } = parts;

  async function* firmsFrom(within: Within, from: string | undefined, only: FirmId | undefined): AsyncIterable<Firm> {
    if (only !== undefined) {
      const found = from === undefined || from <= only ? await firms.findWithin(only, within) : undefined;
      if (found) yield found;
      return;
    }
    const first = from === undefined ? undefined : await firms.findWithin(from as FirmId, within);
    if (first) yield first;
    let after = from;
    do {
      const page: Page<Firm> = await firms.page({ limit: FIRMS, within, ...present({ after }) });
      yield* page.items;
      after = page.next;
    } while (after !== undefined);
  }

  return async function listTasks(
    { limit, after = '', within }: PageRequest,
    filter: TaskFilter = {},
    isShown: (task: Task) => Promise<boolean> = () => Promise.resolve(true),
  ): Promise<Page<NamedTask>> {
    const today = tokyoDay(clock.now());
    const [firmFrom, taskFrom] = placeOf(after);
    const found: NamedTask[] = [];
    for await (const firm of firmsFrom(within, firmFrom, filter.firmId)) {
      const tasks = (await tasksAround(parts, firm, today)).filter(({ task }) => fits(task, filter));
      found.push(...(await shownOf(inOrder(tasks, firm.id === firmFrom ? taskFrom : undefined), isShown)));
      if (found.length > limit) break;
    }
    const items = found.slice(0, limit);
    const last = items.at(-1)?.task;
    return found.length > limit && last ? { items, next: `${last.firmId}|${last.id}` } : { items };
  };
}

/** The firm and the task after which a page begins. */
function placeOf(after: string): readonly string[] {
  return after === '' ? [] : after.split('|');
}

async function shownOf(
  tasks: readonly NamedTask[],
  isShown: (task: Task) => Promise<boolean>,
): Promise<readonly NamedTask[]> {
  const shown: NamedTask[] = [];
  for (const named of tasks) if (await isShown(named.task)) shown.push(named);
  return shown;
}

function inOrder(tasks: readonly NamedTask[], beyond = ''): readonly NamedTask[] {
  const rest = tasks.filter(({ task }) => task.id > beyond);
  return rest.sort((a, b) => (a.task.id < b.task.id ? -1 : 1));
}

function fits(task: Task, { kind, siteId, workerId }: TaskFilter): boolean {
  if (kind !== undefined && task.kind !== kind) return false;
  if (siteId !== undefined && task.siteId !== siteId) return false;
  return workerId === undefined || task.workerId === workerId;
}

/** Everything that one firm has to do: about itself, its sites, its people and their telephones. */
async function tasksAround(parts: Parts, firm: Firm, today: Day): Promise<NamedTask[]> {
  const sites = await parts.relations.sitesOfPrime(firm.id);
  const ofSites = sites.map(async (site) => {
    const known = await parts.knownManagers(site.siteManagerIds);
    return tasksOfSite(site, known.size > 0, today).map((task) => ({ task, name: site.name }));
  });
  const own = tasksOfFirm(firm, today).map((task) => ({ task, name: firm.name }));
  return [...own, ...(await Promise.all(ofSites)).flat(), ...(await tasksOfPeople(parts, firm.id, today))];
}

async function tasksOfPeople({ workers, phones }: Parts, employerId: FirmId, today: Day): Promise<NamedTask[]> {
  const found: NamedTask[] = [];
  let after: string | undefined;
  do {
    const page: Page<Worker> = await workers.pageOf(
      { employerId },
      { limit: WORKERS, within: 'everything', ...present({ after }) },
    );
    const standing = page.items.filter(({ mergedInto }) => mergedInto === undefined);
    const people = new Map(standing.map((worker) => [worker.id, { ...worker, employerId }]));
    for (const worker of people.values())
      found.push(...tasksOfWorker(worker, today).map((task) => ({ task, name: worker.name })));
    for (const { registrations } of await phones.ofWorkers([...people.keys()])) {
      for (const registration of registrations) {
        const holder = registration.workerIds.map((id) => people.get(id)).find((one) => one !== undefined);
        if (!holder) continue;
        found.push(...tasksOfPhone(registration, holder, today).map((task) => ({ task, name: holder.name })));
      }
    }
    after = page.next;
  } while (after !== undefined);
  return found;
}
