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
}
