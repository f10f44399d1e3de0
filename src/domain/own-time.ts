import type { Dated } from './dated.ts';
import type { FirmId } from './ids.ts';
import type { PhoneRegistration } from './phone.ts';
import type { Employment, Worker } from './worker.ts';
import type { WorkerInsurance } from './worker-insurance.ts';

/** What of a worker's register speaks of one time or another. */
export type OverTime = Pick<Worker, 'employments' | 'insuranceHistory' | 'insuranceCopies'>;

/**
 * What a firm sees of a worker's time: with itself alone, neither the employers before and after nor the insurances, and copies of
 * papers, of their time.
 */
export function ownTime(worker: OverTime, firmId: FirmId): OverTime {
  const { insuranceHistory, insuranceCopies } = worker;
  const employments = worker.employments.filter((one) => one.firmId === firmId);
  const alone = employments.length === worker.employments.length;
  return {
    employments,
    ...(insuranceHistory ? { insuranceHistory: insuranceHistory.filter((one) => isDuring(one, employments)) } : {}),
    ...(insuranceCopies
      ? { insuranceCopies: insuranceCopies.filter(({ on }) => alone || isDuring({ from: on, to: on }, employments)) }
      : {}),
  };
}

/** Insurances of times that a firm does not see: they stay when it states those of its own time. */
export function insurancesBeside(worker: OverTime, firmId: FirmId): readonly Dated<WorkerInsurance>[] {
  const own = new Set(ownTime(worker, firmId).insuranceHistory);
  return (worker.insuranceHistory ?? []).filter((one) => !own.has(one));
}

/**
 * What stood before or after something that was done, as the audit shows it to a firm: of a worker its own time with him, of a
 * telephone that several have nobody who is not its own.
 */
export function stateForFirm(state: unknown, firmId: FirmId, own: ReadonlySet<string> | 'all'): unknown {
  if (isWorker(state)) {
    const shown = { ...state, ...ownTime(state, firmId) };
    if (state.employerId === firmId) return shown;
    const { hiredOn: _byAnother, ...rest } = shown;
    return { ...rest, employerId: null };
  }
  if (!isNumber(state) || own === 'all') return state;
  const registrations = state.registrations.map((one) =>
    one.workerIds.length > 1 ? { ...one, workerIds: one.workerIds.filter((id) => own.has(id)) } : one,
  );
  return { ...state, registrations };
}

function isDuring({ from, to }: Pick<Dated<WorkerInsurance>, 'from' | 'to'>, employments: readonly Employment[]) {
  return employments.some((one) => (to === undefined || one.from <= to) && (one.to === undefined || from <= one.to));
}

function isWorker(state: unknown): state is OverTime & Pick<Worker, 'employerId' | 'hiredOn'> {
  return holdsList(state, 'employments');
}

function isNumber(state: unknown): state is { readonly registrations: readonly PhoneRegistration[] } {
  return holdsList(state, 'registrations') && holdsText(state, 'index');
}

function holdsList(state: unknown, name: string): boolean {
  return Array.isArray((state as Readonly<Record<string, unknown>> | null)?.[name]);
}

function holdsText(state: unknown, name: string): boolean {
  return typeof (state as Readonly<Record<string, unknown>> | null)?.[name] === 'string';
}
