import type { Conversation } from '../src/domain/ledger.ts';
import type { Passage } from '../src/domain/passage.ts';
import type { Step } from '../src/domain/sequence.ts';
import { afterReceipt } from './after-receipt.ts';
import { DONE, tell } from './ask.ts';
import { type Facts, type Reply, whoIs } from './facts.ts';
import { speakableName } from './prompts.ts';

/** The entry of this call is replaced by the same one under the firm that was chosen; other keys mean what they mean after a receipt. */
export function upperKeyed(before: Conversation, pressed: string | undefined, facts: Facts): Reply {
  const { made: own, uppers = [], as } = before;
  const person = whoIs(before.workerId, facts);
  const upperFirmId = uppers[Number(pressed) - 1];
  if (!person || !own || !upperFirmId) return afterReceipt({ ...before, waitingFor: 'after' }, pressed, facts);
  const chosen = facts.uppersOf(person.workerId, own.siteId).find(({ firmId }) => firmId === upperFirmId);
  const { siteId, direction, at } = own;
  // A move between sites is one record of two steps, which are withdrawn together.
  const steps = person.head.recent.filter(({ seq }) => seq === own.seq);
  return {
    acts: chosen ? tell({ id: 'upper-taken', words: { upper: speakableName(chosen.kana) } }) : [{ verb: 'end' }],
    conversation: { ...DONE, ...(as ? { as } : {}) },
    outcome: 'entry-recorded',
    workerId: person.workerId,
    siteId,
    upperFirmId,
    steps: steps.length > 0 ? steps.map(toStep) : [{ siteId, direction, by: 'state', at }],
    withdraws: [own.seq],
    flags: as === undefined || as === 'own' ? [] : [as],
  };
}

function toStep({ siteId, direction, by, at }: Passage): Step {
  return { siteId, direction, by, at };
}
