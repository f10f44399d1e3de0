import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express, { type Response } from 'express';
import { renderTwiml } from '../../ivr/twiml.ts';
import { CALL_LIMITS, type CallLimitParts, createCallLimits } from '../../routes/call-limits.ts';
import { newCallId } from '../support/caller.ts';

const STRANGER = '+819099990000';
const WORKER = '+819011112222';
const AGAIN = 'もう一度おかけください';
const T0 = Date.parse('2026-11-24T07:41:30+09:00');

/** A tiny service behind the limits: it holds every call open until it is told to answer. */
async function serve(other: Partial<CallLimitParts> = {}) {
  const now = { ms: T0 };
  const seen = { counts: [] as string[], alarms: [] as string[], errors: [] as object[], asked: [] as string[] };
  const timers: (() => void)[] = [];
  const open: Response[] = [];
  const arrivals: (() => void)[] = [];
  const hold = { on: false };
  const limits = createCallLimits({
    clock: { real: () => new Date(now.ms) },
    isRegistered: (number) => {
      seen.asked.push(number);
      return Promise.resolve(number === WORKER);
    },
    render: renderTwiml,
    log: { error: (fields) => void seen.errors.push(fields) },
    count: (what) => void seen.counts.push(what),
    alarm: (what) => void seen.alarms.push(what),
    startTimer: (ms, work) => {
      expect(ms).to.equal(CALL_LIMITS.waitMs);
      timers.push(work);
      arrivals.splice(0).forEach((tell) => tell());
      return () => void timers.splice(timers.indexOf(work), 1);
    },
    ...other,
  });
  const app = express();
  app.use(limits.refusals, express.urlencoded({ extended: false }));
  app.use((request, response, next) => {
    if (request.header('x-twilio-signature') !== 'good') return void response.status(403).end();
    response.locals['form'] = request.body as unknown;
    next();
  });
  app.post('/voice', limits.calls, (_request, response) => {
    if (!hold.on) return void response.send('answered');
    open.push(response);
    arrivals.splice(0).forEach((tell) => tell());
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

  async function post(path: string, form: Record<string, string>, signature?: string) {
    const headers = signature === undefined ? {} : { 'x-twilio-signature': signature };
    const answer = await fetch(url + path, { method: 'POST', headers, body: new URLSearchParams(form) });
    const { status } = answer;
    return { status, closes: answer.headers.get('connection') === 'close', text: await answer.text() };
  }
  return {
    now,
    seen,
    timers,
    open,
    hold,
    call: (From: string, CallSid: string = newCallId(), turn = '') => post(`/voice${turn}`, { From, CallSid }, 'good'),
    refuse: (signature?: string) => post('/voice', { From: STRANGER }, signature),
    /** When the next call has come in or has begun to wait. */
    arrival: () => new Promise<void>((resolve) => void arrivals.push(resolve)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

const MOST = CALL_LIMITS.callsPerMinute;

describe('the limits of the voice webhook', () => {
  let service: Awaited<ReturnType<typeof serve>>;
  const small = (limits: Partial<Record<keyof typeof CALL_LIMITS, number>>) => ({
    limits: { ...CALL_LIMITS, ...limits },
  });
  const repeat = async <T>(times: number, work: () => Promise<T>): Promise<T[]> => {
    const all: T[] = [];
    for (let n = 0; n < times; n++) all.push(await work());
    return all;
  };
  afterEach(() => service.close());

  describe('of calls at once', () => {
    /** One call at work, one that waits; what becomes of the second is to be seen. */
    async function busy(other: Partial<CallLimitParts> = small({ atOnce: 1, line: 1 })) {
      service = await serve(other);
      service.hold.on = true;
      const arrived = service.arrival();
      const first = service.call(WORKER);
      await arrived;
      const waits = service.arrival();
      const second = service.call(WORKER);
      await waits;
      return { first, second };
    }

    it('let a call wait for its turn, in order', async () => {
      const { first, second } = await busy();
      const arrived = service.arrival();
      service.open.shift()?.send('the first');
      expect((await first).text).to.equal('the first');
      await arrived;
      expect(service.timers).to.deep.equal([]);
      service.open.shift()?.send('the second');
      expect((await second).text).to.equal('the second');
    });

    it('tell a call that waited too long to call again, with 200', async () => {
      const { second } = await busy();
      service.timers[0]?.();
      const { status, text } = await second;
      expect(status).to.equal(200);
      expect(text).to.include(AGAIN).and.not.include('記録しました').and.not.include('お預かりしました');
      expect(service.seen.counts).to.deep.equal(['crowded']);
      service.open[0]?.end();
    });

    it('turn away at once whoever comes when the line is full too', async () => {
      await busy();
      expect((await service.call(WORKER)).text).to.include(AGAIN);
      expect(service.timers).to.have.length(1);
    });

    it('give the place of a caller who hung up to the next', async () => {
      const { first, second } = await busy();
      first.catch(() => undefined);
      const arrived = service.arrival();
      service.open.shift()?.destroy();
      await arrived;
      service.open.shift()?.send('the second');
      expect((await second).text).to.equal('the second');
    });
  });

  describe('of one number', () => {
    it('turn a stranger away after so many calls in a minute, and take him again in the next', async () => {
      service = await serve();
      const calls = await repeat(MOST + 1, () => service.call(STRANGER));
      expect(calls.slice(0, MOST).every(({ text }) => text === 'answered')).to.equal(true);
      expect(calls[MOST]?.status).to.equal(200);
      expect(calls[MOST]?.text).to.include(AGAIN);
      expect(service.seen).to.deep.include({ counts: ['limited'], asked: [STRANGER] });
      service.now.ms += 60_000;
      expect((await service.call(STRANGER)).text).to.equal('answered');
    });

    it('never turn a registered worker away, and ask for him only when he is over his limit (failure mode 26)', async () => {
      service = await serve();
      const calls = await repeat(MOST + 20, () => service.call(WORKER));
      expect(calls.every(({ text }) => text === 'answered')).to.equal(true);
      expect(service.seen.asked).to.have.length(20);
    });

    it('turn nobody away while the register does not answer', async () => {
      service = await serve({ isRegistered: () => Promise.reject(new Error('away')) });
      const calls = await repeat(MOST + 2, () => service.call(STRANGER));
      expect(calls.every(({ text }) => text === 'answered')).to.equal(true);
    });

    it('count no withheld, impossible or software callers, who share a name', async () => {
      service = await serve();
      for (const from of ['anonymous', '+266696687', '', 'client:desk', 'sip:100@example.jp']) {
        const calls = await repeat(MOST + 2, () => service.call(from));
        expect(
          calls.every(({ text }) => text === 'answered'),
          from,
        ).to.equal(true);
      }
    });

    it('count a repeated request once and answer it alike, and never stop a conversation that has begun', async () => {
      service = await serve();
      const callId = newCallId();
      const repeated = await Promise.all(Array.from({ length: 30 }, () => service.call(STRANGER, callId)));
      expect(repeated.every(({ text }) => text === 'answered')).to.equal(true);
      await repeat(MOST - 1, () => service.call(STRANGER));
      const late = newCallId();
      expect((await service.call(STRANGER, late)).text).to.include(AGAIN);
      expect((await service.call(STRANGER, late)).text).to.include(AGAIN);
      expect((await service.call(STRANGER, callId)).text).to.equal('answered');
      expect((await service.call(STRANGER, callId, '?turn=2')).text).to.equal('answered');
    });
  });

  describe('of refused requests', () => {
    it('raise one alarm for a burst, and another only after quiet (failure mode 21)', async () => {
      service = await serve();
      await repeat(19, () => service.refuse('bad'));
      expect(service.seen.alarms).to.deep.equal([]);
      await repeat(30, () => service.refuse('bad'));
      expect(service.seen.alarms).to.deep.equal(['refused-burst']);
      expect(service.seen.errors).to.deep.equal([{ alarm: 'refused-burst', refused: 20, withinSec: 60 }]);
      service.now.ms += 61_000;
      await repeat(20, () => service.refuse('bad'));
      expect(service.seen.alarms).to.have.length(2);
    });

    it('are no alarm when they come slowly', async () => {
      service = await serve();
      await repeat(40, () => {
        service.now.ms += 3_200;
        return service.refuse();
      });
      expect(service.seen.alarms).to.deep.equal([]);
    });

    it('leave unsigned requests of a busy address unread, but never a signed one', async () => {
      service = await serve(small({ refusalsPerMinute: 5 }));
      expect((await repeat(5, () => service.refuse())).some(({ closes }) => closes)).to.equal(false);
      expect(await service.refuse()).to.deep.include({ status: 403, closes: true });
      expect(await service.refuse('bad')).to.deep.include({ status: 403, closes: false });
      expect((await service.call(WORKER)).text).to.equal('answered');
      service.now.ms += 60_000;
      expect(await service.refuse()).to.deep.include({ status: 403, closes: false });
    });
  });
});
