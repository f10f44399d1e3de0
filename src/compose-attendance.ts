import { renderActs } from '../ivr/render-acts.ts';
import { composePrivacy } from './compose-privacy.ts';
import type { Stores } from './compose-stores.ts';
import type { CallId, Day, WorkerId } from './domain/ids.ts';
import type { ActEntry, CorrectionEntry } from './domain/ledger.ts';
import type { RetentionTerms } from './domain/retention.ts';
import { accept, refuse } from './domain/outcome.ts';
import { addDays, tokyoDay } from './domain/work-day.ts';
import type { CarrierCalls } from './ports-carrier.ts';
import type { Chance, Clock, Log, Registry } from './ports.ts';
import type { Spool } from './ports-spool.ts';
import { createActOnException } from './services/act-on-exception.ts';
import { createCallAids } from './services/call-aids.ts';
import { answeringCanaries } from './services/answer-canary.ts';
import { createAnswerCall } from './services/answer-call.ts';
import type { PinService } from './services/check-pin.ts';
import { createBuildRegistryItems } from './services/build-registry-item.ts';
import { createCorrectHistory } from './services/correct-history.ts';
import { createForward } from './services/forward.ts';
import { createJudgeEvaluability } from './services/judge-evaluability.ts';
import { createNoteStatus } from './services/note-status.ts';
import type { KeepTerms } from './services/keep-terms.ts';
import { createMergeService } from './services/merge-workers.ts';
import type { ChangeHook } from './services/change-register.ts';
import { type NudgedLoop, createNudgedLoop } from './services/nudged-loop.ts';
import type { MasterCipher } from './services/number-cipher.ts';
import { createProjectTrees } from './services/project-trees.ts';
import { createProject } from './services/project.ts';
import { createProjectionQueue } from './services/projection-queue.ts';
import { createRebuildCalls } from './services/rebuild-calls.ts';
import { createReadHistories } from './services/read-histories.ts';
import { type RecordRosters, createRecordRosters } from './services/record-rosters.ts';
import { createRosterQueue } from './services/roster-queue.ts';
import { createReconcile } from './services/reconcile.ts';
import { createKeepCall } from './services/keep-call.ts';
import type { PhoneService } from './services/register-phone.ts';
import { createRunJob } from './services/run-job.ts';
import { type Sweep, createSweep } from './services/sweep.ts';

export interface AttendanceGround {
  readonly stores: Stores;
  readonly cipher: MasterCipher;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
  readonly registry: Registry;
  readonly carrier: CarrierCalls;
  readonly phoneService: PhoneService;
  readonly changed: ChangeHook;
  readonly pinService: PinService;
  readonly spool: Spool;
  readonly patienceMs?: number;
  readonly retentionDays?: RetentionTerms;
  readonly probe: () => Promise<void>;
  readonly isDatabaseAway: (error: unknown) => boolean;
  /** Told of a turn that was asked for again. */
  readonly replayed: () => void;
}

export type Attendance = ReturnType<typeof composeAttendance>;

/** The straight line: call → ledger → projection → hand-over, with the jobs that find what was left behind. */
export function composeAttendance(ground: AttendanceGround) {
  const { stores, clock, chance, log, registry } = ground;
  const rosters = createRecordRosters({ ...stores, clock });
  const rosterQueue = createRosterQueue({ rosters, log });
  const projectTrees = createProjectTrees({ ...stores, rosterDerived: rosterQueue.derived });
  const project = createProject({ ...stores, projectTrees, clock });
  const build = createBuildRegistryItems(stores);
  const forward = createForward({ forwardings: stores.forwardings, registry, build, clock, chance, log });
  const forwarding = createForwardingLoop(ground, forward);
  const queue = createProjectionQueue({ project, log, projected: () => forwarding.nudge() });
  const parts = { ...ground, ...stores };
  const judge = createJudgeEvaluability(stores);
  const reconcile = createReconcile({ ...ground, ...stores, build, forward });
  const privacy = composePrivacy({ ...ground, project, sweep: createSweep({ ...stores, project, clock }) });
  const projectDecision = createProjectDecision(project, forwarding);
  const aids = createCallAids({ ...stores, log, pinService: ground.pinService });
  const answering = { ...parts, aids, render: renderActs, nudge: queue.add };
  const answerCall = answeringCanaries(createAnswerCall(answering), answering);
  const rebuildCalls = createRebuildCalls({ ...parts, answerCall });
  const jobs = nameJobs({ forward, ...privacy, rebuildCalls, reconcile, rosters, clock });
  const runJob = createRunJob({ runs: stores.runs, clock, log, jobs });
  const readCarrierList = createReadCarrierList(runJob, ground);
  const keeper = createKeepCall({ ...ground, answerCall, back: readCarrierList });
  return {
    answerCall,
    correct: createCorrectHistory({ ...parts, project: projectDecision }),
    keepCall: keeper.keepCall,
    drainSpool: keeper.start,
    readCarrierList,
    noteStatus: createNoteStatus({ statuses: stores.statuses, nudge: queue.add }),
    act: createActOnException({
      ...parts,
      project: projectDecision,
      registerNumber: registerNumber(ground),
    }),
    mergeService: createMergeService({ ...parts, projectWorkers: projectWorkers(project, forwarding) }),
    readHistories: createReadHistories({ ...stores, judge }),
    ...privacy,
    ...{ project, projectTrees, runJob },
    nudgeForwarding: () => forwarding.nudge(),
    async stop() {
      await keeper.stop();
      await queue.stop();
      await rosterQueue.stop();
      await forwarding.stop();
      await runJob.stop();
    },
  };
}

