import type { Day, FirmId, WorkerId } from './ids.ts';

export const languages = ['ja', 'ja-easy', 'en', 'vi', 'zh', 'id', 'my', 'ne'] as const;
export type Language = (typeof languages)[number];

/** One employer of a worker over time; `to` is the last day and absent while it lasts (D-31). */
export interface Employment {
  readonly firmId: FirmId;
  readonly from: Day;
  readonly to?: Day;
}

/** A worker (技能者). `employerId` is null after leaving; names are spoken from `kana`. */
export interface Worker {
  readonly id: WorkerId;
  readonly name: string;
  readonly kana: string;
  readonly employerId: FirmId | null;
  readonly ccusId?: string;
  readonly jobTypes: readonly string[];
  readonly level?: number;
  /** Six digits that the worker keys in on a telephone that is not only his. */
  readonly workerCode: string;
  readonly hasPin: boolean;
  readonly language: Language;
  readonly alwaysSpeak: boolean;
  readonly employments: readonly Employment[];
  /** The day on which the person was deleted: what is left of him are his days, under a pseudonym. */
  readonly erasedOn?: Day;
  /** He is the same person as this one, whose register goes on. */
  readonly mergedInto?: WorkerId;
}

/** What is left of a person who was deleted: whose people he was and when, so that his days stay with the firms that must keep them. */
export function erasedWorker({
  id,
  employments,
  erasedOn,
}: Pick<Worker, 'id' | 'employments'> & { readonly erasedOn: Day }): Worker {
  const blank = { jobTypes: [], workerCode: '', hasPin: false, language: 'ja', alwaysSpeak: false } as const;
  return { id, name: pseudonymOf(id), kana: 'カメイ', employerId: null, ...blank, employments, erasedOn };
}

/** The name under which the days of a deleted person are shown. */
export function pseudonymOf(id: WorkerId): string {
  return `仮名 ${id.slice(4, 12).toUpperCase()}`;
}
