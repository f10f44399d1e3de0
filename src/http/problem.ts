import { z } from 'zod';
import { type RefusalCode, refusalCodes } from '../domain/refusal.ts';
import { problems } from './problem-words.ts';

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
  })
  .meta({ id: 'Problem' });
export type ProblemBody = z.infer<typeof ProblemBody>;

interface Refused {
  readonly code: RefusalCode;
  readonly requestId: string;
  readonly detail?: string | undefined;
  readonly errors?: readonly InputError[] | undefined;
}

/** The body of one refusal; `detail` is what the service adds in the asker's own terms. */
export function problemBody({ code, requestId, detail, errors }: Refused): ProblemBody {
  const { status, title, titleJa, en, ja } = problems[code];
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
  };
}