function createReadCarrierList(runJob: ReturnType<typeof createRunJob>, { clock, log }: AttendanceGround) {
  return () => {
    const started = runJob.start('carrier-list', tokyoDay(clock.now()), 'all');
    started.catch((error: unknown) => log.warn({ err: error }, "the carrier's list is read at the next daily run"));
  };
}

/** The jobs by the names under which they are asked for. */
function nameJobs(work: {
  readonly forward: ReturnType<typeof createForward>;
  readonly sweep: Sweep;
  readonly keepTerms: KeepTerms;
  readonly rebuildCalls: ReturnType<typeof createRebuildCalls>;
  readonly reconcile: ReturnType<typeof createReconcile>;
  readonly rosters: RecordRosters;
  readonly clock: Clock;
}): Parameters<typeof createRunJob>[0]['jobs'] {
  return {
    forward: async ({ signal }) => work.forward(signal),
    sweep: async () => work.sweep(),
    rosters: async ({ date, signal }) => {
      // The rosters of days that are long over are not known any more: only what holds today is written.
      const isYesterday = date >= addDays(tokyoDay(work.clock.now()), -1);
      return { versions: isYesterday ? await work.rosters.all(signal) : 0 };
    },
    retention: async ({ signal }) => work.keepTerms.run(signal),
    'carrier-list': async ({ date }) => ({ ...(await work.rebuildCalls(date)) }),
    reconcile: async ({ date }) => {
      const { compared, equal, repaired, reported, state } = await work.reconcile(date);
      if (state === 'registry-away') throw new Error('the core registry could not be asked');
      return { compared, equal, repaired, reported };
    },
  };
}

/** Hands over as soon as something is projected, and comes back by itself when the next retry is due. */
function createForwardingLoop(
  { stores, clock, log }: AttendanceGround,
  forward: ReturnType<typeof createForward>,
): NudgedLoop {
  const LONGEST_MS = 30_000;
  const SHORTEST_MS = 250;
  return createNudgedLoop({
    name: 'forwarding',
    log,
    pauseMs: 50,
    async work() {
      await forward();
      const next = await stores.forwardings.nextDue();
      if (!next) return undefined;
      return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, next.getTime() - clock.real().getTime()));
    },
  });
}

/** What a person did is projected before he is answered, so that he sees it. */
function createProjectDecision(project: ReturnType<typeof createProject>, forwarding: NudgedLoop) {
  return async ({ workerId, callId }: ActEntry | CorrectionEntry): Promise<void> => {
    await project({ workerIds: workerId ? [workerId] : [], callIds: callId ? [callId] : [] });
    forwarding.nudge();
  };
}

/** Derived before the asker is answered, and handed over soon. */
function projectWorkers(project: ReturnType<typeof createProject>, forwarding: NudgedLoop) {
  return async (workerIds: readonly WorkerId[], callIds: readonly CallId[]): Promise<void> => {
    await project({ workerIds, callIds });
    forwarding.nudge();
  };
}

function registerNumber({ cipher, phoneService }: AttendanceGround) {
  return async (sealed: string, workerId: WorkerId, validFrom: Day) => {
    const blank = { groupCall: false, upperFirms: [], standingConsent: false };
    const done = await phoneService.register({
      ...blank,
      number: cipher.open(sealed),
      workerIds: [workerId],
      tell: [workerId],
      validFrom,
    });
    if (done.ok || done.code === 'number-registered') return accept(undefined);
    return refuse(done.code === 'number-not-personal' ? 'number-not-personal' : 'number-taken');
  };
}
