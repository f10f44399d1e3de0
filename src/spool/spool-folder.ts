import { type FileHandle, mkdir, open, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CallId } from '../domain/ids.ts';
import type { Log, TextSealer } from '../ports.ts';
import type { Spool, SpooledCall, Taken } from '../ports-spool.ts';

const SPOOLED = /^calls-.*\.log$/;
const REFUSED = 'refused.log';

const Line = z.object({
  callId: CallId,
  turn: z.number().int(),
  from: z.string(),
  to: z.string(),
  pressed: z.string().exactOptional(),
  cutShort: z.boolean().exactOptional(),
  forwarded: z.boolean(),
  carrier: z.enum(['twilio', 'somleng', 'jambonz', 'agi']).exactOptional(),
  receivedAt: z.coerce.date(),
});

interface Ground {
  readonly folder: string;
  readonly sealer: TextSealer;
  readonly log: Log;
  /** A name that no other process gives its file; names sort by time. */
  readonly newName: () => string;
}

interface Waiting {
  readonly line: string;
  readonly kept: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * A folder of files with one sealed call per line, used by one process at a time (the data folder is claimed). All that wait are written and synced together before any of them counts as kept. A
 * line that was torn by a crash cannot be opened, was promised to nobody, and is passed over.
 */
export function openSpool(ground: Ground): Spool {
  const { folder, sealer } = ground;
  let file: FileHandle | undefined;
  let waiting: Waiting[] = [];
  const inTurn = createTurns();

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        file ??= await create(folder, ground.newName());
        await file.appendFile(batch.map(({ line }) => line).join(''));
        await file.datasync();
        for (const { kept } of batch) kept();
      } catch (error) {
        await endFile().catch(() => undefined);
        for (const { failed } of batch) failed(error);
      }
    }
  }

  /** What comes next goes into a file of its own: after a failure nothing is written behind half a line. */
  async function endFile(): Promise<void> {
    const ended = file;
    file = undefined;
    await ended?.close();
  }

  return {
    append(call) {
      const line = `${sealer.sealText(JSON.stringify(call))}\n`;
      return new Promise((kept, failed) => {
        waiting.push({ line, kept, failed });
        if (waiting.length === 1) void inTurn(write);
      });
    },
    async drain(take) {
      // In one turn: what is listed is written to its end, and what comes meanwhile goes into the next file.
      const names = await inTurn(async () => {
        await endFile();
        return (await readdir(folder).catch(() => [])).filter((name) => SPOOLED.test(name)).sort();
      });
      for (const name of names) if (!(await drainFile(ground, join(folder, name), take))) return false;
      return true;
    },
    close: () => inTurn(endFile),
  };
}

/** Writing and ending a file go one after the other: none is ended, or drained and removed, under a line that is being written. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

async function create(folder: string, name: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = await open(join(folder, `calls-${name}.log`), 'ax', 0o600);
  // The name must be on disk too, or a crash could lose the whole file.
  const directory = await open(folder, 'r');
  await directory.sync().finally(() => directory.close());
  return file;
}

/** Takes up one file; it is removed when every call in it is stored or set aside. */
async function drainFile(ground: Ground, path: string, take: (call: SpooledCall) => Promise<Taken>): Promise<boolean> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
  for (const line of lines) {
    const call = readLine(line, ground);
    if (!call) continue;
    const taken = await take(call);
    if (taken === 'away') return false;
    if (taken === 'refused') await setAside(ground, line, call);
  }
  await rm(path, { force: true });
  return true;
}

function readLine(line: string, { sealer, log }: Ground): SpooledCall | undefined {
  try {
    return Line.parse(JSON.parse(sealer.openText(line)));
  } catch {
    log.warn({}, 'a line of the spool cannot be read; it was torn while it was written and promised to nobody');
    return undefined;
  }
}

async function setAside({ folder, log }: Ground, line: string, { callId, turn }: SpooledCall): Promise<void> {
  const file = await open(join(folder, REFUSED), 'a', 0o600);
  try {
    await file.appendFile(`${line}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
  log.error({ call: callId, turn, file: REFUSED }, 'a spooled call cannot be stored and was set aside');
}
