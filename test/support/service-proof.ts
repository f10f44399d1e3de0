import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectCleanServiceLog } from './clean-logs.ts';
import { incomingCall, newCallId, signedPost } from './caller.ts';
import { type Builder, type Office, office, registerBuilder } from './office.ts';
import { controlOf, freePorts, pause, startService, stopService, untilReady } from './service-process.ts';

export interface ServiceProof {
  readonly recorded: number;
  readonly unanswered: number;
  /** Heard "recorded" and is not there. */
  readonly lost: number;
  /** More than one passage of a call, or more than one history of a day. */
  readonly doubled: number;
  /** Attendance that none of the calls asked for. */
  readonly invented: number;
  readonly notHandedOver: number;
  readonly restartsMs: readonly number[];
}

/** What one caller heard, and in which call. */
interface Heard {
  readonly callId: string;
  readonly recorded: boolean;
}

interface Wish {
  readonly kills: number;
  readonly calls: number;
  readonly say: (sentence: string) => void;
}

const AT_ONCE = 6;
const TRIES = 80;

/**
 * Kills the real service (kill -9) at random moments while people call, restarts it, and holds what the callers heard against what is
 * there at the end: an oracle outside the service (I1, I3, I6, I7). Every caller has a telephone of his own and calls once.
 */
export async function proveService({ kills, calls, say }: Wish): Promise<ServiceProof> {
  const dataDir = await mkdtemp(join(tmpdir(), 'genba-proof-'));
  const ports = await freePorts();
  let child = await startService(dataDir, ports);
  const url = `http://127.0.0.1:${String(ports.port)}`;
  const restartsMs: number[] = [];
  try {
    await untilReady(url);
    const desk = office(url);
    const builder = await registerBuilder({ control: controlOf(ports.sandboxPort) }, desk, calls);
    const heard = new Map<string, Heard>();
    const load = callAll(url, builder, heard);
    for (let kill = 1; kill <= kills; kill++) {
      await pause(300 + Math.random() * 900);
      child.kill('SIGKILL');
      const killed = performance.now();
      child = await startService(dataDir, ports);
      await untilReady(url);
      restartsMs.push(performance.now() - killed);
      say(
        `kill ${String(kill)} of ${String(kills)}: ${String(heard.size)} of ${String(calls)} calls made, back after ${(restartsMs.at(-1) ?? 0).toFixed(0)} ms`,
      );
    }
    await load;
    const found = await compare(desk, builder, heard, ports.sandboxPort);
    await stopService(child);
    await expectCleanServiceLog(dataDir, builder.people);
    return { ...found, restartsMs };
  } finally {
    await stopService(child);
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Calls of everybody, a few at once; a call that got no answer is asked for again under its own id, as a carrier does. */
async function callAll(url: string, builder: Builder, heard: Map<string, Heard>): Promise<void> {
  const queue = [...builder.people];
  const one = async () => {
    for (let person = queue.shift(); person; person = queue.shift()) {
      const callId = newCallId();
      const form = incomingCall({ from: person.number, to: builder.line, callId });
      let answer = await signedPost(url, '/webhooks/twilio/voice', form);
      for (let again = 0; answer.status !== 200 && again < TRIES; again++) {
        await pause(250);
        answer = await signedPost(url, '/webhooks/twilio/voice', form);
      }
      heard.set(person.id, { callId, recorded: answer.status === 200 && answer.text.includes('記録しました') });
      await pause(60);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

async function compare(
  desk: Office,
  builder: Builder,
  heard: ReadonlyMap<string, Heard>,
  sandboxPort: number,
): Promise<Omit<ServiceProof, 'restartsMs'>> {
  const wanted = [...heard].filter(([, { recorded }]) => recorded).map(([id]) => id);
  const histories = () =>
    desk.all<{ workerId: string; workDate: string; forwarding: { state: string } }>(
      `/histories?siteId=${builder.siteId}`,
    );
  const listed = () =>
    desk.all<{ callId: string; passages: { workerId: string }[] }>(`/calls?siteId=${builder.siteId}`);
  // A minute's tick sweeps what the last kill left behind; the list of calls is written after the days.
  const settled = await desk
    .until(
      'the last hand-over',
      async () => {
        const all = await histories();
        const known = new Set(all.map(({ workerId }) => workerId));
        const called = new Set((await listed()).flatMap(({ passages }) => passages.map(({ workerId }) => workerId)));
        const accepted = all.every(({ forwarding }) => forwarding.state === 'accepted');
        return wanted.every((id) => known.has(id) && called.has(id)) && accepted && all;
      },
      100_000,
    )
    .catch(histories);
  const calls = await listed();
  const passages = calls.flatMap((call) => call.passages.map(({ workerId }) => ({ workerId, callId: call.callId })));
  const times = (id: string) => passages.filter(({ workerId }) => workerId === id).length;
  const held: { workerId: string }[] = [];
  for (const month of new Set(settled.map(({ workDate }) => workDate.slice(0, 7)))) {
    const { items } = (await controlOf(sandboxPort)('GET', `/histories?month=${month}`)) as { items: typeof held };
    held.push(...items);
  }
  const atRegistry = (ccusId: string) => held.filter(({ workerId }) => workerId === ccusId).length;
  const ccusIdOf = new Map(builder.people.map(({ id, ccusId }) => [id, ccusId]));
  const days = settled.map(({ workerId }) => workerId);
  return {
    recorded: wanted.length,
    unanswered: [...heard.values()].filter(({ recorded }) => !recorded).length,
    lost: wanted.filter((id) => times(id) === 0 || !days.includes(id)).length,
    doubled: builder.people.filter(
      ({ id, ccusId }) => times(id) > 1 || atRegistry(ccusId) > 1 || days.filter((day) => day === id).length > 1,
    ).length,
    invented:
      passages.filter(({ workerId, callId }) => heard.get(workerId)?.callId !== callId).length +
      days.filter((id) => times(id) === 0).length,
    notHandedOver: days.filter((id) => atRegistry(ccusIdOf.get(id) ?? '') !== 1).length,
  };
}
