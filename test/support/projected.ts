import type { WorkerId } from '../../src/domain/ids.ts';
import type { CallDirectory, LedgerStore } from '../../src/ports.ts';

interface Stores {
  readonly ledger: LedgerStore;
  readonly directory: CallDirectory;
}

/** Whether all that follows from a worker's calls is written: the head is saved last, after his days, calls and exceptions. */
export async function isProjected({ ledger, directory }: Stores, id: string): Promise<boolean> {
  const workerId = id as WorkerId;
  const entries = await ledger.touching([workerId], []);
  const [known] = await directory.people([workerId]);
  const length = Math.max(0, ...entries.flatMap((entry) => (entry.workerId === workerId ? (entry.seq ?? []) : [])));
  return known !== undefined && known.head.seq >= length;
}
