import type { Connection } from 'mongoose';
import { createAlarmStore } from '../models/alarm-store.ts';
import { createAnswerStore } from '../models/answer-store.ts';
import { createCallDirectory } from '../models/call-directory.ts';
import { createCanaryStore } from '../models/canary-store.ts';
import { createCorrectionStore } from '../models/correction-store.ts';
import { createErasureStore } from '../models/erasure-store.ts';
import { createForwardingStore } from '../models/forwarding-store.ts';
import { createImportStore } from '../models/import-store.ts';
import { createLedgerStore } from '../models/ledger-store.ts';
import { createMappingStore } from '../models/mapping-store.ts';
import { createPersonTraces } from '../models/person-traces.ts';
import { createNoticeStore } from '../models/notice-store.ts';
import { createProjectionStore } from '../models/projection-store.ts';
import { createReconciliationStore } from '../models/reconciliation-store.ts';
import { createRegisterStores } from '../models/register-stores.ts';
import { createReminderStore } from '../models/reminder-store.ts';
import { createRetentionStore } from '../models/retention-store.ts';
import { createRosterVersionStore } from '../models/roster-version-store.ts';
import { createRunStore } from '../models/run-store.ts';
import { createStatusStore } from '../models/status-store.ts';
import { createWorkerSealer } from '../models/worker-sealer.ts';
import { createUseFinder } from '../models/use-finder.ts';
import { type VaultGround, openVault } from './compose-vault.ts';
import type { Clock } from './ports.ts';

export type Stores = ReturnType<typeof openStores>;

/** Every store on one connection. */
export function openStores(connection: Connection, ground: VaultGround & { readonly clock: Clock }) {
  const { cipher, clock } = ground;
  const { dataKeys, ring, vault, words } = openVault(connection, ground);
  const realMs = () => clock.real().getTime();
  return {
    ...createRegisterStores(connection, { vault, words }),
    dataKeys,
    ring,
    alarms: createAlarmStore(connection),
    answers: createAnswerStore({ connection, sealer: cipher, clock }),
    canaries: createCanaryStore(connection),
    corrections: createCorrectionStore(connection),
    directory: createCallDirectory(connection, vault, realMs),
    erasures: createErasureStore(connection),
    forwardings: createForwardingStore(connection, () => clock.real()),
    imports: createImportStore(connection, cipher),
    ledger: createLedgerStore(connection, words),
    mappings: createMappingStore(connection),
    notices: createNoticeStore(connection),
    projections: createProjectionStore(connection),
    reconciliations: createReconciliationStore(connection),
    reminders: createReminderStore(connection),
    retention: createRetentionStore(connection),
    rosterVersions: createRosterVersionStore(connection),
    runs: createRunStore(connection),
    sealer: createWorkerSealer(connection, vault),
    statuses: createStatusStore(connection),
    traces: createPersonTraces(connection),
    uses: createUseFinder(connection),
  };
}
