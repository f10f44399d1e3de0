import type { Facts, Reply, Upper } from './facts.ts';
import { speakableName } from './prompts.ts';
import type { Act } from './verbs.ts';

const LISTEN_SEC = 6;
/** 8, 9 and 0 mean something else after a receipt. */
const MOST = 7;

/** What was recorded is spoken first; then the caller may say under which upper firm he comes (D-04). Without a key the entry stands as it is. */
export function askUpper(reply: Reply, facts: Facts): Reply {
  const { workerId, siteId, acts } = reply;
  if (!workerId || !siteId) return reply;
  const uppers = facts.uppersOf(workerId, siteId).slice(0, MOST);
  const spoken = acts.flatMap((act): readonly Act[] =>
    act.verb === 'listen' ? [{ verb: 'tell', prompt: act.prompt }] : [],
  );
  return {
    ...reply,
    acts: [...spoken, ...question(uppers, facts)],
    conversation: { ...reply.conversation, waitingFor: 'upper', uppers: uppers.map(({ firmId }) => firmId) },
  };
}

function question(uppers: readonly Upper[], { turn }: Facts): readonly Act[] {
  const words = { uppers: uppers.map(({ kana }) => speakableName(kana)) };
  return [
    { verb: 'listen', prompt: { id: 'which-upper', words }, timeoutSec: LISTEN_SEC, turn: turn + 1 },
    { verb: 'end' },
  ];
}
