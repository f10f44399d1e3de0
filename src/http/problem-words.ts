import type { RefusalCode } from '../domain/refusal.ts';
import type { Problem } from './said.ts';
import { decisionProblems } from './words-of-decisions.ts';
import { importProblems } from './words-of-imports.ts';
import { registerProblems } from './words-of-registers.ts';
import { requestProblems } from './words-of-requests.ts';
import { signInProblems } from './words-of-sign-in.ts';

/** The words and the HTTP status of every refusal: one that is forgotten does not compile. */
export const problems = {
  ...requestProblems,
  ...signInProblems,
  ...registerProblems,
  ...decisionProblems,
  ...importProblems,
} as const satisfies Record<RefusalCode, Problem>;
