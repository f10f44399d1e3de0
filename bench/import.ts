import { loadavg } from 'node:os';
import type { BenchGround } from './edge.ts';
import { createAsker, listOf, timed } from './people-list.ts';
import { startServer } from './server-process.ts';

const SIZES = [1_000, 10_000, 100_000];
const SAMPLE_MS = 100;

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
