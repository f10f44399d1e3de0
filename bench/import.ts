import { loadavg } from 'node:os';
import type { BenchGround } from './edge.ts';
import { startServer } from './server-process.ts';
import { BENCH } from './settings.ts';

const SIZES = [1_000, 10_000, 100_000];
const SAMPLE_MS = 100;
const FAMILY = [...'佐鈴高田伊渡山中小加吉斎松井木林清森池橋石'];
const GIVEN = [...'太一郎次健誠大翔悠真陽蓮湊樹颯律朝和美子'];
const KANA = [...'アイウエオカキクケコサシスセソタチツテト'];

/** Lists of a thousand to a hundred thousand rows, each through a service of its own: rows a second and the most memory it took. */
export async function benchImport({ uri, say }: BenchGround) {
  const results: Measured[] = [];
  for (const rows of SIZES) {
    const measured = await measure(uri.replace(/(\/)([^/?]*)(\?.*)?$/, `$1$2_import_${String(rows)}$3`), rows);
    results.push(measured);
    const { uploadS, commitS, againS, exportS, mostMb, restMb, importMb } = measured;
    say(
      `${String(rows).padStart(7)} rows: upload ${uploadS.toFixed(1)} s, commit ${commitS.toFixed(1)} s ` +
        `(${(rows / commitS).toFixed(0)}/s), the same again ${againS.toFixed(1)} s, export ${exportS.toFixed(1)} s, ` +
        `memory ${restMb.toFixed(0)} MB at rest, ${importMb.toFixed(0)} MB at most until saved, ${mostMb.toFixed(0)} MB in all`,
    );
  }
  return { load: loadavg(), results };
}

interface Measured {
  readonly rows: number;
  readonly uploadS: number;
  readonly commitS: number;
  readonly againS: number;
  readonly exportS: number;
  readonly restMb: number;
  /** Until the list was saved. */
  readonly importMb: number;
  /** With the second import and the export. */
  readonly mostMb: number;
}

async function measure(uri: string, rows: number): Promise<Measured> {
  const server = await startServer('service', uri);
  const memory = await watchMemory(server.rss);
  try {
    const ask = createAsker(server.port);
    const file = listOf(rows);
    const [uploadS, first] = await timed(() => ask.upload(file));
    expectCount(first.counts?.['valid'], rows);
    const [commitS, committed] = await timed(() => ask.post(`/phones/imports/${first.id}/commit`));
    expectCount(committed['created'], rows);
    const importMb = memory.mostMb();
    const again = await ask.upload(file);
    const [againS, unchanged] = await timed(() => ask.post(`/phones/imports/${again.id}/commit`));
    expectCount(unchanged['unchanged'], rows);
    const [exportS, exported] = await timed(() => ask.text('/phones/export'));
    expectCount(exported.split('\r\n').length, rows + 2);
    return { rows, uploadS, commitS, againS, exportS, restMb: memory.restMb, importMb, mostMb: memory.mostMb() };
  } finally {
    await memory.stop();
    await server.stop();
  }
}

/** Firms of fifty people, each with a telephone of his own. */
function listOf(rows: number): string {
  const lines = Array.from({ length: rows }, (_, place) => {
    const firm = Math.floor(place / 50);
    const serial = 10_000_000 + place;
    const name = `${pick(FAMILY, place)}${pick(FAMILY, place / 7)} ${pick(GIVEN, place / 3)}${pick(GIVEN, place / 11)}`;
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

function createAsker(port: number) {
  const call = async (path: string, init: RequestInit): Promise<string> => {
    const headers = { authorization: `Bearer ${BENCH.adminApiKey}` };
    const answer = await fetch(`http://127.0.0.1:${String(port)}/api/v1${path}`, { ...init, headers });
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

async function timed<T>(work: () => Promise<T>): Promise<readonly [seconds: number, result: T]> {
  const began = performance.now();
  const result = await work();
  return [(performance.now() - began) / 1000, result];
}

async function watchMemory(rss: () => Promise<number>) {
  const restMb = (await rss()) / 1_048_576;
  let most = restMb;
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      most = Math.max(most, (await rss()) / 1_048_576);
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    }
  })();
  return {
    restMb,
    mostMb: () => most,
    async stop() {
      stopped = true;
      await watching;
    },
  };
}

function expectCount(found: number | undefined, wanted: number): void {
  if (found !== wanted) throw new Error(`${String(found)} instead of ${String(wanted)}`);
}
