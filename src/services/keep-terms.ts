import type { Day } from '../domain/ids.ts';
import { type RetentionKind, type RetentionRule, type RetentionTerms, cutOf, rulesWith } from '../domain/retention.ts';
import { addDays, startOfDay, tokyoDay } from '../domain/work-day.ts';
import type { ImportStore } from '../ports-imports.ts';
import type { RetentionStore } from '../ports-retention.ts';
import type { Clock, PhoneStore } from '../ports.ts';
import type { EraseWorker } from './erase-worker.ts';

/** Calls are looked at for so long after their term: the job runs every day. */
const WINDOW_DAYS = 60;

interface Parts {
  readonly retention: RetentionStore;
  readonly eraseWorker: EraseWorker;
  readonly phones: Pick<PhoneStore, 'removeMany'>;
  readonly imports: Pick<ImportStore, 'dropOlder'>;
  readonly terms: RetentionTerms;
  readonly clock: Clock;
}

/** One clock with what is past its term now. */
export interface DueTerm {
  readonly rule: RetentionRule;
  readonly before: Day;
  readonly due: number;
}

export type KeepTerms = ReturnType<typeof createKeepTerms>;

/** Looks at everything before a day; with `act` it goes, without it is only counted. Answers how many. */
type Look = (before: Day, act: boolean) => Promise<number>;

/** Lets go of what is past its term: as a report of what would go, and as the daily job that does it. */
export function createKeepTerms(parts: Parts) {
  const { terms, clock } = parts;
  const looks = lookAtAll(parts);

  async function each(act: boolean, signal?: AbortSignal): Promise<readonly DueTerm[]> {
    const found: DueTerm[] = [];
    for (const rule of rulesWith(terms)) {
      if (signal?.aborted) break;
      const before = cutOf(rule, tokyoDay(clock.now()));
      found.push({ rule, before, due: await looks[rule.kind](before, act) });
    }
    return found;
  }

  return {
    /** What would go now; nothing does. */
    report: () => each(false),
    /** Lets it go; a crash in between leaves the rest to the next run. */
    async run(signal: AbortSignal): Promise<Readonly<Record<string, number>>> {
      const gone = await each(true, signal);
      return Object.fromEntries(gone.map(({ rule, due }) => [rule.kind, due]));
    },
  };
}

function lookAtAll(parts: Parts): Readonly<Record<RetentionKind, Look>> {
  const { retention } = parts;
  return {
    people: lookAtPeople(parts, 'with-days'),
    'people-without-days': lookAtPeople(parts, 'without-days'),
    'spoken-words': lookAtCalls(retention, 'countWords', 'clearWords'),
    'caller-numbers': lookAtCalls(retention, 'countNumbers', 'clearNumbers'),
    'ended-numbers': lookAtNumbers(parts),
    uploads: lookAtUploads(parts),
  };
}

function lookAtPeople({ retention, eraseWorker }: Parts, which: 'with-days' | 'without-days'): Look {
  return async (before, act) => {
    let due = 0;
    for await (const { id, worked } of retention.leavers(before)) {
      if ((worked === undefined) !== (which === 'without-days')) continue;
      if (worked !== undefined && worked >= before) continue;
      due += 1;
      if (act) await eraseWorker.erase(id, { by: 'retention', reason: 'term-ended', giveUpUndelivered: true });
    }
    return due;
  };
}

function lookAtCalls(
  retention: RetentionStore,
  count: 'countWords' | 'countNumbers',
  clear: 'clearWords' | 'clearNumbers',
): Look {
  return async (before, act) => {
    let due = 0;
    for await (const calls of retention.calls(startOfDay(addDays(before, -WINDOW_DAYS)), startOfDay(before))) {
      due += await retention[count](calls);
      if (act) await retention[clear](calls);
    }
    return due;
  };
}

function lookAtNumbers({ retention, phones }: Parts): Look {
  return async (before, act) => {
    let due = 0;
    for await (const { index, rev } of retention.endedNumbers(before)) {
      due += 1;
      if (act) await phones.removeMany([index], rev);
    }
    return due;
  };
}

function lookAtUploads({ retention, imports }: Parts): Look {
  return async (before, act) => {
    const moment = startOfDay(before);
    const due = await retention.countUploads(moment);
    for (let left = due; act && left > 0; left = await retention.countUploads(moment)) await imports.dropOlder(moment);
    return due;
  };
}
