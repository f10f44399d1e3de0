const mark = Symbol('headed answer');

/** An answer that sets headers of its own, such as a cookie. */
export interface HeadedAnswer<A> {
  readonly [mark]: true;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: A;
}

export function answerHeaded<A>(headers: Readonly<Record<string, string>>, body: A): HeadedAnswer<A> {
  return { [mark]: true, headers, body };
}

/** Whether an outcome's value is an answer with headers. */
export function isHeadedAnswer(value: unknown): value is HeadedAnswer<unknown> {
  return typeof value === 'object' && value !== null && mark in value;
}
