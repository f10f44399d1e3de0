/** The answer a request was given, kept for its repetition; `body` is absent where an answer may be shown only once. */
export interface StoredAnswer {
  readonly status: number;
  readonly body?: string;
  readonly contentType: string;
}

/** What is known under an idempotency key: which request came first, and its answer once there is one. */
export type Claim =
  | { readonly state: 'ours'; readonly fence: number }
  | { readonly state: 'running'; readonly requestHash: string }
  | { readonly state: 'answered'; readonly requestHash: string; readonly answer: StoredAnswer };

/** Remembers requests under their idempotency keys, so that a repeated one is answered again and not done again. */
export interface AnswerStore {
  /** Takes the key, or tells who has it. A claim that was never answered may be taken over after a minute. */
  claim(key: string, requestHash: string): Promise<Claim>;
  keep(key: string, fence: number, answer: StoredAnswer): Promise<void>;
  /** Gives the key back after a failure, so that the request may be tried again. */
  release(key: string, fence: number): Promise<void>;
}
