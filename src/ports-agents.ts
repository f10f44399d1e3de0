import type { AgentApplication } from './domain/agent-application.ts';
import type { Register } from './ports.ts';

export type AgentApplicationStore = Register<AgentApplication, string>;
