import { isPlainText } from '../src/domain/text.ts';
import { answerRaw } from '../src/http/raw-answer.ts';
import type { PaperFacts } from '../src/services/keep-papers.ts';

/** A paper is no larger. */
export const MAX_PAPER_BYTES = 4 * 1024 * 1024;

/** What a file is called, or else what it is of. */
export function fileNameOr({ name }: { readonly name: string }, otherwise: string): string {
  return isPlainText(name) && name !== '' ? name : otherwise;
}

/** A kept paper as a file to be saved. */
export function attachmentOf({ paper, bytes }: { readonly paper: PaperFacts; readonly bytes: Buffer }) {
  return answerRaw({
    contentType: paper.contentType,
    headers: {
      'Content-Disposition': `attachment; filename="${paper.id}"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    },
    body: bytes,
  });
}
