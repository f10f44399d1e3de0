import { expect } from 'chai';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, kill } from 'node:process';
import mongoose from 'mongoose';
import { readDatabaseRecord } from '../../db/data-folder.ts';
import { heardIn, phone } from '../support/caller.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { type Office, office, registerBuilder } from '../support/office.ts';
import { expectCleanServiceLog } from '../support/clean-logs.ts';
import { controlOf, freePorts, startService, stopService, untilReady } from '../support/service-process.ts';

/** A server that the tests were given is not ours to start or end. */
const external = (env['MONGODB_URI'] ?? '') !== '';

describe('a service whose database engine dies', () => {
  let dataDir: string;
  let database: FreshDatabase;
  let service: ChildProcess;
  let url: string;
  let desk: Office;
  let builder: Awaited<ReturnType<typeof registerBuilder>>;
  const call = (place: number) =>
    phone(url).call({ from: builder.people[place]?.number ?? expect.fail('nobody there'), to: builder.line });
  const enginePid = async () => {
    const client = new mongoose.mongo.MongoClient((await readDatabaseRecord(dataDir)).running?.uri ?? '');
    try {
      return Number((await client.db().admin().serverStatus())['pid']);
    } finally {
      await client.close();
    }
  };

  before(async function () {
    this.timeout(60_000);
    dataDir = await mkdtemp(join(tmpdir(), 'genba-call-test-'));
    database = await freshDatabase();
    const ports = await freePorts();
    service = await startService(dataDir, ports, external ? database.uri : '');
    url = `http://127.0.0.1:${String(ports.port)}`;
    await untilReady(url);
    desk = office(url);
    builder = await registerBuilder({ control: controlOf(ports.sandboxPort) }, desk, 12);
  });
  after(async () => {
    await stopService(service);
    await expectCleanServiceLog(dataDir, builder.people);
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  if (external) {
    it('has started none beside a server that it was given', async () => {
      expect((await readDatabaseRecord(dataDir)).running).to.include({ engine: 'external', uri: database.uri });
      expect(heardIn(await call(0))).to.include('記録しました');
    });
  } else {
    it('keeps what rings meanwhile, and records again without a restart of its own', async function () {
      this.timeout(60_000);
      const [uri, before] = [(await readDatabaseRecord(dataDir)).running?.uri, await enginePid()];
      kill(before, 'SIGKILL');
      const heard: string[] = [];
      const recorded = await desk.until(
        'a call that is recorded',
        async () => {
          const played = await call(heard.length % builder.people.length);
          expect(played.turns[0]?.status).to.equal(200);
          heard.push(heardIn(played));
          return heard.at(-1)?.includes('記録しました');
        },
        30_000,
      );
      expect(recorded).to.equal(true);
      for (const text of heard.slice(0, -1)) expect(text).to.include('お預かりしました');
      await untilReady(url);
      expect(await enginePid()).not.to.equal(before);
      expect((await readDatabaseRecord(dataDir)).running?.uri).to.equal(uri);
      expect(service.exitCode).to.equal(null);
    });
  }
});
