import { digestOf } from '../domain/digest.ts';

/** The entity tag of an answer: equal bodies have equal tags on every instance. */
export function etagOf(body: unknown): string {
  return `"${digestOf(body).slice(0, 32)}"`;
}

/** Whether an `If-Match` header admits this tag; absent and `*` admit everything. A proxy's weak mark is overlooked. */
export function admits(ifMatch: string | undefined, tag: string): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '*') return true;
  return ifMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
}
