import type { NextFunction, Request, Response } from 'express';
import type { z } from 'zod';

/** A request that the sandbox cannot take, with the sentence that says why; thrown to the one place that answers it. */
class SandboxProblem extends Error {
  readonly status: number;
  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

/** The value in its checked form, or a 400 that names each wrong place. */
export function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const places = result.error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`);
  throw new SandboxProblem(400, `The request is not usable. ${places.slice(0, 10).join('; ')}`);
}

/** A 404 with a sentence. */
export function missing(sentence: string): Error {
  return new SandboxProblem(404, sentence);
}

/** Answers every path that does not exist. */
export function answerUnknownPath(_request: Request, response: Response): void {
  sendProblem(response, 404, 'There is nothing at this address.');
}

/** The last of all: every failure becomes problem JSON; what is nobody's fault but ours is logged. */
export function createProblemAnswer(log: { error(fields: object, sentence: string): void }) {
  return (error: unknown, _request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) return next(error);
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
    if (status >= 500) log.error({ err: error }, 'The sandbox failed to answer.');
    sendProblem(response, status, status < 500 && error instanceof Error ? error.message : 'The sandbox failed.');
  };
}

function sendProblem(response: Response, status: number, detail: string): void {
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: status < 500 ? 'Refused' : 'Failed', status, detail }));
}
