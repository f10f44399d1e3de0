import type { Day, WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { paperFormat } from '../domain/paper-format.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Worker } from '../domain/worker.ts';
import type { CopyStore } from '../ports-copies.ts';
import type { WordKeeper } from '../ports-keys.ts';
import type { Chance, Clock, WorkerStore } from '../ports.ts';
import { type ChangeHook, changeRegister } from './change-register.ts';

/** What stands in the register of a file that is kept sealed elsewhere. */
export interface PaperFacts {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly on: Day;
}

/** A kind of papers: where they stand with a worker, and what is said of each. */
export interface PaperKind<Paper extends PaperFacts, About, Code extends string> {
  readonly prefix: string;
  readonly most: number;
  readonly store: CopyStore;
  readonly of: (worker: Worker) => readonly Paper[];
  readonly put: (worker: Worker, papers: readonly Paper[]) => Worker;
  readonly describe: (worker: Worker, about: About) => Outcome<Omit<Paper, keyof PaperFacts>, Code>;
}

interface Parts {
  readonly workers: WorkerStore;
  readonly words: WordKeeper;
  readonly clock: Pick<Clock, 'now'>;
  readonly chance: Chance;
  readonly changed: ChangeHook;
}

/** A file as it came. */
export interface Upload<About> {
  readonly about: About;
  readonly name: string;
  readonly bytes: Buffer;
}

/** A worker with the papers that the asker sees. */
type Seen = (worker: Worker) => Worker;

type AttachRefusal = 'not-found' | 'conflict' | 'paper-unknown' | 'copies-full' | 'worker-erased';

const MOST_NAME = 120;

/** Keeps papers of workers, each sealed under his data key: what it is stands in his register, the file beside it. */
export function createPaperService<Paper extends PaperFacts, About, Code extends string = never>(
  parts: Parts,
  kind: PaperKind<Paper, About, Code>,
) {
  const { workers, words } = parts;
  const change = createChange(parts);
  return {
    attach: createAttach(parts, kind),
    async read(
      workerId: WorkerId,
      id: string,
      seen: Seen = (worker) => worker,
    ): Promise<Outcome<{ readonly paper: Paper; readonly bytes: Buffer }, 'not-found'>> {
      const worker = (await workers.find(workerId))?.value;
      const paper = worker && kind.of(seen(worker)).find((one) => one.id === id);
      const sealed = paper && (await kind.store.find(id, workerId));
      if (!paper || sealed === undefined) return refuse('not-found');
      const [text = ''] = await words.openAll([sealed]);
      return accept({ paper, bytes: Buffer.from(text, 'base64') });
    },
    async remove(
      workerId: WorkerId,
      id: string,
      seen: Seen = (worker) => worker,
    ): Promise<Outcome<undefined, 'not-found' | 'conflict'>> {
      const done = await change(workerId, (worker) => {
        if (!kind.of(seen(worker)).some((one) => one.id === id)) return refuse('not-found');
        return accept(
          kind.put(
            worker,
            kind.of(worker).filter((one) => one.id !== id),
          ),
        );
      });
      if (!done.ok) return done;
      await kind.store.remove(id, workerId);
      return accept(undefined);
    },
  };
}

function createChange({ workers, changed }: Parts) {
  return async <Why extends string>(id: WorkerId, decide: (worker: Worker) => Outcome<Worker, Why>) => {
    const done = await changeRegister<Worker, WorkerId, Why>(workers, id, decide);
    if (done.ok) await changed({ kind: 'worker', id });
    return done;
  };
}

function createAttach<Paper extends PaperFacts, About, Code extends string>(
  parts: Parts,
  kind: PaperKind<Paper, About, Code>,
) {
  const { workers, words, clock, chance } = parts;
  const change = createChange(parts);
  const withPaper = (worker: Worker, paper: Paper): Outcome<Worker, 'copies-full' | 'worker-erased'> => {
    if (worker.erasedOn) return refuse('worker-erased');
    const kept = kind.of(worker);
    return kept.length < kind.most ? accept(kind.put(worker, [...kept, paper])) : refuse('copies-full');
  };
  return async function attach(
    workerId: WorkerId,
    { about, name, bytes }: Upload<About>,
  ): Promise<Outcome<Paper, AttachRefusal | Code>> {
    const contentType = paperFormat(bytes);
    if (!contentType) return refuse('paper-unknown');
    const found = await workers.find(workerId);
    if (!found) return refuse('not-found');
    const described = kind.describe(found.value, about);
    if (!described.ok) return described;
    const sealed = await words.seal(workerId, bytes.toString('base64'));
    if (sealed === undefined) return refuse('worker-erased');
    const id = chance.id(kind.prefix);
    const facts = { id, name: name.slice(0, MOST_NAME), contentType, bytes: bytes.length, on: tokyoDay(clock.now()) };
    const paper = { ...described.value, ...facts } as Paper;
    await kind.store.save(id, workerId, sealed);
    const done = await change(workerId, (worker) => withPaper(worker, paper));
    if (done.ok) return accept(paper);
    await kind.store.remove(id, workerId);
    return done;
  };
}
