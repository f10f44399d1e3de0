const mark = Symbol('raw answer');

/** An answer that is not JSON: a file, CSV, or a stream of events. The content type must be declared in the endpoint. */
export interface RawAnswer {
  readonly [mark]: true;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | AsyncIterable<string | Buffer>;
}

interface RawParts {
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer | AsyncIterable<string | Buffer>;
}

/** Makes a raw answer; an async iterable is streamed and ended when the asker goes away. */
export function answerRaw({ contentType, headers = {}, body }: RawParts): RawAnswer {
  return { [mark]: true, contentType, headers, body };
}

/** Whether an outcome's value is a raw answer. */
export function isRawAnswer(value: unknown): value is RawAnswer {
  return typeof value === 'object' && value !== null && mark in value;
}
