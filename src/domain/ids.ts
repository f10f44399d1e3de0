import { z } from 'zod';
import { readDayText } from './era-day.ts';

const text = (pattern: RegExp) => z.string().regex(pattern);

/** Our own ids: a prefix that tells the kind, then random letters; strings everywhere, never numbers. */
export const FirmId = text(/^frm_[a-z0-9]{4,40}$/).brand<'FirmId'>();
export type FirmId = z.infer<typeof FirmId>;

export const WorkerId = text(/^wrk_[a-z0-9]{4,40}$/).brand<'WorkerId'>();
export type WorkerId = z.infer<typeof WorkerId>;

export const SiteId = text(/^sit_[a-z0-9]{4,40}$/).brand<'SiteId'>();
export type SiteId = z.infer<typeof SiteId>;

/** A registration of a telephone number: the number's blind index (hex) and its place in that number's list. */
export const PhoneId = text(/^phn_[a-f0-9]{32}_\d{1,4}$/).brand<'PhoneId'>();
export type PhoneId = z.infer<typeof PhoneId>;

/** The carrier's id of one call; the only stable key of an incoming request. */
export const CallId = text(/^CA[0-9a-f]{32}$/).brand<'CallId'>();
export type CallId = z.infer<typeof CallId>;

/** A telephone number in E.164, as the carrier writes it. */
export const E164 = text(/^\+[1-9]\d{6,14}$/).brand<'E164'>();
export type E164 = z.infer<typeof E164>;

/** The keyed hash under which a telephone number is looked up; 32 hex digits, useless without the master key. */
export const NumberIndex = text(/^[a-f0-9]{32}$/).brand<'NumberIndex'>();
export type NumberIndex = z.infer<typeof NumberIndex>;

/**
 * A calendar day, `YYYY-MM-DD`, in Asia/Tokyo unless the site says otherwise. It may be given as people write it, also by the era,
 * and is kept and answered in the one form.
 */
export const Day = z
  .string()
  .max(40)
  .meta({ format: 'date', description: 'YYYY-MM-DD, or by the era: 令和8年11月24日, R8.11.24' })
  .transform((text, context) => {
    const read = readDayText(text);
    if ('day' in read) return read.day;
    const code = read.flaw === 'day-unreadable' ? 'format' : read.flaw;
    context.issues.push({ code: 'custom', params: { code }, input: text });
    return z.NEVER;
  })
  .pipe(z.iso.date())
  .brand<'Day'>();
export type Day = z.infer<typeof Day>;

/** A job type of the registry's table: two digits of the major class, or four with the minor class. */
export const JobTypeCode = text(/^\d{2}(-\d{2})?$/).brand<'JobTypeCode'>();
export type JobTypeCode = z.infer<typeof JobTypeCode>;
