import type { Day, SiteId } from './ids.ts';
import { type Outcome, accept, refuse } from './outcome.ts';
import { present } from './present.ts';

/** What may be said of a version that was handed in to the client of public works. */
export const submissionSteps = ['submitted', 'accepted', 'returned'] as const;

/** One thing that was said of a version: when, and who said so; written once. */
export interface SubmissionStep {
  /** `site:version:step`. */
  readonly id: string;
  readonly siteId: SiteId;
  readonly version: number;
  /** Counts from 1 for each version. */
  readonly step: number;
  readonly state: (typeof submissionSteps)[number];
  readonly on: Day;
  readonly by: string;
  readonly note?: string;
}

/** How far a version is with the client (提出状況, PR-063). */
export interface Submission {
  readonly state: 'not-submitted' | SubmissionStep['state'];
  readonly steps: readonly SubmissionStep[];
}

/** The state of a version from all that was said of it. */
export function submissionOf(steps: readonly SubmissionStep[]): Submission {
  const inOrder = [...steps].sort((a, b) => a.step - b.step);
  return { state: inOrder.at(-1)?.state ?? 'not-submitted', steps: inOrder };
}

type Wish = Pick<SubmissionStep, 'siteId' | 'version' | 'state' | 'on' | 'by'> & { readonly note?: string };

/** What is submitted is accepted or returned, what was returned may be submitted again; each no earlier than the one before. */
export function nextStep(
  { state, steps }: Submission,
  wish: Wish,
  today: Day,
): Outcome<SubmissionStep, 'submission-order' | 'day-in-future'> {
  const isNext = wish.state === 'submitted' ? state === 'not-submitted' || state === 'returned' : state === 'submitted';
  const last = steps.at(-1)?.on;
  if (!isNext || (last !== undefined && wish.on < last)) return refuse('submission-order', state);
  if (wish.on > today) return refuse('day-in-future', 'on');
  const { siteId, version, note, ...said } = wish;
  const step = steps.length + 1;
  const id = `${siteId}:${String(version)}:${String(step)}`;
  return accept({ id, siteId, version, step, ...said, ...present({ note }) });
}
