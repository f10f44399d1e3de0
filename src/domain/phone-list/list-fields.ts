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
      '屋号|商号|企業名|firm name|firm|company name|company|employer|' +
      'employer name',
  },
  {
    key: 'firmKana',
    heading: '事業者カナ',
    aliases:
      '事業者フリガナ|事業者名カナ|事業者名フリガナ|会社カナ|会社フリガナ|会社名カナ|会社名フリガナ|所属会社カナ|' +
      '所属会社フリガナ|業者名カナ|業者名フリガナ|firm kana|firm name kana|' +
      'company kana|employer kana',
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
      '技能者|技能者氏名|氏名|名前|お名前|姓名|作業員|作業員名|作業員氏名|社員名|従業員名|担当者名|' +
      'worker name|worker|name|full name|employee name',
  },
  {
    key: 'workerKana',
    heading: '技能者カナ',
    aliases:
      '技能者フリガナ|技能者名カナ|技能者名フリガナ|氏名カナ|氏名フリガナ|名前カナ|名前フリガナ|作業員カナ|' +
      '作業員フリガナ|作業員名カナ|作業員名フリガナ|氏名カタカナ|worker kana|' +
      'worker name kana|name kana|kana',
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
      'スマホ|phone number|phone|telephone number|telephone|mobile|' +
      'mobile number|mobile phone|number',
  },
  {
    key: 'shared',
    heading: '共用',
    aliases: '共用電話|共有|共有電話|共同利用|shared|shared phone',
  },
  { key: 'jobType', heading: '職種コード', aliases: '職種|職種名|job type|job type code|trade|trade code' },
  { key: 'position', heading: '立場コード', aliases: '立場|position|position code' },
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

/** A heading that says only "reading": it belongs to the name column on its left. */
const BARE_READINGS = 'フリガナ|カナ|カナ名|ヨミガナ|ヨミ|読み|読み仮名|カタカナ|furigana|reading';

const fieldByName = new Map<string, ListField>(
  listFields.flatMap((field) =>
    [field.key, field.heading, ...field.aliases.split('|')].map((name) => [foldHeading(name), field.key] as const),
  ),
);
const bareReadings = new Set(BARE_READINGS.split('|').map(foldHeading));

/** The Japanese heading of a column, as the template has it. */
export function headingOf(field: ListField): string {
  return listFields.find(({ key }) => key === field)?.heading ?? field;
}

/** The column that a heading, an alias or a key names, whatever its width, spaces and brackets. */
export function fieldNamed(heading: string): ListField | undefined {
  return fieldByName.get(foldHeading(heading));
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
    .replace(/[\s_\-./:()[\]【】*※・,'"]/g, '');
}
