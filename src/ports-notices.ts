import type { WorkerId } from './domain/ids.ts';
import type { Notice } from './domain/notice.ts';
import type { Page, PageRequest } from './ports.ts';

/** Who was told of which number, or why not. */
export interface NoticeStore {
  /** Keeps it unless one stands already. */
  open(notice: Notice): Promise<void>;
  find(id: string): Promise<Notice | undefined>;
  opened(limit: number): Promise<readonly Notice[]>;
  /** From one state to another; false when it is not in the first one any more. */
  move(id: string, from: Notice['state'], to: Pick<Notice, 'state' | 'why' | 'channel'>): Promise<boolean>;
  page(filter: NoticeFilter, request: PageRequest): Promise<Page<Notice>>;
  /** Whether he wants to be told at all; until he says no, he does. */
  wantedBy(workerId: WorkerId): Promise<boolean>;
  want(workerId: WorkerId, wanted: boolean): Promise<void>;
}

export interface NoticeFilter {
  readonly state?: Notice['state'];
  readonly workerId?: WorkerId;
}
