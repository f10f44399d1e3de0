import { type Relation, type Row, himself, seeing, seeingSites } from './relation.ts';

/**
 * How much of a form somebody is given. `own-data`: about himself; `own-firm`: his firm's line; `disclosed`: items that worker
 * and employer both disclose; `public-items`: what the prime makes public; `branch`: his firm and all below it, and
 * nothing of other branches; `below`: only what is below his firm.
 */
export const formExtents = ['whole', 'own-data', 'own-firm', 'disclosed', 'public-items', 'branch', 'below'] as const;
export type FormExtent = (typeof formExtents)[number];

/** Who stands how to a form, as the columns of the handbook name them. */
export type Reader = Extract<
  Relation,
  'self' | 'employer' | 'prime' | 'upper' | 'tier1' | 'member' | 'concerned' | 'disclosed'
>;

/** What a form's lines are about; its rights are conditions on these. */
type About = 'worker' | 'firm' | 'site' | 'history';

interface Form {
  readonly ja: string;
  readonly about: About;
  /** AZ forms exist as workbooks alone. */
  readonly outputs: readonly ('screen' | 'csv' | 'xlsx')[];
  readonly readers: Readonly<Partial<Record<Reader, FormExtent>>>;
}

const everywhere = ['screen', 'csv', 'xlsx'] as const;
const workbook = ['xlsx'] as const;
const branches = { prime: 'whole', upper: 'branch', tier1: 'branch', member: 'branch' } as const;
const notices = { prime: 'whole', upper: 'below', concerned: 'own-firm' } as const;
const days = { self: 'own-data', employer: 'whole', prime: 'whole', upper: 'whole' } as const;
const lists = { employer: 'whole', prime: 'whole', upper: 'whole' } as const;

/**
 * The forms (帳票) and who may view or output them (5.2, R-150…R-155): whoever is not named is refused. A firm at the bottom of a tree
 * has for 3-3 and 4-1 what its workers have (D-18).
 */
export const forms = {
  '1-1': {
    ...{ ja: '技能者情報', about: 'worker', outputs: everywhere },
    readers: { self: 'own-data', employer: 'whole' },
  },
  '1-2': {
    ...{ ja: '所属技能者一覧', about: 'worker', outputs: everywhere },
    readers: { employer: 'whole', disclosed: 'disclosed' },
  },
  '1-3': {
    ...{ ja: '所属技能者統計情報', about: 'firm', outputs: everywhere },
    readers: { self: 'whole', employer: 'whole', prime: 'whole', upper: 'whole' },
  },
  '1-4': { ja: '施工体制登録技能者一覧', about: 'site', outputs: everywhere, readers: days },
  '2-1': { ja: '就業履歴（月別計）', about: 'history', outputs: everywhere, readers: days },
  '2-2': { ja: '就業履歴一覧（月別集約）', about: 'history', outputs: everywhere, readers: lists },
  '2-3': { ja: '就業履歴（月別カレンダー）', about: 'history', outputs: everywhere, readers: days },
  '2-4': { ja: '就業履歴一覧（月別カレンダー）', about: 'history', outputs: everywhere, readers: lists },
  '3-1': {
    ...{ ja: '事業者情報', about: 'firm', outputs: everywhere },
    readers: { self: 'whole', employer: 'whole', prime: 'whole', upper: 'whole' },
  },
  '3-2': { ja: '下位事業者一覧', about: 'site', outputs: everywhere, readers: { prime: 'whole', upper: 'whole' } },
  '3-3': {
    ...{ ja: '施工体制登録事業者一覧', about: 'site', outputs: everywhere },
    readers: { self: 'own-firm', prime: 'whole', upper: 'whole', member: 'own-firm' },
  },
  '4-1': {
    ...{ ja: '現場・契約情報', about: 'site', outputs: everywhere },
    readers: { self: 'public-items', prime: 'whole', upper: 'public-items', member: 'public-items' },
  },
  '4-2': {
    ...{ ja: '自社に関する現場一覧', about: 'site', outputs: everywhere },
    readers: { prime: 'whole', upper: 'public-items' },
  },
  /** Refused to tier 2 and below. */
  AZ1: { ja: '施工体制台帳', about: 'site', outputs: workbook, readers: { prime: 'whole', tier1: 'whole' } },
  AZ2: { ja: '工事作業所災害防止協議会兼施工体系図', about: 'site', outputs: workbook, readers: branches },
  AZ3: { ja: '施工体制台帳（工事担当技術者）', about: 'site', outputs: workbook, readers: branches },
  AZ4: { ja: '下請負業者編成表', about: 'site', outputs: workbook, readers: branches },
  AZ5: { ja: '再下請負通知書（変更届）', about: 'site', outputs: workbook, readers: notices },
  'AZ6-a': { ja: '作業員名簿', about: 'site', outputs: workbook, readers: notices },
  'AZ6-b': { ja: '作業員名簿（社会保険加入状況組込版）', about: 'site', outputs: workbook, readers: notices },
  AZ7: { ja: '社会保険加入状況', about: 'site', outputs: workbook, readers: notices },
} as const satisfies Readonly<Record<string, Form>>;

export type FormCode = keyof typeof forms;

/** A worker outputs his own forms; an employer's office all of its own; at sites those who have an account for sites (5.4). */
const ROLES: Readonly<Record<Reader, Row[1]>> = {
  self: himself,
  employer: seeing,
  prime: seeingSites,
  upper: seeingSites,
  tier1: seeingSites,
  member: seeingSites,
  concerned: seeing,
  disclosed: seeingSites,
};

/** The forms as lines of the table of rights. */
export const formRows = Object.fromEntries(
  Object.entries(forms).map(([code, { readers }]): [string, Row[]] => [
    code,
    (Object.keys(readers) as Reader[]).map((reader): Row => [reader, ROLES[reader]]),
  ]),
) as unknown as Readonly<Record<FormCode, readonly Row[]>>;

/** How much of a form whoever stands so to it is given; undefined where he is not named. */
export function extentOf(form: FormCode, relation: Relation): FormExtent | undefined {
  const readers: Form['readers'] = forms[form].readers;
  return (readers as Readonly<Partial<Record<Relation, FormExtent>>>)[relation];
}
