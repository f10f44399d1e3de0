import { digestOf } from './digest.ts';
import type { CallId } from './ids.ts';

/** Our id of a call that its carrier names by a UUID: the same 32 digits in the form of all our calls, so that it is found again there. */
export function callIdOfUuid(uuid: string): CallId {
  return `CA${uuid.replaceAll('-', '').toLowerCase()}` as CallId;
}

/** Our id of a call with a name of any other form: the same for the same name, and for no other. */
export function callIdOfName(carrier: string, name: string): CallId {
  return `CA${digestOf([carrier, name]).slice(0, 32)}` as CallId;
}
