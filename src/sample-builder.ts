import { sample } from '../sandbox/sample.ts';
import type { Day, FirmId, SiteId, WorkerId } from './domain/ids.ts';
import type { Outcome } from './domain/outcome.ts';
import type { Registers } from './services/create-registers.ts';

/** Registers the sample builder through the services that the API uses, once: an empty register of firms is what asks for it. */
export async function registerSample(registers: Registers): Promise<boolean> {
  if ((await registers.firms.page({ limit: 1, within: 'everything' })).items.length > 0) return false;
  const firms = await registerFirms(registers);
  const sites = await registerSites(registers, firms);
  const workers = await registerWorkers(registers, firms);
  await registerPhones(registers, firms, workers);
  for (const line of sample.lines) {
    const siteId = named(sites, line.site);
    const defaults = { purpose: 'attendance', direction: 'both', answer: 'always', state: 'open' } as const;
    taken(await registers.lineService.register({ ...defaults, number: line.number, siteId }));
  }
  return true;
}

async function registerFirms({ firmService }: Registers): Promise<Map<string, FirmId>> {
  const ids = new Map<string, FirmId>();
  for (const { key, usualUpper, ...firm } of sample.firms) {
    const upper = usualUpper === undefined ? {} : { usualUpperId: named(ids, usualUpper) };
    ids.set(key, taken(await firmService.register({ ...firm, ...upper })).id);
  }
  return ids;
}

async function registerSites({ siteService }: Registers, firms: Map<string, FirmId>): Promise<Map<string, SiteId>> {
  const ids = new Map<string, SiteId>();
  for (const { key, prime, historyPeriod, ...site } of sample.sites) {
    const rules = { methods: ['PHONE_CALL'], treeKeeper: 'here', siteManagerIds: [], repeatWindowSec: 180 } as const;
    const registered = await siteService.register({
      ...site,
      ...rules,
      maxShiftHours: 14,
      companionDailyLimit: 5,
      primeId: named(firms, prime),
      historyPeriod: { from: historyPeriod.from as Day, to: historyPeriod.to as Day },
    });
    ids.set(key, taken(registered).id);
  }
  return ids;
}

async function registerWorkers(
  { workerService }: Registers,
  firms: Map<string, FirmId>,
): Promise<Map<string, WorkerId>> {
  const ids = new Map<string, WorkerId>();
  for (const { key, employer, ...worker } of sample.workers) {
    const spoken = { language: 'ja', alwaysSpeak: false } as const;
    ids.set(key, taken(await workerService.register({ ...worker, ...spoken, employerId: named(firms, employer) })).id);
  }
  return ids;
}

async function registerPhones({ phoneService }: Registers, firms: Map<string, FirmId>, workers: Map<string, WorkerId>) {
  for (const { workers: holders, upperFirm, validFrom, ...phone } of sample.phones) {
    const upper = upperFirm === undefined ? {} : { upperFirmId: named(firms, upperFirm) };
    const workerIds = holders.map((key) => named(workers, key));
    const dated = { groupCall: false, upperFirms: [], validFrom: validFrom as Day };
    taken(await phoneService.register({ ...phone, ...dated, ...upper, workerIds }));
  }
}

function named<Id>(ids: Map<string, Id>, key: string): Id {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`the sample names ${key} before it is registered`);
  return id;
}

function taken<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`the sample was refused: ${outcome.code}`);
  return outcome.value;
}
