import { shiftKana } from './fold-name.ts';

interface FieldNames {
  readonly key: string;
  /** The heading of the template and of the export. */
  readonly heading: string;
  /** Other names, separated by a bar. */
  readonly aliases: string;
}

/** The columns of a builder's telephone list, in the order of the template, with the other names they go by in real lists. */
export const listFields = [
  {
    key: 'firmName',
    heading: '事業者名',
    aliases:
      '事業者|会社名|会社|所属会社|所属会社名|所属|所属事業者|所属事業者名|業者名|協力会社|協力会社名|勤務先|' +
      '屋号|商号|商号又は名称|商号または名称|企業|企業名|社名|会社名称|事業者名称|所属企業|所属企業名|所属業者|所属業者名|' +
      '雇用会社|雇用会社名|雇用事業者|雇用主|協力業者|協力業者名|請負会社|請負会社名|下請会社|下請会社名|一次会社|一次会社名|' +
      'firm name|firm|company name|company|employer|employer name',
  },
  {
    key: 'firmKana',
    heading: '事業者カナ',
    aliases: '事業者フリガナ',
  },
  {
    key: 'firmCcusId',
    heading: '事業者ID',
    aliases:
      'CCUS事業者ID|事業者CCUSID|事業者番号|会社ID|所属事業者ID|firm id|' + 'firm ccus id|company id|employer id',
  },
  {
    key: 'workerName',
    heading: '技能者名',
    aliases:
      '技能者|技能者氏名|氏名|名前|お名前|姓名|作業員|作業員名|作業員氏名|社員名|社員氏名|従業員名|従業員氏名|担当者名|本人氏名|' +
      'worker name|worker|name|full name|employee name|employee',
  },
  {
    key: 'workerKana',
    heading: '技能者カナ',
    aliases: '技能者フリガナ|kana',
  },
  {
    key: 'workerCcusId',
    heading: '技能者ID',
    aliases: 'CCUS技能者ID|技能者CCUSID|技能者番号|CCUSID|作業員ID|worker id|' + 'worker ccus id|ccus id',
  },
  {
    key: 'number',
    heading: '電話番号',
    aliases:
      '電話|携帯|携帯電話|携帯番号|携帯電話番号|TEL|連絡先|連絡先電話番号|発信番号|発信者番号|発信元番号|' +
      'スマホ|スマホ番号|スマートフォン|ケータイ|ケイタイ|TEL番号|電話No|携帯TEL|TEL携帯|電話携帯|連絡先携帯|本人携帯|本人電話番号|本人連絡先|登録電話番号|' +
      'phone number|phone|phone no|telephone number|telephone|tel no|mobile|mobile no|' +
      'mobile number|mobile phone|mobile phone number|cell|cell phone|cell number|cell phone number|number',
  },
  {
    key: 'shared',
    heading: '共用',
    aliases: '共用電話|共有|共有電話|共同利用|shared|shared phone',
  },
  { key: 'jobType', heading: '職種コード', aliases: '職種|職種名|job type|job type code|trade|trade code' },
  { key: 'position', heading: '立場コード', aliases: '立場|役職|position|position code' },
  {
    key: 'upperFirm',
    heading: '上位事業者ID',
    aliases:
      '上位事業者|上位事業者名|上位事業者番号|上位会社|上位会社ID|直近上位事業者|直近上位事業者ID|' +
      'upper firm|upper firm id|upper company id',
  },
  {
    key: 'consent',
    heading: '承諾',
    aliases: '事前承諾|包括承諾|常時承諾|同意|consent|standing consent',
  },
  {
    key: 'validFrom',
    heading: '有効開始日',
    aliases: '有効開始|開始日|利用開始日|適用開始日|valid from|start date|from',
  },
  {
    key: 'validTo',
    heading: '有効終了日',
    aliases: '有効終了|終了日|利用終了日|適用終了日|valid to|valid until|end date|to|until',
  },
] as const satisfies readonly FieldNames[];

