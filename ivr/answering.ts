import type { Conversation } from '../src/domain/ledger.ts';

/** What the caller's keys answer: while a language is offered, everything but 1 and 8 answers what was asked before. */
export function answering(before: Conversation, pressed: string | undefined): Conversation {
  const { waitingFor, resume } = before;
  return waitingFor === 'language' && resume && pressed !== '1' && pressed !== '8' ? resume : before;
}
