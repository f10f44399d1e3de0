import { createChangeWorker } from './change-worker.ts';
import { createLeaveService } from './leave-firm.ts';
import { createWorkerService } from './register-worker.ts';
import type { LeaveParts } from './take-back-leave.ts';

/** What registers workers, changes them and lets them go. */
export function createWorkerServices(parts: Parameters<typeof createWorkerService>[0] & LeaveParts) {
  const workerService = createWorkerService(parts);
  const leaveService = createLeaveService(parts);
  return { workerService, leaveService, changeWorker: createChangeWorker({ ...parts, workerService, leaveService }) };
}
