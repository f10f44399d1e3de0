import { setTimeout as pause } from 'node:timers/promises';
import type { ImportId, ImportProgress, ImportState } from '../domain/phone-list/phone-import.ts';
import type { ImportStore } from '../ports-imports.ts';

/** What a watcher is told: where a list stands, and how far its commit is. */
export interface ImportNews {
  readonly state: ImportState;
  readonly progress?: ImportProgress;
}

const LOOK_MS = 250;
/** A line at least so often, so that nobody on the way takes the connection for dead. */
const QUIET_LOOKS = 60;
/** Who still watches a list after that long may ask again. */
const MOST_LOOKS = 14_400;

/** Nothing more happens by itself in these. */
const ENDS = new Set<ImportState>(['committed', 'cancelled', 'undone']);

/** Tells how far a list is, each time something changes, until it has ended or nobody listens; null stands for "still here". */
export function createImportWatch(imports: Pick<ImportStore, 'find'>) {
  return async function* watchImport(id: ImportId, signal: AbortSignal): AsyncGenerator<ImportNews | null> {
    let told = '';
    let quiet = 0;
    for (let looks = 0; looks < MOST_LOOKS && !signal.aborted; looks += 1) {
      const found = await imports.find(id);
      if (!found) return;
      const { state, progress } = found.value;
      const news: ImportNews = { state, ...(progress ? { progress } : {}) };
      const text = JSON.stringify(news);
      quiet = text === told ? quiet + 1 : 0;
      if (text !== told) yield news;
      else if (quiet % QUIET_LOOKS === 0) yield null;
      told = text;
      if (ENDS.has(state)) return;
      await pause(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  };
}
