import {
  type Disclosure,
  type DisclosureItem,
  type Switches,
  allHidden,
  disclosureItems,
  openItems,
  presentDisclosure,
} from '../domain/disclosure.ts';
import type { WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { Worker } from '../domain/worker.ts';
import type { DisclosureStore } from '../ports-disclosure.ts';
import type { WorkerStore } from '../ports.ts';
import { changeRegister } from './change-register.ts';

/** What each side switches; what is absent stays. */
export interface DisclosureWish {
  readonly worker?: Switches;
  readonly employer?: Switches;
}

/** What is shown of a worker at a site. */
export interface Profile {
  readonly worker: Worker;
  readonly items: readonly DisclosureItem[];
}

interface Parts {
  readonly workers: WorkerStore;
  readonly disclosures: DisclosureStore;
}

export type DisclosureService = ReturnType<typeof createDisclosureService>;

/** What worker and employer disclose of him, each his own side. */
export function createDisclosureService({ workers, disclosures }: Parts) {
  async function find(id: WorkerId): Promise<Outcome<{ worker: Worker; disclosure: Disclosure }, 'not-found'>> {
    const worker = (await workers.find(id))?.value;
    if (!worker) return refuse('not-found');
    return accept({ worker, disclosure: presentDisclosure(worker, (await disclosures.find(id))?.value) });
  }

  return {
    find,
    async change(id: WorkerId, wish: DisclosureWish): Promise<Outcome<Disclosure, 'not-found' | 'conflict'>> {
      const found = await find(id);
      if (!found.ok) return found;
      const { worker } = found.value;
      await disclosures.create(allHidden(id, worker.employerId));
      return changeRegister<Disclosure, WorkerId, never>(disclosures, id, (kept) => {
        const now = presentDisclosure(worker, kept);
        const sides = { worker: { ...now.worker, ...wish.worker }, employer: { ...now.employer, ...wish.employer } };
        return accept({ ...now, ...sides });
      });
    },
    /** Roster level, with all items to who may see him whole, else with those that both sides disclose. */
    async profile(id: WorkerId, whole: boolean): Promise<Outcome<Profile, 'not-found'>> {
      const found = await find(id);
      if (!found.ok) return found;
      const { worker, disclosure } = found.value;
      return accept({ worker, items: whole ? disclosureItems : openItems(disclosure) });
    },
  };
}