export type ListField = (typeof listFields)[number]['key'];

/** The texts of one row by column; a column that the list lacks is absent. */
export type ListCells = { readonly [F in ListField]?: string };

/**
 * Of several columns that may mean the same, which one does: the first pattern that fits is asked first. A telephone that is the worker's
 * own comes before one that may be his firm's or his home's, his employer before the firm above it.
 */
const PREFERRED: { readonly [F in ListField]?: RegExp } = {
  number: /携帯|ケイタイ|ケータイ|スマホ|スマートフォン|本人|発信|登録|mobile|cell/,
  firmName: /所属|雇用|勤務|employer/,
};
/** Names that other things go by as well: they count where nothing better is there. */
const VAGUE = new Set(['number', '連絡先', '一次会社', '一次会社名', '下請会社', '下請会社名', '担当者名']);

/** What a heading is about that no list of names has: read only where no column is known for it. */
const LOOSE: readonly (readonly [field: ListField, words: RegExp])[] = [
  ['number', /携帯|ケイタイ|ケータイ|スマホ|mobile|cell/],
  ['number', /電話|tel(?!l)|phone|連絡先/],
  ['workerName', /氏名$|^(?:作業員|技能者|従業員|社員|職員|本人)(?:名|氏名)?$/],
  ['firmName', /(?:会社|業者|事業者|企業|勤務先)名?$|所属先/],
];
/** What stands in the heading of something else. */
const OF_SOMETHING_ELSE =
  /緊急|家族|世帯|続柄|元請|上位|自宅|実家|会社電話|会社tel|事務所|現場|fax|ファクス|ファックス|有無|種別|番号確認|id|コード|住所|責任者|代表|保証|保険|フリガナ|カナ$|ヨミ/;

/** A column that says half of a name: what stands in both is put together, in their order. */
const NAME_PARTS = {
  workerName: '姓|名|苗字|名字|last name|first name|family name|given name|surname',
  workerKana: 'セイ|メイ|姓カナ|名カナ|姓フリガナ|名フリガナ|カナ姓|カナ名|last name kana|first name kana',
  jobType:
    '大分類|小分類|職種大分類|職種小分類|職種コード大分類|職種コード小分類|職種大分類コード|職種小分類コード|' +
    '大分類コード|小分類コード|job type major|job type minor|trade major|trade minor',
} as const satisfies { readonly [F in ListField]?: string };

/** What makes the heading of a name that of its reading, behind it or before it. */
const READINGS = 'カナ|カナ名|フリガナ|ヨミ|ヨミガナ|読み|読み仮名|カタカナ|kana|furigana|reading';

/** A heading that says only "reading": it belongs to the name column on its left. */
const BARE_READINGS = 'フリガナ|カナ|カナ名|ヨミガナ|ヨミ|読み|読み仮名|カタカナ|furigana|reading';

const namesOf = (wanted: ListField) =>
  listFields
    .filter(({ key }) => key === wanted)
    .flatMap(({ key, heading, aliases }) => [key, heading, ...aliases.split('|')]);

function readingsOf(name: ListField): readonly string[] {
  return namesOf(name).flatMap((heading) =>
    READINGS.split('|').flatMap((reading) => [heading + reading, reading + heading]),
  );
}

const named = (headings: readonly string[], field: ListField) =>
  headings.map((heading) => [foldHeading(heading), field] as const);

