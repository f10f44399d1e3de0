import type { ChildProcess } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { expectCleanServiceLog } from '../support/clean-logs.ts';
import { sample } from '../../sandbox/sample.ts';
import { runCallCommand } from '../support/caller.ts';
import { freePorts, startService, stopService, untilReady } from '../support/service-process.ts';

describe('the call command that takes the database away', () => {
  let dataDir: string;
  let service: ChildProcess;

  before(async function () {
    this.timeout(120_000);
    dataDir = await mkdtemp(join(tmpdir(), 'genba-away-'));
    const ports = await freePorts();
    service = await startService(dataDir, ports);
    await untilReady(`http://127.0.0.1:${String(ports.port)}`);
  });
  after(async function () {
    this.timeout(60_000);
    await stopService(service);
    await expectCleanServiceLog(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  });

  const call = (...more: string[]) =>
    runCallCommand(['--from', sample.firstCall.from, '--to', sample.firstCall.to, '--data-dir', dataDir, ...more]);

  it('hears that the call is kept while the engine stands still, and that all is well afterwards', async function () {
    this.timeout(60_000);
    const away = await call('--at', '2026-11-24T07:41', '--fault', 'database-away');
    expect(away.code, away.err).to.equal(0);
    expect(away.out).to.include('お預かりしました').and.not.include('記録しました');
    const evening = await call('--at', '2026-11-24T17:12');
    expect(evening.code, evening.err).to.equal(0);
  });

  it('leaves a database alone that the service did not start itself', async function () {
    this.timeout(60_000);
    const elsewhere = await mkdtemp(join(tmpdir(), 'genba-away-'));
    await copyFile(join(dataDir, 'secrets.json'), join(elsewhere, 'secrets.json'));
    const running = { uri: 'mongodb://127.0.0.1:1/genba_call', engine: 'external', pid: 1 };
    await writeFile(join(elsewhere, 'database.json'), JSON.stringify({ running }));
    const { code, err } = await call('--fault', 'database-away', '--data-dir', elsewhere);
    await rm(elsewhere, { recursive: true });
    expect(code).to.equal(1);
    expect(err).to.match(/only where the service started its own engine/);
  });
});
