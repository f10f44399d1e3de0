const mark = Symbol('raw answer');

/** An answer that is not JSON: a file, CSV, or a stream of events. The content type must be declared in the endpoint. */
export interface RawAnswer {
  readonly [mark]: true;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | AsyncIterable<string | Buffer>;
  /** Who is in it, by ids, where it names people otherwise. */
  readonly people?: readonly string[];
}

interface RawParts {
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer | AsyncIterable<string | Buffer>;
  readonly people?: readonly string[];
}

/** Makes a raw answer; an async iterable is streamed and ended when the asker goes away. */
export function answerRaw({ contentType, headers = {}, body, ...more }: RawParts): RawAnswer {
  return { [mark]: true, contentType, headers, body, ...more };
}

/** Whether an outcome's value is a raw answer. */
export function isRawAnswer(value: unknown): value is RawAnswer {
  return typeof value === 'object' && value !== null && mark in value;
}
