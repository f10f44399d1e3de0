import type { Day } from '../domain/ids.ts';
import { type Line, lineOn } from '../domain/line-use.ts';
import type { LineStore } from '../ports.ts';
import { readAll } from './read-all.ts';

/** The lines that are open on that day, each as it is then. */
export async function openLines(lines: LineStore, day: Day): Promise<readonly Line[]> {
  const all = await readAll((request) => lines.page(request));
  return all.map((line) => lineOn(line, day)).filter(({ state }) => state === 'open');
}
