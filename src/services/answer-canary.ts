import { isCanary } from '../domain/canary.ts';
import type { CanaryStore } from '../ports-watch.ts';
import type { LedgerStore } from '../ports.ts';
import { type AnswerCall, type AnswerCallParts, createAnswerCall } from './answer-call.ts';

/**
 * Answers a call of our own like any other, look-ups, decision, a durable write and markup, but beside the ledger: what it leaves is one
 * document that the next one replaces, so that it never shows among calls, exceptions or days.
 */
export function answeringCanaries(
  answerCall: AnswerCall,
  parts: AnswerCallParts & { readonly canaries: Pick<CanaryStore, 'keep'> },
): AnswerCall {
  const { canaries, clock } = parts;
  const ledger: LedgerStore = {
    ...parts.ledger,
    async append({ callId = '' }) {
      await canaries.keep(callId, clock.real());
      return 'stored';
    },
  };
  const answerCanary = createAnswerCall({ ...parts, ledger, nudge: () => undefined });
  return (request) => (isCanary(request.callId) ? answerCanary(request) : answerCall(request));
}
