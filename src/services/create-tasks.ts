import { createKnownManagers } from './known-managers.ts';
import { createListTasks } from './list-tasks.ts';

type Parts = Parameters<typeof createKnownManagers>[0] & Omit<Parameters<typeof createListTasks>[0], 'knownManagers'>;

/** What offices have to do, and who it is that sites and firms name. */
export function createTasks(parts: Parts) {
  const knownManagers = createKnownManagers(parts);
  return { knownManagers, listTasks: createListTasks({ ...parts, knownManagers }) };
}
