import { type CcusKind, type CcusIdWarning, ccusIdWarnings } from './ccus-id.ts';
import type { Day } from './ids.ts';
import type { Registrable } from './registration.ts';
import { addDays } from './work-day.ts';

type Expiring = 'permit' | 'registration' | 'card' | 'qualification';
type WarningCode =
  | 'ccus-id-other-kind'
  | 'ccus-id-check-digit'
  | 'code-unknown'
  | 'postal-code-unknown'
  | 'postal-code-elsewhere'
  | 'id-missing'
  | 'job-type-major-only'
  | 'manager-unknown'
  | 'note-missing'
  | `${Expiring}-expired`
  | `${Expiring}-expires`;

/** Something odd about a thing that was accepted all the same: where, a stable code, a sentence. */
export interface Warning {
  readonly pointer: string;
  readonly code: WarningCode;
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

/** Named as somebody who acts for a site or firm, and nobody has this id; he may still be invited. */
export function warnOfManager(pointer: string, id: string | undefined, known: ReadonlySet<string>): readonly Warning[] {
  if (id === undefined || known.has(id)) return [];
  return [
    {
      pointer,
      code: 'manager-unknown',
      message: 'このIDの利用者がいません。招待するか、IDを直してください。',
      messageEn: 'Nobody has this id; invite the person, or correct the id.',
    },
  ];
}

/** A code that says nothing without words of one's own, and there are none. */
export function warnOfMissingNote(pointer: string, isMissing: boolean): readonly Warning[] {
  if (!isMissing) return [];
  return [
    {
      pointer,
      code: 'note-missing',
      message: '「その他」の内容を書いてください。',
      messageEn: 'Say in words what is meant by other.',
    },
  ];
}

/** Registered with the core registry, they say, and no id (F-01). */
export function warnOfMissingId({ ccusId, registrationState }: Registrable): readonly Warning[] {
  if (registrationState !== 'registered' || ccusId !== undefined) return [];
  return [
    {
      pointer: '/ccusId',
      code: 'id-missing',
      message: '登録済みとされていますが、IDがありません。',
      messageEn: 'Said to be registered, and the id is missing.',
    },
  ];
}

/** So many days before its end it is said that something ends. */
export const EXPIRY_NOTICE_DAYS = 60;

const expiring: Record<Expiring, readonly [ja: string, en: string]> = {
  permit: ['建設業許可', 'The construction permit'],
  registration: ['事業者登録', 'The registration'],
  card: ['技能者カード', 'The card'],
  qualification: ['資格', 'The qualification'],
};

/** Something has ended, or ends soon, by a day. */
export function warnOfDay(pointer: string, what: Expiring, last: Day | undefined, on: Day): readonly Warning[] {
  if (last === undefined || last > addDays(on, EXPIRY_NOTICE_DAYS)) return [];
  const [ja, en] = expiring[what];
  return last < on
    ? [
        {
          ...{ pointer, code: `${what}-expired` },
          ...{ message: `${ja}の有効期間が ${last} で切れています。`, messageEn: `${en} ended on ${last}.` },
        },
      ]
    : [
        {
          ...{ pointer, code: `${what}-expires` },
          ...{ message: `${ja}の有効期間は ${last} までです。`, messageEn: `${en} ends on ${last}.` },
        },
      ];
}

/** A job type of the major class alone, with which days do not count. */
export function warnOfJobType(pointer: string, code: string): readonly Warning[] {
  if (!/^\d{2}$/.test(code)) return [];
  return [
    {
      pointer,
      code: 'job-type-major-only',
      message: '職種は小分類まで入力してください。大分類だけでは就業履歴が評価されません。',
      messageEn: 'Give the job type to its minor class; with the major class alone the days do not count.',
    },
  ];
}
