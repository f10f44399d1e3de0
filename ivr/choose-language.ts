import type { Conversation } from '../src/domain/ledger.ts';
import { type Language, languages } from '../src/domain/worker.ts';
import { farewell, receiptAgain } from './after-receipt.ts';
import { ask } from './ask.ts';
import { askUpper } from './ask-upper.ts';
import { type Facts, type Person, type Reply, whoIs } from './facts.ts';
import type { Prompt } from './prompt-words.ts';
import { menuAgain } from './self-service.ts';
import type { Act } from './verbs.ts';

const LISTEN_SEC = 6;

type Waiting = Conversation['waitingFor'];
const QUESTIONS: readonly Waiting[] = ['worker', 'pin', 'site', 'group'];
const LISTENING: readonly Waiting[] = [...QUESTIONS, 'after', 'upper', 'menu'];

/** Whether key 8 stands for another language here: not while times and days are keyed in. */
export function offersLanguages({ waitingFor }: Conversation): boolean {
  return LISTENING.includes(waitingFor);
}

/** Key 8 offers one language after the other, each in its own words; 1 takes it. Whoever presses nothing goes on as before. */
export function offerLanguage(resume: Conversation, current: Language, facts: Facts): Reply {
  const offered = languages[(languages.indexOf(current) + 1) % languages.length] ?? 'ja';
  const prompt: Prompt = { id: 'language-offer', words: {}, language: offered };
  const listen: Act = { verb: 'listen', prompt, timeoutSec: LISTEN_SEC, turn: facts.turn + 1 };
  const before = QUESTIONS.includes(resume.waitingFor) ? ask(resume, facts) : farewell();
  const { workerId, as, language } = resume;
  return {
    ...before,
    acts: [listen, ...before.acts],
    conversation: {
      ...{ waitingFor: 'language', tries: 0, offered, resume },
      ...(workerId ? { workerId } : {}),
      ...(as ? { as } : {}),
      ...(language ? { language } : {}),
    },
    outcome: before.outcome === 'asking' ? 'asking' : 'informed',
  };
}

/** The language that was offered is taken: the call goes on in it, and the caller's next ones do too. */
export function takeLanguage({ offered = 'ja', resume }: Conversation, facts: Facts): Reply {
  if (!resume) return farewell();
  const reply = goOn(resume, facts);
  const known = resume.as === 'group' ? foreman(facts) : whoIs(resume.workerId, facts);
  return {
    ...reply,
    conversation: { ...reply.conversation, language: offered },
    ...(known ? { workerId: known.workerId, chose: offered } : {}),
  };
}

/** Whose telephone it is that names the others, if it is one person's. */
function foreman({ people, shared }: Facts): Person | undefined {
  return shared ? undefined : people[0];
}

function goOn(resume: Conversation, facts: Facts): Reply {
  if (QUESTIONS.includes(resume.waitingFor)) return ask(resume, facts);
  if (resume.waitingFor === 'menu') return menuAgain(resume, facts);
  const again = receiptAgain(resume, facts);
  return resume.waitingFor === 'upper' ? askUpper(again, facts) : again;
}
