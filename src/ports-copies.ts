import type { WorkerId } from './domain/ids.ts';

/** Copies of papers, sealed; what they are stands with the worker. */
export interface CopyStore {
  save(id: string, workerId: WorkerId, sealed: string): Promise<void>;
  find(id: string, workerId: WorkerId): Promise<string | undefined>;
  remove(id: string, workerId: WorkerId): Promise<void>;
}
