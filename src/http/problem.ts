import { z } from 'zod';
import { type DenialReason, denialReasons } from '../domain/denial.ts';
import { type RefusalCode, refusalCodes } from '../domain/refusal.ts';
import { problems } from './problem-words.ts';
import { denialWords } from './words-of-denials.ts';

/** One thing that is wrong in the input: where (JSON pointer), a stable code, a sentence. */
export const InputError = z
  .object({
    in: z.enum(['body', 'query', 'header']),
    pointer: z.string(),
    code: z.string(),
    message: z.string(),
    messageEn: z.string(),
  })
  .meta({ id: 'InputError' });
export type InputError = z.infer<typeof InputError>;

/** Why a view or a deed is refused to this asker: a stable code and a sentence. */
const DenialView = z
  .object({ code: z.enum(denialReasons), sentence: z.string(), sentenceEn: z.string() })
  .meta({ id: 'Denial' });

/** An answer that says no, as RFC 9457 has it: `detail` in Japanese, `detailEn` beside it. */
export const ProblemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    titleJa: z.string(),
    status: z.number().int(),
    detail: z.string(),
    detailEn: z.string(),
    code: z.enum(refusalCodes),
    requestId: z.string(),
    errors: z.array(InputError).exactOptional(),
    /** Where rights decide: one reason for a thing the asker knows of, else every way in which he may lack the right. */
    reasons: z.array(DenialView).exactOptional(),
  })
  .meta({ id: 'Problem' });
export type ProblemBody = z.infer<typeof ProblemBody>;

interface Refused {
  readonly code: RefusalCode;
  readonly requestId: string;
  readonly detail?: string | undefined;
  readonly errors?: readonly InputError[] | undefined;
  readonly reasons?: readonly DenialReason[] | undefined;
}

/** The body of one refusal; `detail` is what the service adds in the asker's own terms. */
export function problemBody({ code, requestId, detail, errors, reasons = [] }: Refused): ProblemBody {
  const { status, title, titleJa, ...said } = problems[code];
  const only = reasons.length === 1 && code === 'not-allowed' ? reasons[0] : undefined;
  const { en, ja } = only ? denialWords[only] : said;
  return {
    type: `urn:genba-call:problem:${code}`,
    title,
    titleJa,
    status,
    detail: detail === undefined ? ja : `${ja} (${detail})`,
    detailEn: detail === undefined ? en : `${en} (${detail})`,
    code,
    requestId,
    ...(errors ? { errors: [...errors] } : {}),
    ...(reasons.length > 0 ? { reasons: reasons.map(denialView) } : {}),
  };
}

function denialView(code: DenialReason): z.infer<typeof DenialView> {
  const { ja, en } = denialWords[code];
  return { code, sentence: ja, sentenceEn: en };
}
