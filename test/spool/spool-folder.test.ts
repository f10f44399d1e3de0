import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { SpooledCall } from '../../src/ports-spool.ts';
import { openSpool } from '../../src/spool/spool-folder.ts';

describe('the spool', () => {
  let folder: string;
  let names = 0;
  const open = () => {
    const silent = () => undefined;
    return openSpool({
      folder,
      sealer: { sealText: (text) => text, openText: (text) => text },
      log: { info: silent, warn: silent, error: silent },
      newName: () => String(++names).padStart(4, '0'),
    });
  };
  const call = (place: number): SpooledCall => ({
    ...{ callId: `CA${String(place).padStart(32, '0')}` as SpooledCall['callId'], turn: 1 },
    ...{ from: '+819011112222', to: '+815031000001', forwarded: false, receivedAt: new Date('2026-11-24T07:41:00Z') },
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'genba-call-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('keeps a call that comes at the moment when the one before it was kept', async () => {
    const spool = open();
    for (const place of [1, 2, 3]) await spool.append(call(place));
    expect(await readdir(folder)).to.have.length(1);
    await spool.close();
  });

  it('keeps every call that comes while it is drained, and gives it once', async () => {
    const spool = open();
    const taken: string[] = [];
    const take = async ({ callId }: SpooledCall) => {
      taken.push(callId);
      await pause();
      return 'stored' as const;
    };
    const calls = Array.from({ length: 300 }, (_unused, place) => call(place));
    const callers = { left: 3 };
    const ring = async (mine: readonly SpooledCall[]) => {
      for (const one of mine) {
        await spool.append(one);
        await pause();
      }
      callers.left -= 1;
    };
    const drain = async () => {
      while (callers.left > 0) await spool.drain(take);
    };
    await Promise.all([0, 100, 200].map((from) => ring(calls.slice(from, from + 100))).concat(drain()));
    expect(await spool.drain(take)).to.equal(true);
    expect(taken.sort()).to.deep.equal(calls.map(({ callId }) => callId));
    expect(await readdir(folder)).to.deep.equal([]);
    await spool.close();
  });

  it('leaves what it could not give to the next process', async () => {
    const spool = open();
    await Promise.all([spool.append(call(1)), spool.append(call(2))]);
    expect(await spool.drain(() => Promise.resolve('away'))).to.equal(false);
    await spool.close();
    const taken: string[] = [];
    const next = open();
    await next.drain(({ callId }) => {
      taken.push(callId);
      return Promise.resolve('stored');
    });
    expect(taken.sort()).to.deep.equal([call(1).callId, call(2).callId]);
  });
});
