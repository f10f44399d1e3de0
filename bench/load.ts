import { randomBytes } from 'node:crypto';
import { Pool } from 'undici';
import { describeCall, signForm } from '../sandbox/carrier-request.ts';
import { BENCH } from './settings.ts';

const PATH = '/webhooks/twilio/voice';

/** A request made ready before the clock runs: signing is the carrier's work and not ours. */
export interface ReadyRequest {
  readonly body: string;
  readonly signature: string;
}

export function readyCall(from: string, to: string, callId = `CA${randomBytes(16).toString('hex')}`): ReadyRequest {
  const form = describeCall({ accountSid: BENCH.accountSid, callId, from, to }, 'ringing');
  return {
    body: new URLSearchParams(form).toString(),
    signature: signForm({ token: BENCH.token, url: BENCH.publicBaseUrl + PATH, form }),
  };
}

/** Latencies in ms and what went wrong. */
export interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly done: number;
  readonly failed: number;
}

/** What a caller hears: recorded, kept for later, asked to call again, anything else, or nothing that can be heard. */
export type Heard = 'recorded' | 'kept' | 'call again' | 'other' | 'error';

/** One call of many: what was heard after how many milliseconds. */
export interface Answered {
  readonly heard: Heard;
  readonly ms: number;
}

export interface Caller {
  /** As fast as `connections` callers at once can, for so long or until the requests run out. */
  closedLoop(
    take: () => ReadyRequest | undefined,
    options: { connections: number; seconds: number },
  ): Promise<Measured>;
  /** All of them at once, each told with what was heard. */
  atOnce(requests: readonly ReadyRequest[]): Promise<readonly Answered[]>;
  /** At a fixed rate with random gaps; latency counts from the planned moment. */
  openLoop(take: () => ReadyRequest | undefined, options: { perSecond: number; seconds: number }): Promise<Measured>;
  close(): Promise<void>;
}

export function createCaller(port: number, connections = 64): Caller {
  const pool = new Pool(`http://127.0.0.1:${String(port)}`, { connections, pipelining: 1 });
  const hear = (request: ReadyRequest) => askFor(pool, request);
  const post = async (request: ReadyRequest): Promise<boolean> => {
    const heard = await hear(request);
    return heard !== 'error' && heard !== 'call again';
  };
  return {
    async closedLoop(take, { connections, seconds }) {
      const book = createBook();
      const until = performance.now() + seconds * 1000;
      const began = performance.now();
      const one = async () => {
        for (let next = take(); next && performance.now() < until; next = take()) {
          const start = performance.now();
          book.add(await post(next), start);
        }
      };
      await Promise.all(Array.from({ length: connections }, one));
      return book.close(performance.now() - began);
    },
    atOnce(requests) {
      const began = performance.now();
      const one = async (request: ReadyRequest): Promise<Answered> => {
        const heard = await hear(request).catch((): Heard => 'error');
        return { heard, ms: performance.now() - began };
      };
      return Promise.all(requests.map(one));
    },
    async openLoop(take, { perSecond, seconds }) {
      const book = createBook();
      const began = performance.now();
      const open: Promise<void>[] = [];
      for (
        let planned = began;
        planned < began + seconds * 1000;
        planned += (-Math.log(1 - Math.random()) * 1000) / perSecond
      ) {
        const wait = planned - performance.now();
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        const next = take();
        if (!next) break;
        open.push(post(next).then((ok) => book.add(ok, planned)));
      }
      await Promise.all(open);
      return book.close(performance.now() - began);
    },
    close: () => pool.close(),
  };
}

async function askFor(pool: Pool, { body, signature }: ReadyRequest): Promise<Heard> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature };
  const { statusCode, body: answer } = await pool.request({ path: PATH, method: 'POST', headers, body });
  const text = await answer.text();
  return statusCode === 200 ? readAnswer(text) : 'error';
}

function readAnswer(text: string): Heard {
  if (text.includes('記録しました')) return 'recorded';
  if (text.includes('お預かりしました')) return 'kept';
  return text.includes('もう一度おかけください') ? 'call again' : 'other';
}

function createBook() {
  const latencies: number[] = [];
  let failed = 0;
  return {
    add(ok: boolean, start: number) {
      latencies.push(performance.now() - start);
      if (!ok) failed += 1;
    },
    close(elapsedMs: number): Measured {
      latencies.sort((a, b) => a - b);
      const at = (share: number) =>
        latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
      return {
        perSecond: (latencies.length * 1000) / elapsedMs,
        p50: at(0.5),
        p99: at(0.99),
        max: at(1),
        done: latencies.length,
        failed,
      };
    },
  };
}
