import { readStays } from '../src/domain/stays.ts';
import { farewell } from './after-receipt.ts';
import { type Facts, type MissingExitCall, type Reply, whoIs } from './facts.ts';
import { askExit } from './forgot-day.ts';
import { speakableName } from './prompts.ts';

/**
 * We called him: his exit is missing. He keys in the time at which he left, which is filed as a request for the office to approve; nothing
 * is recorded by it. Whoever is not known by this telephone, or has left meanwhile, hears nothing.
 */
export function askMissingExit({ workerId, siteId, siteKana, workDate }: MissingExitCall, facts: Facts): Reply {
  const person = whoIs(workerId, facts);
  const stay = person && readStays(person.head.recent).open;
  if (!person || stay?.siteId !== siteId || stay.workDate !== workDate) return { ...farewell(), flags: ['reminder'] };
  const draft = { siteId, workDate, entryAt: stay.entry.at, exitOnly: true } as const;
  const asked = askExit({ waitingFor: 'nothing', tries: 0, workerId, as: 'own' }, draft, facts);
  const words = { name: speakableName(person.kana), site: speakableName(siteKana) };
  return {
    ...asked,
    acts: [{ verb: 'tell', prompt: { id: 'missing-exit', words } }, ...asked.acts],
    siteId,
    flags: ['reminder'],
  };
}
