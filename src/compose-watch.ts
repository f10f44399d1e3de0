import type { Stores } from './compose-stores.ts';
import type { CanaryCall } from './ports-carrier.ts';
import type { Messenger } from './ports-messages.ts';
import type { Chance, Clock, Log } from './ports.ts';
import { renderActs } from '../ivr/render-acts.ts';
import type { AnswerCall } from './services/answer-call.ts';
import { createAnswerReminder } from './services/answer-reminder.ts';
import type { LeaveService } from './services/leave-firm.ts';
import type { HiringService } from './services/plan-hiring.ts';
import type { MergeService } from './services/merge-workers.ts';
import type { MasterCipher } from './services/number-cipher.ts';
import type { Project } from './services/project.ts';
import { createPlayCanary } from './services/play-canary.ts';
import { createRemind } from './services/remind.ts';
import { createRingAlarms } from './services/ring-alarms.ts';
import { createAnswerNotice } from './services/answer-notice.ts';
import { createTellHolders } from './services/tell-holders.ts';
import { createWatchArrivals } from './services/watch-arrivals.ts';
import { createWatchBursts } from './services/watch-bursts.ts';

export interface WatchGround {
  readonly stores: Stores;
  readonly cipher: MasterCipher;
  readonly clock: Clock;
  readonly log: Log;
  readonly chance: Chance;
  readonly messenger: Messenger;
  readonly canaryCall?: CanaryCall | undefined;
  readonly project: Project;
  readonly answerCall: AnswerCall;
  /** Ends what leavings end whose last day is over. */
  readonly mergeService: Pick<MergeService, 'finish'>;
  readonly leaveService: Pick<LeaveService, 'finishDue'>;
  /** Lets employments begin whose day has come, after what ends before them. */
  readonly hiringService: Pick<HiringService, 'beginDue'>;
}

export type Watch = ReturnType<typeof composeWatch>;

/** What is noticed because nobody called. Each part is looked at every minute; one that fails keeps no other from its work. */
export function composeWatch(ground: WatchGround) {
  const { stores, log } = ground;
  const ring = createRingAlarms({ ...ground, ...stores });
  const bursts = createWatchBursts({ ...ground, ...stores, ring });
  const parts = {
    remind: createRemind({ ...ground, ...stores }),
    watchArrivals: createWatchArrivals({ ...ground, ...stores, ring }),
    playCanary: createPlayCanary({ ...ground, ...stores, ring }),
    watchBursts: () => bursts.look(),
    tellHolders: createTellHolders({ ...ground, ...stores }),
    finishMerges: () => ground.mergeService.finish(),
    finishLeaves: async () => void (await ground.leaveService.finishDue()),
    beginHirings: async () => void (await ground.hiringService.beginDue()),
  };
  return {
    ...parts,
    answerReminder: createAnswerReminder({ ...ground, ...stores, render: renderActs }),
    answerNotice: createAnswerNotice({ ...stores, render: renderActs }),
    noteBurst: () => bursts.note(),
    async look(): Promise<void> {
      for (const [part, work] of Object.entries(parts)) {
        await work().catch((error: unknown) => log.warn({ part, err: error }, 'a look at what is missing failed'));
      }
    },
  };
}
