import { buildCcusId } from '../src/domain/ccus-id.ts';
import type { Known } from './known-store.ts';

/** Serials far above those that were given out, and apart from those of the sample builder; everything here is made up. */
const FICTITIOUS = 98_700_000_000;

/** A firm at the demonstration site, under the prime or under another of them. */
export interface CrewFirm {
  readonly name: string;
  readonly kana: string;
  readonly ccusId: string;
  readonly jobType: string;
  readonly upper: string;
}

/** Somebody who works there. */
export interface CrewMember {
  readonly name: string;
  readonly kana: string;
  readonly ccusId: string;
  readonly firm: CrewFirm;
  readonly number: string;
  readonly position: string;
}

const firmId = (serial: number) => buildCcusId('firm', FICTITIOUS + serial);

export const crewPrime = {
  name: '演習建設株式会社',
  kana: 'エンシュウケンセツ',
  kind: 'corporation',
  ccusId: firmId(1),
} as const;

/** The demonstration site and its line. */
export const crewSite = {
  name: '演習町共同住宅新築工事',
  kana: 'エンシュウマチキョウドウジュウタク',
  ccusId: buildCcusId('site', FICTITIOUS + 1),
  address: '見本県演習市演習町4-4',
  historyPeriod: { from: '2025-04-01', to: '2035-03-31' },
  line: '+815031009040',
} as const;

const firm = (serial: number, names: readonly [string, string], jobType: string, upper: number): CrewFirm => ({
  name: names[0],
  kana: names[1],
  ccusId: firmId(serial),
  jobType,
  upper: firmId(upper),
});

/** Two tiers below the prime. */
export const crewFirms: readonly CrewFirm[] = [
  firm(2, ['演習躯体工業株式会社', 'エンシュウクタイコウギョウ'], '34-01', 1),
  firm(3, ['稽古鉄筋有限会社', 'ケイコテッキン'], '34-01', 2),
  firm(4, ['訓練設備株式会社', 'クンレンセツビ'], '36-01', 1),
  firm(5, ['練習配管有限会社', 'レンシュウハイカン'], '36-02', 4),
  firm(6, ['予行内装株式会社', 'ヨコウナイソウ'], '34-03', 1),
];

const FAMILIES = ['演習 エンシュウ', '稽古 ケイコ', '訓練 クンレン', '練習 レンシュウ', '予行 ヨコウ'];
const DIGITS = '一二三四五六七八九';
const READINGS = ['イチ', 'ニ', 'サン', 'シ', 'ゴ', 'ロク', 'シチ', 'ハチ', 'ク'];

/** So many people, spread over the firms, each with a telephone; the same ones at every call. */
export function createCrew(count: number): readonly CrewMember[] {
  return Array.from({ length: count }, (_unused, place) => {
    const at = place % crewFirms.length;
    const firm = crewFirms[at] as CrewFirm;
    const inFirm = Math.floor(place / crewFirms.length) + 1;
    const [name, kana] = (FAMILIES[at] as string).split(' ');
    return {
      ...{ name: `${name} ${numeral(inFirm)}郎`, kana: `${kana} ${reading(inFirm)}ロウ`, firm },
      ccusId: buildCcusId('worker', FICTITIOUS + 1 + place),
      number: `+819087${String(place + 1).padStart(6, '0')}`,
      position: inFirm === 1 ? 'FOREMAN' : 'NONE',
    };
  });
}

function numeral(count: number): string {
  const [tens, ones] = [Math.floor(count / 10), count % 10];
  return `${tens > 1 ? DIGITS[tens - 1] : ''}${tens > 0 ? '十' : ''}${ones > 0 ? DIGITS[ones - 1] : ''}`;
}

function reading(count: number): string {
  const [tens, ones] = [Math.floor(count / 10), count % 10];
  return `${tens > 1 ? READINGS[tens - 1] : ''}${tens > 0 ? 'ジュウ' : ''}${ones > 0 ? READINGS[ones - 1] : ''}`;
}

/** The crew's telephone list as a builder would upload it. */
export function writeCrewList(crew: readonly CrewMember[]): string {
  const headings =
    '事業者名,事業者カナ,事業者ID,技能者名,技能者カナ,技能者ID,電話番号,職種コード,立場コード,上位事業者ID,承諾,有効開始日';
  const rows = crew.map(({ firm, name, kana, ccusId, number, position }) =>
    [
      firm.name,
      firm.kana,
      firm.ccusId,
      name,
      kana,
      ccusId,
      national(number),
      firm.jobType,
      position,
      firm.upper,
      'はい',
      '2025-04-01',
    ].join(','),
  );
  return `${[headings, ...rows].join('\r\n')}\r\n`;
}

function national(number: string): string {
  return number.replace(/^\+81(\d{2})(\d{4})(\d{4})$/, '0$1-$2-$3');
}

/** The same as the registry knows it. */
export function knowCrew(crew: readonly CrewMember[]): Known {
  return {
    firms: [crewPrime, ...crewFirms].map(({ ccusId, name }) => ({ ccusId, name })),
    workers: crew.map(({ ccusId, name, firm }) => ({
      ...{ ccusId, name },
      employerCcusId: firm.ccusId,
      jobTypes: [firm.jobType],
    })),
    sites: [{ ccusId: crewSite.ccusId, name: crewSite.name, primeCcusId: crewPrime.ccusId, ...crewSite.historyPeriod }],
  };
}
