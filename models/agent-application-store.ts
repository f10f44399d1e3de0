import type { Connection } from 'mongoose';
import type { AgentApplication } from '../src/domain/agent-application.ts';
import type { AgentApplicationStore } from '../src/ports-agents.ts';
import { createRegister } from './register.ts';

/** Applications that a firm files for a worker or another firm. */
export function createAgentApplicationStore(connection: Connection): AgentApplicationStore {
  return createRegister<AgentApplication, string>({
    connection,
    collection: 'agentApplications',
    keyOf: (application) => application.id,
  });
}
