import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CARRIER, incomingCall, newCallId, signedPost } from './caller.ts';
import { KEY } from './line.ts';
import { type Builder, type Office, office, registerBuilder } from './office.ts';

export interface ServiceProof {
  readonly recorded: number;
  readonly unanswered: number;
  /** Heard "recorded" and is not there. */
  readonly lost: number;
  /** More than one passage of a call, or more than one history of a day. */
  readonly doubled: number;
  /** Attendance without a call that asked for it. */
  readonly invented: number;
  readonly notHandedOver: number;
  readonly restartsMs: readonly number[];
}

interface Wish {
  readonly kills: number;
  readonly calls: number;
  readonly say: (sentence: string) => void;
}

const AT_ONCE = 6;
const TRIES = 80;
const ROOT = join(import.meta.dirname, '..', '..');

/**
 * Kills the real service (kill -9) at random moments while people call, restarts it, and holds what the callers heard against what is
 * there at the end: an oracle outside the service (I1, I3, I6, I7). Every caller has a telephone of his own and calls once.
 */
export async function proveService({ kills, calls, say }: Wish): Promise<ServiceProof> {
  const dataDir = await mkdtemp(join(tmpdir(), 'genba-proof-'));
  const ports = { port: await freePort(), sandboxPort: await freePort() };
  let child = await startService(dataDir, ports);
  const url = `http://127.0.0.1:${String(ports.port)}`;
  const restartsMs: number[] = [];
  try {
    await answers(url);
    const desk = office(url);
    const builder = await registerBuilder({ control: controlOf(ports.sandboxPort) }, desk, calls);
    const heard = new Map<string, boolean>();
    const load = callAll(url, builder, heard);
    for (let kill = 1; kill <= kills; kill++) {
      await pause(300 + Math.random() * 900);
      child.kill('SIGKILL');
      const killed = performance.now();
      child = await startService(dataDir, ports);
      await answers(url);
      restartsMs.push(performance.now() - killed);
      say(
        `kill ${String(kill)} of ${String(kills)}: ${String(heard.size)} of ${String(calls)} calls made, back after ${(restartsMs.at(-1) ?? 0).toFixed(0)} ms`,
      );
    }
    await load;
    const found = await compare(desk, builder, heard, ports.sandboxPort);
    return { ...found, restartsMs };
  } finally {
    await stopService(child);
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Calls of everybody, a few at once; a call that got no answer is asked for again under its own id, as a carrier does. */
async function callAll(url: string, builder: Builder, heard: Map<string, boolean>): Promise<void> {
  const queue = [...builder.people];
  const one = async () => {
    for (let person = queue.shift(); person; person = queue.shift()) {
      const form = incomingCall({ from: person.number, to: builder.line, callId: newCallId() });
      let answer = await signedPost(url, '/webhooks/twilio/voice', form);
      for (let again = 0; answer.status !== 200 && again < TRIES; again++) {
        await pause(250);
        answer = await signedPost(url, '/webhooks/twilio/voice', form);
      }
      heard.set(person.id, answer.status === 200 && answer.text.includes('記録しました'));
      await pause(60);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

async function compare(
  desk: Office,
  builder: Builder,
  heard: ReadonlyMap<string, boolean>,
  sandboxPort: number,
): Promise<Omit<ServiceProof, 'restartsMs'>> {
  const wanted = [...heard].filter(([, recorded]) => recorded).map(([id]) => id);
  const histories = () =>
    desk.all<{ workerId: string; forwarding: { state: string } }>(`/histories?siteId=${builder.siteId}`);
  // A minute's tick sweeps what the last kill left behind.
  const settled = await desk
    .until(
      'the last hand-over',
      async () => {
        const all = await histories();
        const known = new Set(all.map(({ workerId }) => workerId));
        return (
          wanted.every((id) => known.has(id)) && all.every(({ forwarding }) => forwarding.state === 'accepted') && all
        );
      },
      100_000,
    )
    .catch(histories);
  const passages = (
    await desk.all<{ callId: string; passages: { workerId: string }[] }>(`/calls?siteId=${builder.siteId}`)
  ).flatMap((call) => call.passages);
  const times = (id: string) => passages.filter(({ workerId }) => workerId === id).length;
  const held = (await controlOf(sandboxPort)(
    'GET',
    `/histories?month=${new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 7)}`,
  )) as { items: { workerId: string }[] };
  const atRegistry = (ccusId: string) => held.items.filter(({ workerId }) => workerId === ccusId).length;
  const ccusIdOf = new Map(builder.people.map(({ id, ccusId }) => [id, ccusId]));
  const days = settled.map(({ workerId }) => workerId);
  return {
    recorded: wanted.length,
    unanswered: [...heard.values()].filter((recorded) => !recorded).length,
    lost: wanted.filter((id) => times(id) === 0 || !days.includes(id)).length,
    doubled: builder.people.filter(
      ({ id, ccusId }) => times(id) > 1 || atRegistry(ccusId) > 1 || days.filter((day) => day === id).length > 1,
    ).length,
    invented: days.filter((id) => !heard.has(id)).length,
    notHandedOver: days.filter((id) => atRegistry(ccusIdOf.get(id) ?? '') !== 1).length,
  };
}

async function startService(
  dataDir: string,
  { port, sandboxPort }: { port: number; sandboxPort: number },
): Promise<ChildProcess> {
  const log = await open(join(dataDir, 'service.log'), 'a');
  const env = {
    ...process.env,
    ...{
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      PORT: String(port),
      SANDBOX: 'on',
      SANDBOX_PORT: String(sandboxPort),
      MONGODB_URI: '',
    },
    ...{
      PUBLIC_BASE_URL: CARRIER.publicBaseUrl,
      TWILIO_ACCOUNT_SID: CARRIER.accountSid,
      TWILIO_AUTH_TOKENS: CARRIER.token,
      ADMIN_API_KEY: KEY,
    },
  };
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', log.fd, log.fd],
  });
  await log.close();
  return child;
}

async function stopService(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** Waits until the service says that calls can be recorded. */
async function answers(url: string): Promise<void> {
  const deadline = performance.now() + 90_000;
  while (performance.now() < deadline) {
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.status === 200,
      () => false,
    );
    if (ready) return;
    await pause(50);
  }
  throw new Error('the service did not come up; see service.log in its data folder');
}

function controlOf(port: number) {
  return async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/control${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return text === '' ? undefined : JSON.parse(text);
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
