import type { RefusalOwner } from '../src/domain/registry-item.ts';

interface Words {
  readonly who: RefusalOwner;
  readonly ja: string;
  readonly en: string;
}

/** Every reason why the sandbox registry takes an item not at all or not wholly, with the one who can mend it. */
const refusals = {
  MALFORMED: { who: 'operator', ja: '送信内容の形式が正しくありません。', en: 'The item is not in the agreed form.' },
  VERSION_CONFLICT: {
    who: 'operator',
    ja: '同じ版で内容の異なる登録があります。',
    en: 'This version is held already with other content.',
  },
  SITE_UNKNOWN: { who: 'prime', ja: '現場が登録されていません。', en: 'The site is not registered (R-023).' },
  FIRM_UNKNOWN: { who: 'employer', ja: '事業者が登録されていません。', en: 'The firm is not registered.' },
  WORKER_UNKNOWN: { who: 'employer', ja: '技能者が登録されていません。', en: 'The worker is not registered.' },
  PRIME_MISMATCH: {
    who: 'prime',
    ja: '元請が現場の登録と異なります。',
    en: 'The prime is not the one who registered the site (R-020).',
  },
  UPPER_MISSING: {
    who: 'prime',
    ja: '直近上位の事業者が施工体制にありません。',
    en: 'A row names an upper firm that the tree does not have.',
  },
  TIER_WRONG: {
    who: 'operator',
    ja: '次数が直近上位の次の段になっていません。',
    en: 'A row is not one tier below its upper firm.',
  },
  NAME_ONLY_ROW: {
    who: 'employer',
    ja: 'CCUS未登録の事業者には技能者を登録できません。',
    en: 'No worker can stand under a firm that is in the tree by name only (R-051).',
  },
  NOT_AFFILIATED: {
    who: 'employer',
    ja: '技能者がこの事業者に所属していません。',
    en: 'Only the employer can add the worker (R-070, R-071).',
  },
  EMPLOYER_ROW_MISSING: {
    who: 'prime',
    ja: '所属事業者が現場の施工体制にありません。',
    en: "The employer is not in the site's tree (R-080).",
  },
  EMPLOYER_ROW_UNAPPROVED: {
    who: 'employer',
    ja: '所属事業者が施工体制で未承認です。',
    en: "The employer has not approved its row in the site's tree (R-093).",
  },
  ROSTER_LINE_MISSING: {
    who: 'employer',
    ja: '現場の施工体制技能者に登録されていません。',
    en: "The worker is not on the site's roster under this employer (R-093).",
  },
  JOB_TYPE_NOT_REGISTERED: {
    who: 'worker',
    ja: '技能者が登録していない職種です。',
    en: 'The job type is none that the worker has registered (R-072).',
  },
  JOB_TYPE_MAJOR_ONLY: {
    who: 'employer',
    ja: '職種が小分類まで選ばれていません。',
    en: 'The job type is given as major class only (R-073).',
  },
  JOB_TYPE_MISSING: { who: 'employer', ja: '職種がありません。', en: 'The job type is missing (R-072).' },
  POSITION_MISSING: { who: 'employer', ja: '立場がありません。', en: 'The position is missing (R-074).' },
  OUT_OF_PERIOD: {
    who: 'prime',
    ja: '就業履歴蓄積期間の外の日です。',
    en: "The day is outside the site's history period (R-022).",
  },
  TIME_MISSING: {
    who: 'operator',
    ja: '入場も退場もありません。',
    en: 'The history has neither entry nor exit (R-090).',
  },
  DATE_MISMATCH: {
    who: 'operator',
    ja: '就業日が入場の日と異なります。',
    en: 'The work date is not the Tokyo day of the entry (R-095).',
  },
  DEADLINE_PASSED: {
    who: 'employer',
    ja: '直接入力の期限（翌月末）を過ぎています。',
    en: 'The last day of the month after the day worked has passed (R-120).',
  },
} as const satisfies Record<string, Words>;

export type RefusalReason = keyof typeof refusals;

/** Code, sentence (Japanese, then English) and owner of a reason; `subject` names the id it is about. */
export function explain({ code, subject }: { readonly code: RefusalReason; readonly subject?: string | undefined }) {
  const { who, ja, en } = refusals[code];
  return { code, who, sentence: subject === undefined ? `${ja} ${en}` : `${ja} ${en} [${subject}]` };
}
