import { spawn } from 'node:child_process';
import { DatabaseRefusal } from './database-refusal.ts';

const STOP_GRACE_MS = 10_000;
const KEPT_WORDS = 2_000;

/** A database engine that runs as our child in its own process group, so that Ctrl-C reaches only the service. */
export type EngineProcess = ReturnType<typeof startEngineProcess>;

/**
 * Starts an engine that ends by itself when its standard input closes, also when this process is killed.
 *
 * `ended` resolves with the exit code (undefined after a signal) only if the engine ends without `stop()`.
 */
export function startEngineProcess(command: string, args: string[]) {
  const child = spawn(command, args, { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  let stopping = false;
  let complaint = '';
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-KEPT_WORDS);
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-KEPT_WORDS);
  });
  child.stdin.on('error', () => undefined);
  const exit = new Promise<number | undefined>((resolve) => {
    child.once('exit', (code) => {
      resolve(code ?? undefined);
    });
    child.once('error', (error) => {
      complaint = error.message;
      resolve(undefined);
    });
  });
  const ended = new Promise<number | undefined>((resolve) => {
    void exit.then((code) => {
      if (!stopping) resolve(code);
    });
  });

  return {
    pid: child.pid,
    ended,
    exit,
    /** The last it said, preferably as a complaint. */
    lastWords: () => complaint.trim() || said.trim(),
    firstLine: () => readFirstLine(child.stdout, exit),
    /** From here on the engine does not keep this process alive. */
    detach() {
      child.unref();
      for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as unknown as Unreferable).unref();
    },
    /** Closes the engine's standard input and waits until it has ended; kills it after ten seconds. */
    async stop(): Promise<void> {
      stopping = true;
      child.ref();
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
      await exit;
      clearTimeout(timer);
    },
  };
}

interface Unreferable {
  unref(): void;
}

function readFirstLine(stdout: NodeJS.ReadableStream, exit: Promise<unknown>): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = '';
    stdout.on('data', (chunk: string) => {
      if (text.includes('\n')) return;
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')).trim());
    });
    void exit.then(() => {
      resolve(undefined);
    });
  });
}

/** Waits for a freshly started engine's first line; an engine that ended instead becomes a refusal with its words. */
export async function awaitFirstLine(engine: EngineProcess): Promise<string> {
  const line = await engine.firstLine();
  if (line === undefined) throw new DatabaseRefusal(`The database engine did not start: ${engine.lastWords()}`);
  return line;
}
