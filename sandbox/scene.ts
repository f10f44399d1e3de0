import type { ScenePlan } from './call-plan.ts';
import type { CarrierCall } from './carrier-list.ts';
import { type PlayedCall, callerNumber, playCall } from './carrier-player.ts';
import type { ControlClient } from './control-client.ts';

/** The world around a call, which a command puts together. */
export interface Stage {
  readonly control: Pick<ControlClient, 'setClock' | 'listCall'>;
  /** Stops the database engine of the data folder; what comes back lets it go on. */
  readonly stopDatabase: () => Promise<() => void>;
  readonly now: () => Date;
}

/** Plays one call with what happens around it: sets the clock, takes the database away, keeps the carrier's list. */
export function createScene({ control, stopDatabase, now }: Stage) {
  /** Business time minus real time, as far as this command set it. */
  let offsetMs = 0;

  async function moveClock(at: string): Promise<void> {
    await control.setClock(at);
    offsetMs = at === 'now' ? 0 : Date.parse(at) - now().getTime();
  }

  return async function play({ call, at, databaseAway, listed }: ScenePlan): Promise<PlayedCall> {
    if (at !== undefined) await moveClock(at);
    const business = () => new Date(now().getTime() + offsetMs);
    const startTime = business().toISOString();
    const played = await playWithout(databaseAway ? stopDatabase : undefined, { ...call, now: business });
    if (listed) await control.listCall(listCall(call, { ...played, startTime }));
    return played;
  };
}

async function playWithout(stop: Stage['stopDatabase'] | undefined, call: ScenePlan['call']): Promise<PlayedCall> {
  const release = await stop?.();
  try {
    return await playCall(call);
  } finally {
    release?.();
  }
}

/** The call as the carrier lists it, also where its request never reached the service. */
function listCall(call: ScenePlan['call'], played: PlayedCall & { readonly startTime: string }): CarrierCall {
  const { callId: sid, answered, seconds, startTime } = played;
  const status = answered ? 'completed' : 'no-answer';
  return { sid, from: callerNumber(call), to: call.to, startTime, status, duration: Math.ceil(seconds) };
}
