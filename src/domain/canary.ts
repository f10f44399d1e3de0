import { CallId } from './ids.ts';

/** Twenty zeros, which no carrier's random id begins with. */
const MARK = `CA${'0'.repeat(20)}`;

/** The id of a call that we make to ourselves, from twelve digits of chance. */
export function canaryCallId(digits: string): CallId {
  return CallId.parse(`${MARK}${digits}`);
}

/** Whether a call is our own: it is answered like any other and leaves no record. */
export function isCanary(callId: CallId): boolean {
  return callId.startsWith(MARK);
}
