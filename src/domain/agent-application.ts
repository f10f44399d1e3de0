import type { FirmId, WorkerId } from './ids.ts';

/** What a subject signs: the agent's filing (代行申請同意書), the use of personal data, the terms of use (W-17). */
export const consentPapers = ['agent-application', 'privacy', 'terms'] as const;
export type ConsentPaper = (typeof consentPapers)[number];

/** When a paper was signed, and by which account or key. */
interface Signed {
  readonly at: Date;
  readonly by: string;
}

/** A registration of a worker or firm that another firm files (代行申請, R-139). */
export interface AgentApplication {
  readonly id: string;
  readonly agentFirmId: FirmId;
  /** The subject: one of the two. */
  readonly workerId?: WorkerId;
  readonly firmId?: FirmId;
  /** The worker's employer, whose word is needed where it is not the agent itself. */
  readonly employerId?: FirmId;
  readonly papers: Readonly<Partial<Record<ConsentPaper, Signed>>>;
  readonly employerConsent?: Signed;
  readonly state: 'open' | 'submitted' | 'withdrawn';
  readonly requestedAt: Date;
  readonly requestedBy: string;
  readonly submittedAt?: Date;
}

/** A consent that is not there yet. */
export type MissingConsent = `subject: ${ConsentPaper}` | 'employer';

/** Which consents are missing before the application may be submitted. */
export function missingConsents(application: AgentApplication): readonly MissingConsent[] {
  const { papers, employerId, agentFirmId, employerConsent } = application;
  const unsigned = consentPapers.filter((paper) => papers[paper] === undefined);
  const employerAsked = employerId !== undefined && employerId !== agentFirmId && !employerConsent;
  return [
    ...unsigned.map((paper): MissingConsent => `subject: ${paper}`),
    ...(employerAsked ? ['employer' as const] : []),
  ];
}

/** The application with papers signed by its subject, or with signatures taken back. */
export function signPapers(
  application: AgentApplication,
  papers: readonly ConsentPaper[],
  signed: Signed | undefined,
): AgentApplication {
  const kept = Object.entries(application.papers).filter(([paper]) => !papers.includes(paper as ConsentPaper));
  const added = signed ? papers.map((paper) => [paper, signed] as const) : [];
  return { ...application, papers: Object.fromEntries([...kept, ...added]) };
}

/** The application with the employer's consent, or without it. */
export function signAsEmployer(application: AgentApplication, signed: Signed | undefined): AgentApplication {
  const { employerConsent: _before, ...rest } = application;
  return signed ? { ...rest, employerConsent: signed } : rest;
}
