import type { FirmId, WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { guessFirmKind } from '../domain/phone-list/guess-firm-kind.ts';
import type { Party } from '../domain/phone-list/match-party.ts';
import type { RowStep } from '../domain/phone-list/plan-list.ts';
import { stated } from '../domain/phone-list/stated.ts';
import type { FirmService } from './register-firm.ts';
import type { WorkerService } from './register-worker.ts';

/** Firms by the keys of their parties: our id, or why there is none. */
export type SettledFirms = ReadonlyMap<string, Outcome<FirmId>>;

/** Whoever changes a thing from a list has not looked at it before. */
export const unseen = () => true;

/** Makes sure that a firm of a list is on file, with the registry's id that the list brings. */
export async function settleFirm(
  firms: Pick<FirmService, 'register' | 'change'>,
  { id, brings, name, kana, ccusId }: Party<FirmId>,
  workerName: string,
): Promise<Outcome<FirmId>> {
  if (id === undefined) {
    const kind = guessFirmKind(name, workerName);
    const made = await firms.register({ name, kana, kind, ...stated({ ccusId }) });
    return made.ok ? accept(made.value.id) : made;
  }
  if (!brings) return accept(id);
  const done = await firms.change(id, stated({ ccusId }), unseen);
  return done.ok ? accept(id) : done;
}

/** Makes sure that a worker of a list is on file under his employer, with the registry's id that the list brings. */
export async function settleWorker(
  workers: Pick<WorkerService, 'register' | 'change'>,
  { firm, worker, cells }: RowStep,
  employers: SettledFirms,
): Promise<Outcome<WorkerId>> {
  const { id, brings, name, kana, ccusId } = worker;
  if (id === undefined) {
    const employer = employers.get(firm.key) ?? refuse('unknown-firm');
    if (!employer.ok) return employer;
    const jobTypes = cells.jobType === undefined ? [] : [cells.jobType];
    const own = { name, kana, jobTypes, language: 'ja', alwaysSpeak: false, ...stated({ ccusId }) } as const;
    const made = await workers.register({ ...own, employerId: employer.value });
    return made.ok ? accept(made.value.id) : made;
  }
  if (!brings) return accept(id);
  const done = await workers.change(id, stated({ ccusId }), unseen);
  return done.ok ? accept(id) : done;
}
