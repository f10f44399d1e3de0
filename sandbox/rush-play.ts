import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Day } from '../src/domain/ids.ts';
import { playCall } from './carrier-player.ts';
import { CARRIER_PATHS, createSignedSend } from './carrier-request.ts';
import type { ControlClient } from './control-client.ts';
import type { RushCall } from './rush-board.ts';
import { type CrewMember, crewSite } from './rush-crew.ts';
import { type Arrival, callsOf, eveningOf, morningAt } from './rush-plan.ts';
import type { ServiceAddress } from './service-address.ts';

/** What a rush needs of the world: the service, the sandbox's clock, call ids, and whether it was broken off. */
export interface RushGround {
  readonly service: ServiceAddress;
  readonly control: Pick<ControlClient, 'setClock'>;
  readonly newCallId: () => string;
  readonly stopped: AbortSignal;
}

/** How often business time is moved on while the morning runs faster than the clock. */
const TICK_MS = 500;
/** People who go home call at most so many at a time. */
const AT_ONCE = 8;

/** Plays the arrivals over so many seconds, each told when it is over; business time runs through the morning meanwhile. */
export async function playMorning(
  ground: RushGround,
  { arrivals, day, seconds }: { arrivals: readonly Arrival[]; day: Day; seconds: number },
  tell: (call: RushCall) => void,
): Promise<void> {
  // Everybody waits for his moment on this one signal.
  setMaxListeners(0, ground.stopped);
  await ground.control.setClock(morningAt(day, 0));
  const began = Date.now();
  const share = () => Math.min(1, (Date.now() - began) / (seconds * 1000));
  const over = new AbortController();
  // Who calls twice does so within a moment, and not before and after the clock is moved by minutes: that would be an exit.
  let turn = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => (turn = turn.then(work));
  const moveOn = () => inTurn(() => ground.control.setClock(morningAt(day, share())));
  const clock = runClock(ground, moveOn, over.signal);
  const arrive = async (arrival: Arrival): Promise<void> => {
    await sleep(arrival.share * seconds * 1000 - (Date.now() - began), ground.stopped);
    if (ground.stopped.aborted) return;
    const calls = callsOf(arrival);
    const play = async () => {
      for (const call of calls) tell(await ring(ground, arrival.member, call));
    };
    await (calls.length > 1 ? inTurn(play) : play());
  };
  try {
    await Promise.all(arrivals.map(arrive));
  } finally {
    over.abort();
    await clock;
  }
}

/** Everybody who is still in from an earlier morning goes home on that day. */
export async function playEvening(ground: RushGround, day: Day, people: readonly CrewMember[]): Promise<void> {
  if (people.length === 0) return;
  await ground.control.setClock(eveningOf(day));
  const queue = [...people];
  const one = async (): Promise<void> => {
    for (let member = queue.shift(); member; member = queue.shift())
      await ring(ground, member, { from: member.number });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** Moves the clock on again and again; the last error, if any, is what the rush ends with. */
async function runClock({ stopped }: RushGround, moveOn: () => Promise<void>, over: AbortSignal): Promise<void> {
  const ended = AbortSignal.any([stopped, over]);
  while (!ended.aborted) {
    await sleep(TICK_MS, ended);
    if (!ended.aborted) await moveOn();
  }
}

async function ring(
  { service, newCallId }: RushGround,
  member: CrewMember,
  call: ReturnType<typeof callsOf>[number],
): Promise<RushCall> {
  const tookMs: number[] = [];
  const signed = createSignedSend(service);
  const send: typeof signed = async (path, form) => {
    const began = performance.now();
    const answer = await signed(path, form);
    if (path !== CARRIER_PATHS.status) tookMs.push(performance.now() - began);
    return answer;
  };
  const { publicBaseUrl, accountSid } = service;
  const played = await playCall({ send, publicBaseUrl, accountSid, callId: newCallId(), to: crewSite.line, ...call });
  return { member, played, tookMs };
}

async function sleep(ms: number, stopped: AbortSignal): Promise<void> {
  if (ms > 0) await pause(ms, undefined, { signal: stopped }).catch(() => undefined);
}
