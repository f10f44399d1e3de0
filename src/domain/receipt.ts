import type { CallId } from './ids.ts';

/** The four digits under which a caller and an office speak of one call; with the day they find it again. */
export function receiptOf(callId: CallId): string {
  return String(Number.parseInt(callId.slice(-8), 16) % 10_000).padStart(4, '0');
}
