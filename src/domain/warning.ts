import { type CcusKind, type CcusIdWarning, ccusIdWarnings } from './ccus-id.ts';

/** Something odd about a thing that was accepted all the same: where, a stable code, a sentence. */
export interface Warning {
  readonly pointer: string;
  readonly code:
    'ccus-id-other-kind' | 'ccus-id-check-digit' | 'code-unknown' | 'postal-code-unknown' | 'postal-code-elsewhere';
  readonly message: string;
  readonly messageEn: string;
}

const idWarnings: Record<CcusIdWarning, Omit<Warning, 'pointer'>> = {
  'other-kind': {
    code: 'ccus-id-other-kind',
    message: 'IDの末尾2桁がこの種類のものと違います。',
    messageEn: 'The last two digits belong to another kind of id.',
  },
  'check-digit': {
    code: 'ccus-id-check-digit',
    message: 'IDの検査数字が合いません。写し間違いがないか確かめてください。',
    messageEn: 'The check digit does not fit; look for a slip of copying.',
  },
};

/** What looks wrong about an id of the registry; never a refusal. */
export function warnOfId(ccusId: string | undefined, kind: CcusKind): readonly Warning[] {
  if (ccusId === undefined) return [];
  return ccusIdWarnings(ccusId, kind).map((found) => ({ pointer: '/ccusId', ...idWarnings[found] }));
}

/** A code that the catalogue does not have; catalogues are incomplete, so it is kept. */
export function warnOfCode(pointer: string, code: string | undefined, known: ReadonlySet<string>): readonly Warning[] {
  if (code === undefined || known.has(code)) return [];
  return [
    {
      pointer,
      code: 'code-unknown',
      message: 'コード表にないコードです。',
      messageEn: 'The catalogue does not have this code.',
    },
  ];
}
