import type { Correction } from './domain/correction.ts';
import type { CallId, SiteId, WorkerId } from './domain/ids.ts';
import type { Page, PageRequest, Register } from './ports.ts';

/** Requests to put a day right, with what was decided. */
export interface CorrectionStore extends Register<Correction, string> {
  pageOf(filter: CorrectionFilter, request: PageRequest): Promise<Page<Correction>>;
  /** Every request about one worker's day at one site. */
  ofKey(key: string): Promise<readonly Correction[]>;
  /** What approved corrections say of these calls. */
  ofCalls(callIds: readonly CallId[]): Promise<readonly Correction[]>;
}

export interface CorrectionFilter {
  readonly state?: Correction['state'];
  readonly siteId?: SiteId;
  readonly workerId?: WorkerId;
}
