import { type Correction, correctionKey } from '../domain/correction.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { CorrectionStore } from '../ports-corrections.ts';

/** Nobody keys in a reason; whoever reports both times forgot both calls. */
const REASONS = { both: 'forgot-both', entry: 'forgot-entry', exit: 'forgot-exit' } as const;

/** Files what callers reported of days on which they forgot to call, once per call: requests that wait for the office. */
export async function fileReports(corrections: CorrectionStore, entries: readonly LedgerEntry[]): Promise<void> {
  for (const entry of entries) {
    if (entry.kind !== 'turn' || !entry.request || !entry.workerId) continue;
    const { request, workerId, callId, at } = entry;
    const wanted = { ...request, workerId };
    const key = correctionKey(wanted);
    const id = `${key}:${callId}`;
    const before = (await corrections.ofKey(key)).filter((one) => one.id !== id);
    const correction: Correction = {
      ...{
        id,
        key,
        number: before.length + 1,
        state: 'requested',
        source: 'phone',
        requestedAt: at,
        requestedBy: callId,
      },
      ...wanted,
      reasonCode: reasonOf(request),
    };
    await corrections.create(correction);
  }
}

function reasonOf({ entryAt, exitAt }: { readonly entryAt?: Date; readonly exitAt?: Date }): string {
  if (entryAt && exitAt) return REASONS.both;
  return entryAt ? REASONS.entry : REASONS.exit;
}