const fieldByName = new Map<string, ListField>([
  ...named(readingsOf('firmName'), 'firmKana'),
  ...named(readingsOf('workerName'), 'workerKana'),
  ...listFields.flatMap(({ key }) => named(namesOf(key), key)),
]);
const partByName = new Map<string, ListField>([
  ...named(NAME_PARTS.workerName.split('|'), 'workerName'),
  ...named(NAME_PARTS.workerKana.split('|'), 'workerKana'),
  ...named(NAME_PARTS.jobType.split('|'), 'jobType'),
]);
/** What people add to a heading to say whose it is, or in which letters. */
const SAID_BESIDE = /建設キャリアアップシステム|キャリアアップ|ccus|漢字/g;
const bareReadings = new Set(BARE_READINGS.split('|').map(foldHeading));
const foldedReadings = READINGS.split('|').map(foldHeading);
/** Halves of a name behind the heading of the whole. */
const HALVES = [
  ['姓', 'workerName'],
  ['名', 'workerName'],
  ['セイ', 'workerKana'],
  ['メイ', 'workerKana'],
] as const satisfies readonly (readonly [string, ListField])[];
const GROUP_NAMES = new Set(['名', '名称', '名前', '商号', 'name']);

/** The Japanese heading of a column, as the template has it. */
export function headingOf(field: ListField): string {
  return listFields.find(({ key }) => key === field)?.heading ?? field;
}

/** The column that a heading, an alias or a key names, whatever its width, spaces and brackets. */
export function fieldNamed(heading: string): ListField | undefined {
  const folded = foldHeading(heading);
  return fieldByName.get(folded) ?? fieldByName.get(folded.replace(SAID_BESIDE, ''));
}

/** The column of a name of which a heading names a half: 姓, 姓（カナ）, 氏名（姓）, フリガナ セイ. */
export function partNamed(heading: string): ListField | undefined {
  const folded = foldHeading(heading).replace(SAID_BESIDE, '');
  return fieldByName.has(folded) ? undefined : (partByName.get(folded) ?? partOfWhole(folded));
}

/** Under a group of columns "name" is what the group is about: 所属会社 over 名称. */
export function nameOfGroup(group: string, below: string): string | undefined {
  const isName = GROUP_NAMES.has(foldHeading(below));
  return isName && fieldByName.get(foldHeading(group)) === 'firmName' ? group : undefined;
}

/** A half behind the whole name or behind its reading, or the reading behind a half of a name. */
function partOfWhole(folded: string): ListField | undefined {
  const reading = foldedReadings.find((one) => folded.endsWith(one));
  const spelled = reading === undefined ? undefined : partByHeading(folded.slice(0, -reading.length));
  return spelled ? 'workerKana' : partByHeading(folded);
}

function partByHeading(folded: string): ListField | undefined {
  const [half, field] = HALVES.find(([word]) => folded.endsWith(word)) ?? [];
  if (half === undefined) return undefined;
  const whole = folded.slice(0, -half.length);
  if (bareReadings.has(whole) || fieldByName.get(whole) === 'workerKana') return 'workerKana';
  return fieldByName.get(whole) === 'workerName' ? field : undefined;
}

/** Whether a heading says no more than "reading" or "furigana". */
export function isBareReading(heading: string): boolean {
  return bareReadings.has(foldHeading(heading));
}

/** A heading reduced to what tells it apart: width, case, hiragana, spaces, brackets and "required" marks fall away. */
export function foldHeading(heading: string): string {
  return shiftKana(heading)
    .toLowerCase()
    .replace(/必須|任意/g, '')
    .replace(/[\s_\-./:()[\]【】*※・,'"#]/g, '');
}

/** How well a heading names its column, 0 the best: of several that name one column the best is it. */
export function rankOf(heading: string, field: ListField): number {
  const folded = foldHeading(heading);
  if (PREFERRED[field]?.test(folded) === true) return 0;
  if (VAGUE.has(folded)) return 3;
  return heading.normalize('NFKC').trim() === headingOf(field) ? 1 : 2;
}

/** Whether a heading seems to be about this column, by a word in it: 連絡先TEL. */
export function isSpokenOf(heading: string, wanted: ListField): boolean {
  const folded = foldHeading(heading);
  if (folded.length === 0 || OF_SOMETHING_ELSE.test(folded)) return false;
  return LOOSE.some(([field, words]) => field === wanted && words.test(folded));
}
