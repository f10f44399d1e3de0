import type { ListField } from './list-fields.ts';
import { sentences } from './list-sentences.ts';

type Severity = 'error' | 'warning';

export type IssueCode = keyof typeof sentences;

/** Something a reader noticed about one column; a finding about the row as a whole has no field. */
export interface Finding {
  readonly code: IssueCode;
  readonly field?: ListField;
  readonly detail?: string;
  readonly suggestion?: string;
}

/** A finding in words, at its row and the heading that the file has for the column. */
export interface ListIssue {
  readonly row: number;
  readonly column: string | null;
  readonly code: IssueCode;
  readonly severity: Severity;
  readonly message: string;
  readonly messageEn: string;
  readonly suggestion?: string;
}

/** Whether a finding keeps its row from being taken. */
export function isError({ code }: { readonly code: IssueCode }): boolean {
  return sentences[code][0] === 'error';
}

/** Puts a finding into words, in Japanese and English. */
export function describeFinding(finding: Finding, row: number, column: string | null): ListIssue {
  const [severity, ja, en] = sentences[finding.code];
  const filled = (sentence: string) => sentence.replace('{}', finding.detail ?? '');
  return {
    row,
    column,
    code: finding.code,
    severity,
    message: filled(ja),
    messageEn: filled(en),
    ...(finding.suggestion === undefined ? {} : { suggestion: finding.suggestion }),
  };
}
