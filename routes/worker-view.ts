import type { z } from 'zod';
import type { Viewer } from '../src/domain/api-key.ts';
import { comingOf } from '../src/domain/coming-employment.ts';
import { holdsOn, overTime, valueOn } from '../src/domain/dated.ts';
import { leavesOn } from '../src/domain/employment.ts';
import { insuranceNames } from '../src/domain/firm.ts';
import type { Day, FirmId } from '../src/domain/ids.ts';
import { type OverTime, ownTime } from '../src/domain/own-time.ts';
import { present } from '../src/domain/present.ts';
import { registrationThen, registrationStateOf } from '../src/domain/registration.ts';
import {
  type Warning,
  warnOfCode,
  warnOfDay,
  warnOfId,
  warnOfJobType,
  warnOfMissingId,
  warnOfMissingNote,
} from '../src/domain/warning.ts';
import type { Employment, Worker } from '../src/domain/worker.ts';
import { judgeInsurance } from '../src/domain/worker-insurance.ts';
import type { Given } from '../src/http/endpoint.ts';
import type { Catalogs } from '../src/services/read-catalogs.ts';
import type { WorkerView } from './worker-body.ts';

interface Ground {
  readonly catalogs: Catalogs;
  readonly viewer: Viewer;
  readonly today: Day;
  readonly on?: Day;
}

/**
 * A worker as of a day, with what looks odd about him; an employer sees neither the employers before nor the insurances of that time
 * (A-3, R-136).
 */
export function workerView(
  worker: Worker,
  { catalogs, viewer, today, on = today }: Ground,
): Given<z.infer<typeof WorkerView>> {
  const { registrationPlannedOn: _planned, ...rest } = worker;
  const { employments, insuranceHistory = [], insuranceCopies = [] } = timeFor(viewer, worker);
  const shown = { ...worker, insuranceHistory, insuranceCopies };
  return {
    ...rest,
    ...present({ leavesOn: leavesOn(worker), startsOn: comingFor(viewer, worker) }),
    employerId: on === today ? worker.employerId : employerAsOf(on, employments),
    employments,
    insuranceHistory,
    aliases: worker.aliases ?? [],
    qualifications: worker.qualifications ?? [],
    insurance: valueOn(insuranceHistory, on) ?? {},
    insuranceCopies,
    certificateImages: worker.certificateImages ?? [],
    insuranceCheck: judgeInsurance(shown, on),
    registrations: worker.registrations ?? [],
    ...registrationThen(worker, { today, on }),
    warnings: warningsOf(shown, catalogs, on),
  };
}

function warningsOf(worker: Worker, catalogs: Catalogs, on: Day): readonly Warning[] {
  const { jobTypes, qualifications = [], cardValidUntil, hazardousWork = [], insuranceHistory = [] } = worker;
  const known = catalogs.codes('job-types');
  const hazards = catalogs.codes('hazardous-work');
  const learnt = catalogs.codes('qualifications');
  const kinds = catalogs.codes('insurance-kinds');
  return [
    ...warnOfId(worker.ccusId, 'worker'),
    ...warnOfMissingId({ ...worker, registrationState: registrationStateOf(worker) }),
    ...jobTypes.flatMap((code, place) => [
      ...warnOfCode(`/jobTypes/${place}`, code, known),
      ...warnOfJobType(`/jobTypes/${place}`, code),
    ]),
    ...warnOfDay('/cardValidUntil', 'card', cardValidUntil, on),
    ...qualifications.flatMap(({ code, expiresOn }, place) => [
      ...warnOfCode(`/qualifications/${place}/code`, code, learnt),
      ...warnOfDay(`/qualifications/${place}/expiresOn`, 'qualification', expiresOn, on),
    ]),
    ...hazardousWork.flatMap((code, place) => warnOfCode(`/hazardousWork/${place}`, code, hazards)),
    ...warnOfMissingNote(
      '/hazardousWorkNote',
      worker.hazardousWorkNote === undefined &&
        hazardousWork.some((code) => catalogs.find('hazardous-work', code)?.noteRequired === true),
    ),
    ...overTime('insurance', insuranceHistory, on).flatMap(({ pointer, value }) =>
      insuranceNames.flatMap((name) => warnOfCode(`${pointer}/${name}/kind`, value[name]?.kind, kinds)),
    ),
  ];
}

/** Nobody where none of these employments was then. */
function employerAsOf(day: Day, employments: readonly Employment[]): FirmId | null {
  return employments.find((one) => holdsOn(one, day))?.firmId ?? null;
}

/** A firm sees a worker's time with itself alone; he and the operator see all of it. */
export function timeFor(viewer: Viewer, worker: OverTime): OverTime {
  const time = isFirms(viewer) ? ownTime(worker, viewer.firmId) : worker;
  return { ...time, employments: time.employments.map(({ planned: _planned, ...one }) => one) };
}

/** The day on which an employment begins that has not begun, where the viewer may know of it. */
function comingFor(viewer: Viewer, worker: Worker): Day | undefined {
  const coming = comingOf(worker);
  return isFirms(viewer) && coming?.firmId !== viewer.firmId ? undefined : coming?.from;
}

/** The firm whose time with the worker is all that a viewer sees, and states. */
export function firmOf(viewer: Viewer): FirmId | undefined {
  return isFirms(viewer) ? viewer.firmId : undefined;
}

function isFirms(viewer: Viewer): viewer is Viewer & { readonly firmId: FirmId } {
  return viewer.firmId !== undefined && viewer.role !== 'operator' && viewer.role !== 'worker';
}
