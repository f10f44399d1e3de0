import type { DenialReason } from '../domain/denial.ts';

interface Words {
  readonly ja: string;
  readonly en: string;
}

/** What is said of every reason for which a view or a deed is refused: one that is forgotten does not compile. */
export const denialWords: Readonly<Record<DenialReason, Words>> = {
  'role-without-right': {
    ja: 'この役割ではできません。事業者責任者に相談してください。',
    en: 'Your role does not have this right; ask the responsible person of your firm.',
  },
  'not-your-firm': { ja: '自社のものではありません。', en: 'Not of your own firm.' },
  'not-your-worker': { ja: '自社に所属する技能者ではありません。', en: 'Not a worker of your firm.' },
  'not-yourself': { ja: '本人だけが行えます。', en: 'Only the worker himself may.' },
  'not-your-site': { ja: '自社が元請の現場ではありません。', en: 'Not a site of which your firm is the prime.' },
  'not-in-this-tree': {
    ja: 'この施工体制の中で、自社とその下位にあるものではありません。',
    en: 'Not in this tree: it is neither your firm nor below it.',
  },
  'no-consent': {
    ja: '代理手続きの同意がありません。所属事業者に同意を頼んでください。',
    en: 'No consent: ask the employer to let your firm act for it (R-131).',
  },
  'not-disclosed': {
    ja: '技能者と所属事業者の両方が開示した項目がありません。',
    en: 'Not disclosed: worker and employer must both open an item (R-135).',
  },
  'former-employer': {
    ja: '所属の期間が異なります。見られるのは自社に所属していた間のものだけです。',
    en: 'Former employer: a firm sees only the time in which the worker was its own (R-136).',
  },
  'site-not-running': {
    ja: '現場が稼働していないため、名簿の情報は見られません。',
    en: 'The site is not running; roster data is shown only while it is (A-5).',
  },
  'employer-and-worker-only': {
    ja: '本人と所属事業者だけが見られます。',
    en: 'For the worker and the employer only (R-138).',
  },
  'prime-only': { ja: 'この現場の元請だけが行えます。', en: 'Only the prime of the site may.' },
  'own-firm-only': { ja: 'その事業者だけが行えます。', en: 'Only the firm itself may.' },
  'firm-not-registered': {
    ja: '事業者登録が済んでいないため、自社の技能者と電話のほかは見られません。',
    en: 'Your firm is not registered: it keeps its own people and telephones, and sees nothing else (R-015).',
  },
  'no-open-look': {
    ja: 'この事業者の閲覧を開いていません。POST /looks に事業者、理由、時間(分)を送って開いてください。',
    en: 'No look into this firm is open: open one with POST /looks, giving firmId, reason and minutes.',
  },
};
