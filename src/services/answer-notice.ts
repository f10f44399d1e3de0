import type { Carrier } from '../../ivr/render-acts.ts';
import type { Act } from '../../ivr/verbs.ts';
import type { NoticeStore } from '../ports-notices.ts';
import type { FirmStore, WorkerStore } from '../ports.ts';

/** What somebody hears whom we call because a number was registered to him; a call that no notice asked for ends at once. */
export type AnswerNotice = (of: string, carrier: Carrier | undefined) => Promise<string>;

export function createAnswerNotice(parts: {
  readonly notices: Pick<NoticeStore, 'find'>;
  readonly workers: Pick<WorkerStore, 'find'>;
  readonly firms: Pick<FirmStore, 'find'>;
  readonly render: (acts: readonly Act[], carrier: Carrier | undefined) => string;
}): AnswerNotice {
  const { notices, workers, firms, render } = parts;
  return async function answerNotice(of, carrier) {
    const notice = await notices.find(of);
    const worker = notice?.channel === 'call' ? (await workers.find(notice.workerId))?.value : undefined;
    const firm = worker?.employerId ? (await firms.find(worker.employerId))?.value : undefined;
    if (!worker || !firm) return render([{ verb: 'end' }], carrier);
    const prompt = { id: 'number-registered', words: { name: firm.kana }, language: worker.language } as const;
    return render([{ verb: 'tell', prompt }, { verb: 'end' }], carrier);
  };
}
