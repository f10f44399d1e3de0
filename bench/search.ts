import { loadavg } from 'node:os';
import type { BenchGround } from './edge.ts';
import { GIVEN, listOf, createAsker, timed } from './people-list.ts';
import { startServer } from './server-process.ts';

const WORKERS = 100_000;
const ASKED = 400;
/** What an office types: family names and parts of them, in every way of writing, ids and last digits. */
const WORDS = [
  '佐',
  '髙田',
  '伊山',
  'さすせ',
  'アイウ',
  'ｱｲｳ',
  'kakiku',
  'shisu',
  '5678',
  '0123',
  '松 太',
  '試験',
  'kaki ta',
  '渡',
];

/** Lists and searches of a hundred thousand workers: milliseconds in the same run, and the memory of the index. */
export async function benchSearch({ uri, say }: BenchGround) {
  const place = uri.replace(/(\/)([^/?]*)(\?.*)?$/, '$1$2_search$3');
  await fill(place, say);
  const server = await startServer('service', place);
  try {
    const ask = createAsker(server.port);
    const restMb = (await server.rss()) / 1_048_576;
    const [readyS] = await timed(() =>
      untilReady(() => ask.text(`/workers?q=${encodeURIComponent(GIVEN.slice(0, 2))}&limit=1`)),
    );
    const filledMb = (await server.rss()) / 1_048_576;
    const list = await measure(async (turn, cursor) => {
      const text = await ask.text(`/workers?limit=50${turn % 8 === 0 || cursor === null ? '' : `&cursor=${cursor}`}`);
      return (JSON.parse(text) as { nextCursor: string | null }).nextCursor;
    });
    const search = await measure(async (turn) => {
      await ask.text(`/workers?limit=50&q=${encodeURIComponent(WORDS[turn % WORDS.length] ?? '')}`);
      return null;
    });
    const bytes = ((filledMb - restMb) * 1_048_576) / WORKERS;
    const ratio = search.p99 / list.p99;
    say(
      `${String(WORKERS)} workers: index ready after ${readyS.toFixed(1)} s, memory ${restMb.toFixed(0)} MB before, ` +
        `${filledMb.toFixed(0)} MB after (${bytes.toFixed(0)} bytes for a worker with his number)`,
    );
    for (const [name, { p50, p99 }] of Object.entries({ list, search })) {
      say(`${name.padEnd(7)} p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
    }
    say(`search to list, p99: ${ratio.toFixed(2)}`);
    return { load: loadavg(), workers: WORKERS, readyS, restMb, filledMb, bytes, list, search, ratio };
  } finally {
    await server.stop();
  }
}

/** By a server of its own, whose memory is not what is measured. */
async function fill(uri: string, say: BenchGround['say']): Promise<void> {
  const server = await startServer('service', uri);
  try {
    const ask = createAsker(server.port);
    const { id } = await ask.upload(listOf(WORKERS));
    const [seconds] = await timed(() => ask.post(`/phones/imports/${id}/commit`));
    say(`${String(WORKERS)} workers registered in ${seconds.toFixed(0)} s`);
  } finally {
    await server.stop();
  }
}

async function untilReady(look: () => Promise<string>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await look().catch((error: Error) => {
      if (!error.message.includes('search-not-ready')) throw error;
      return undefined;
    });
    if (found !== undefined) return;
  }
  throw new Error('the index was never filled');
}

async function measure(ask: (turn: number, cursor: string | null) => Promise<string | null>) {
  const times: number[] = [];
  let cursor: string | null = null;
  for (let turn = 0; turn < ASKED; turn += 1) {
    const began = performance.now();
    cursor = await ask(turn, cursor);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}
