import { Agent, FormData, type RequestInit, fetch } from 'undici';
import { BENCH } from './settings.ts';

const FAMILY = [...'佐鈴高田伊渡山中小加吉斎松井木林清森池橋石'];
/** Letters of given names. */
export const GIVEN = '太一郎次健誠大翔悠真陽蓮湊樹颯律朝和美子';
const givenLetters = [...GIVEN];
const KANA = [...'アイウエオカキクケコサシスセソタチツテト'];

/** Firms of fifty people, each with a telephone of his own. */
export function listOf(rows: number): string {
  const lines = Array.from({ length: rows }, (_, place) => {
    const firm = Math.floor(place / 50);
    const serial = 10_000_000 + place;
    const name = `${pick(FAMILY, place)}${pick(FAMILY, place / 7)} ${pick(givenLetters, place / 3)}${pick(givenLetters, place / 11)}`;
    const kana = `${pick(KANA, place)}${pick(KANA, place / 20)}${pick(KANA, place / 400)} ${pick(KANA, place / 8000)}`;
    return (
      `試験${String(firm)}建設株式会社,シケンケンセツ,,${name}${String(place)},${kana},,` +
      `090-${String(serial).slice(0, 4)}-${String(serial).slice(4)},いいえ,34-01,FOREMAN,,はい,2026-11-01,`
    );
  });
  const headings =
    '事業者名,事業者カナ,事業者ID,技能者名,技能者カナ,技能者ID,電話番号,共用,職種コード,立場コード,上位事業者ID,承諾,有効開始日,有効終了日';
  return `${[headings, ...lines].join('\r\n')}\r\n`;
}

function pick(letters: readonly string[], place: number): string {
  return letters[Math.floor(place) % letters.length] ?? '';
}

interface Uploaded {
  readonly id: string;
  readonly counts?: Readonly<Record<string, number>>;
}

/** Asks the admin API of a server of the bench as its operator. */
export function createAsker(port: number) {
  // However slow the machine is: a commit answers when it is done.
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  const call = async (path: string, init: RequestInit): Promise<string> => {
    const headers = { authorization: `Bearer ${BENCH.adminApiKey}` };
    const answer = await fetch(`http://127.0.0.1:${String(port)}/api/v1${path}`, { ...init, headers, dispatcher });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${String(answer.status)} ${text.slice(0, 300)}`);
    return text;
  };
  return {
    async upload(text: string): Promise<Uploaded> {
      const form = new FormData();
      form.set('file', new Blob([text]), 'list.csv');
      return JSON.parse(await call('/phones/imports', { method: 'POST', body: form })) as Uploaded;
    },
    post: async (path: string) => JSON.parse(await call(path, { method: 'POST' })) as Readonly<Record<string, number>>,
    text: (path: string) => call(path, { method: 'GET' }),
  };
}

/** How long something took, in seconds, and what came of it. */
export async function timed<T>(work: () => Promise<T>): Promise<readonly [seconds: number, result: T]> {
  const began = performance.now();
  const result = await work();
  return [(performance.now() - began) / 1000, result];
}
