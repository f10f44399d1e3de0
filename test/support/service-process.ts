import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { open } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CARRIER } from './caller.ts';
import { KEY } from './line.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Where a service under test listens. */
export interface ServicePorts {
  readonly port: number;
  readonly sandboxPort: number;
}

/** Starts the real service as a process of its own, on its own data folder and, unless `uri` is given, its own engine. */
export async function startService(
  dataDir: string,
  { port, sandboxPort }: ServicePorts,
  uri = '',
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
      MONGODB_URI: uri,
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

/** Asks the service to end and waits for it. */
export async function stopService(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** Waits until the service says that calls can be recorded. */
export async function untilReady(url: string): Promise<void> {
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

/** The control API of a service's sandbox. */
export function controlOf(port: number) {
  return async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/control${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return text === '' ? undefined : JSON.parse(text);
  };
}

/** Ports that nobody uses now. */
export async function freePorts(): Promise<ServicePorts> {
  return { port: await freePort(), sandboxPort: await freePort() };
}

/** Below the ports that the system gives to connections, so that nobody has it by chance before the service is up, or between its deaths. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Lets time pass; for proofs that kill at random moments. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
