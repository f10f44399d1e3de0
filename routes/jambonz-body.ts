import { z } from 'zod';

const CallSid = z.uuid();

/** A number, the word for a withheld one, or the address of a device. */
const party = z.string().regex(/^[\w+*#.@:-]{1,128}$/);

/** A request for the next verbs of a call, as far as we read it. It is signed, so what we cannot read of it does not cost the call. */
export const JambonzBody = z.looseObject({
  call_sid: CallSid,
  direction: z.literal('inbound'),
  from: party.catch('unavailable'),
  to: party.catch('unknown'),
  /** The keys of a telephone; some networks know four more. */
  digits: z
    .string()
    .catch('')
    .transform((digits) => digits.replace(/[^\d*#]/g, '').slice(0, 32)),
  /** The invitation as it came in; only with the first request. */
  sip: z
    .looseObject({ headers: z.record(z.string(), z.unknown()).optional() })
    .optional()
    .catch(undefined),
});
export type JambonzBody = z.infer<typeof JambonzBody>;

/** What jambonz reports of a call's progress. */
export const JambonzStatus = z.looseObject({
  call_sid: CallSid,
  call_status: z.enum([
    'trying',
    'ringing',
    'early-media',
    'in-progress',
    'completed',
    'failed',
    'busy',
    'no-answer',
    'queued',
  ]),
  sip_status: z.number().int().optional(),
  duration: z.number().min(0).max(999_999).transform(Math.round).optional(),
});
export type JambonzStatus = z.infer<typeof JambonzStatus>;
