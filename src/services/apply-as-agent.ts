import {
  type AgentApplication,
  type ConsentPaper,
  missingConsents,
  signAsEmployer,
  signPapers,
} from '../domain/agent-application.ts';
import type { FirmId, WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { AgentApplicationStore } from '../ports-agents.ts';
import type { Chance, Clock, FirmStore, WorkerStore } from '../ports.ts';
import { changeRegister } from './change-register.ts';

interface Parts {
  readonly agentApplications: AgentApplicationStore;
  readonly firms: FirmStore;
  readonly workers: WorkerStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly chance: Pick<Chance, 'id'>;
}

/** For whom an application is filed: a worker or a firm. */
export type AgentSubject = { readonly workerId: WorkerId } | { readonly firmId: FirmId };

export interface NewAgentApplication {
  readonly agentFirmId: FirmId;
  readonly subject: AgentSubject;
}

type OpenRefusal = 'unknown-firm' | 'unknown-worker' | 'agent-without-id' | 'conflict';
type Changed<Code extends string = never> = Promise<
  Outcome<AgentApplication, Code | 'not-found' | 'already-decided' | 'conflict'>
>;

export type AgentService = ReturnType<typeof createAgentService>;

/** Applications by agents (W-17): opened by the agent, consented to by the subject and a worker's employer, then submitted. */
export function createAgentService(parts: Parts) {
  const { agentApplications, clock, chance } = parts;
  const signed = (by: string, consent: boolean) => (consent ? { at: clock.now(), by } : undefined);
  return {
    async open(
      { agentFirmId, subject }: NewAgentApplication,
      by: string,
    ): Promise<Outcome<AgentApplication, OpenRefusal>> {
      const agent = (await parts.firms.find(agentFirmId))?.value;
      if (!agent) return refuse('unknown-firm', 'agentFirmId');
      if (agent.ccusId === undefined) return refuse('agent-without-id');
      const found = await subjectOf(subject, parts);
      if (!found.ok) return found;
      const requested = { requestedAt: clock.now(), requestedBy: by };
      const head = { id: chance.id('agt'), agentFirmId, papers: {}, state: 'open' as const };
      const application: AgentApplication = { ...head, ...found.value, ...requested };
      return (await agentApplications.create(application)) ? accept(application) : refuse('conflict');
    },
    /** The subject signs, or takes a signature back; nothing changes once it was submitted. */
    sign: (
      id: string,
      said: { readonly papers: readonly ConsentPaper[]; readonly consent: boolean; readonly by: string },
    ) => change(id, (open) => accept(signPapers(open, said.papers, signed(said.by, said.consent)))),
    signAsEmployer: (id: string, said: { readonly consent: boolean; readonly by: string }) =>
      change(id, (open) => accept(signAsEmployer(open, signed(said.by, said.consent)))),
    /** Refused while a consent is missing. */
    submit: (id: string): Changed<'consent-missing'> =>
      change<'consent-missing'>(id, (open) => {
        const missing = missingConsents(open);
        if (missing.length > 0) return refuse('consent-missing', missing.join(', '));
        return accept({ ...open, state: 'submitted', submittedAt: clock.now() });
      }),
    withdraw: (id: string): Changed => change(id, (open) => accept({ ...open, state: 'withdrawn' })),
  };

  async function change<Code extends string = never>(
    id: string,
    decide: (open: AgentApplication) => Outcome<AgentApplication, Code>,
  ): Changed<Code> {
    return changeRegister<AgentApplication, string, Code | 'already-decided'>(agentApplications, id, (application) =>
      application.state === 'open' ? decide(application) : refuse('already-decided'),
    );
  }
}

/** A worker comes with his employer, whose consent may be needed. */
async function subjectOf(
  subject: AgentSubject,
  { firms, workers }: Parts,
): Promise<Outcome<Pick<AgentApplication, 'workerId' | 'firmId' | 'employerId'>, 'unknown-firm' | 'unknown-worker'>> {
  if ('firmId' in subject) {
    return (await firms.find(subject.firmId)) ? accept(subject) : refuse('unknown-firm', 'subject');
  }
  const worker = (await workers.find(subject.workerId))?.value;
  if (!worker) return refuse('unknown-worker', 'subject');
  return accept({ workerId: worker.id, ...(worker.employerId ? { employerId: worker.employerId } : {}) });
}
