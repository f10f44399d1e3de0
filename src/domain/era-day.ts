/** An era of the Japanese calendar: its names, and the first day of each. The last one goes on. */
interface Era {
  readonly name: string;
  readonly letter: string;
  /** The western year before its first one. */
  readonly before: number;
  readonly from: string;
}

/** Newest first. Before 1873 the calendar was another one. */
const ERAS: readonly Era[] = [
  { name: '令和', letter: 'r', before: 2018, from: '2019-05-01' },
  { name: '平成', letter: 'h', before: 1988, from: '1989-01-08' },
  { name: '昭和', letter: 's', before: 1925, from: '1926-12-25' },
  { name: '大正', letter: 't', before: 1911, from: '1912-07-30' },
  { name: '明治', letter: 'm', before: 1867, from: '1873-01-01' },
];

const WESTERN = /^(\d{4})([-/.年])(\d{1,2})[-/.月](\d{1,2})日?$/;
const BARE = /^(\d{4})(\d{2})(\d{2})$/;
const IN_ERA = /^([rhstm]|令和|平成|昭和|大正|明治)(\d{1,2}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/i;

export type DayReading = { readonly day: string } | { readonly flaw: 'day-unreadable' | 'day-not-in-era' };

/**
 * A day as people write it, as `YYYY-MM-DD`: 2026-11-24, 2026/11/24, 20261124, 2026年11月24日, 令和8年11月24日, R8.11.24, in any width. A day on
 * which its era had ended or not begun does not exist: 昭和64年1月8日 is 平成元年1月8日.
 */
export function readDayText(text: string): DayReading {
  const plain = text
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s/g, '');
  const western = WESTERN.exec(plain);
  if (western) return dayOf(Number(western[1]), western[3], western[4]);
  const bare = BARE.exec(plain);
  if (bare) return dayOf(Number(bare[1]), bare[2], bare[3]);
  const found = IN_ERA.exec(plain);
  return found ? dayInEra(found) : { flaw: 'day-unreadable' };
}

function dayInEra([, named = '', count = '', month, day]: readonly string[]): DayReading {
  const place = ERAS.findIndex(({ name, letter }) => named === name || named.toLowerCase() === letter);
  const era = ERAS[place];
  if (!era) return { flaw: 'day-unreadable' };
  const read = dayOf(era.before + (count === '元' ? 1 : Number(count)), month, day);
  if ('flaw' in read) return read;
  const end = ERAS[place - 1]?.from;
  const lasts = read.day >= era.from && (end === undefined || read.day < end);
  return lasts ? read : { flaw: 'day-not-in-era' };
}

function dayOf(year: number, month = '', day = ''): DayReading {
  const text = `${String(year).padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text
    ? { flaw: 'day-unreadable' }
    : { day: text };
}

/** A day as it is written in forms: 令和8年11月24日, 平成元年1月8日; before the eras as it stands. */
export function eraText(day: string): string {
  const era = ERAS.find(({ from }) => from <= day);
  if (!era) return day;
  const [year = 0, month, date] = day.split('-').map(Number);
  const count = year - era.before;
  return `${era.name}${count === 1 ? '元' : String(count)}年${String(month)}月${String(date)}日`;
}
