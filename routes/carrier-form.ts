import { z } from 'zod';
import { callIdOfUuid } from '../src/domain/foreign-call-id.ts';
import { CallId } from '../src/domain/ids.ts';

const country = z.string().regex(/^[A-Z]{0,2}$/);

/** A caller as carriers write it: a number, a word, a scheme; nothing that could hold a second field (re-cut requests). */
const caller = z.string().regex(/^(\+?\d{0,20}|[A-Za-z ]{1,16}|(client|sips?):[^\s=&]{1,120})$/);

const status = z.enum([
  'queued',
  'initiated',
  'ringing',
  'answered',
  'in-progress',
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
]);

const known = {
  CallSid: z.union([CallId, z.uuid().transform(callIdOfUuid)]),
  AccountSid: z.union([z.string().regex(/^AC[0-9a-f]{32}$/), z.uuid()]),
  From: caller,
  To: z.string().regex(/^(\+?\d{3,16}|(client|sips?):[^\s=&]{1,120})$/),
  CallStatus: status,
  Direction: z.enum(['inbound', 'outbound-api', 'outbound-dial']).exactOptional(),
  ApiVersion: z.literal('2010-04-01').exactOptional(),
  Caller: caller.exactOptional(),
  Called: z.string().max(130).exactOptional(),
  FromCountry: country.exactOptional(),
  ToCountry: country.exactOptional(),
  Digits: z
    .string()
    .regex(/^[\d*#]{0,500}$/)
    .exactOptional(),
  FinishedOnKey: z
    .string()
    .regex(/^[\d*#]?$/)
    .exactOptional(),
  ForwardedFrom: z.string().max(130).exactOptional(),
  CallDuration: z
    .string()
    .regex(/^\d{0,6}$/)
    .exactOptional(),
  SequenceNumber: z
    .string()
    .regex(/^\d{0,6}$/)
    .exactOptional(),
  Timestamp: z.string().max(60).exactOptional(),
};

/**
 * The signed form of a request; Twilio's ids begin with two letters, those of Somleng are UUIDs. The signature has no separators, so a holder of one signed request could move text between keys and
 * values: known fields are strict, a further field may not begin like a known one, and repeated fields must agree.
 */
export const CarrierForm = z
  .looseObject(known)
  .refine((form) => form.Caller === undefined || form.Caller === form.From)
  .refine((form) => form.Called === undefined || form.Called === form.To)
  .refine((form) => Object.entries(form).every(([key, value]) => typeof value === 'string' && isFurther(key, value)));

export type CarrierForm = z.infer<typeof CarrierForm>;

/** The carrier's own time of what it reports, if it says one. */
export function timeOf({ Timestamp = '' }: Pick<CarrierForm, 'Timestamp'>): Date | undefined {
  const at = new Date(Timestamp);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** Fields of the carrier that begin like a known one and are fields of their own. */
const LIKE_KNOWN = /^(From|To|Caller|Called)(City|State|Zip|Country|Name)$/;

/** A place that swallowed its neighbour holds the name of a field or the plus of a number; no town does. */
const FIELD_INSIDE =
  /(From|To|Caller|Called)(City|State|Zip|Country|Name)|CallSid|CallStatus|CallToken|Direction|Digits/;

function isFurther(key: string, value: string): boolean {
  if (LIKE_KNOWN.test(key)) return !/[+=&]/.test(value) && !FIELD_INSIDE.test(value);
  if (key in known) return true;
  return /^[A-Za-z][\w-]{0,80}$/.test(key) && !Object.keys(known).some((name) => key.startsWith(name));
}
