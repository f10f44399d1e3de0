import { createChangeWorker } from './change-worker.ts';
import type { HiringStore } from '../ports-hirings.ts';
import { createEmploymentService } from './employ-worker.ts';
import { createLeaveService } from './leave-firm.ts';
import { createHiringService } from './plan-hiring.ts';
import { createWorkerService } from './register-worker.ts';
import type { LeaveParts } from './take-back-leave.ts';

/** What registers workers, changes them and lets them go. */
export function createWorkerServices(
  parts: Parameters<typeof createWorkerService>[0] & LeaveParts & { readonly hirings: HiringStore },
) {
  const workerService = createWorkerService(parts);
  const leaveService = createLeaveService(parts);
  const hiringService = createHiringService({ ...parts, leaveService });
  return {
    workerService,
    leaveService,
    hiringService,
    employmentService: createEmploymentService({ ...parts, hiringService }),
    changeWorker: createChangeWorker({ ...parts, workerService, leaveService }),
  };
}
