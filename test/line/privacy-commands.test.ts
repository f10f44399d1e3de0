import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { connect } from '../../models/connection.ts';
import { openVault } from '../../src/compose-vault.ts';
import type { WorkerId } from '../../src/domain/ids.ts';
import { openKeyRing } from '../../src/keys-file.ts';
import { createNumberCipher } from '../../src/services/number-cipher.ts';
import { refuseTraces } from '../support/clean-logs.ts';
import { freshDatabase } from '../support/database.ts';
import { MASTER_KEY } from '../support/line.ts';
import { type Morning, openMorning } from '../support/morning.ts';
import { registerWorker } from '../support/office.ts';
import { type CommandEnd, runCommand } from '../support/run-command.ts';
import { seenBy } from '../support/seen-by.ts';

/** Each command is a process of its own, which takes seconds to begin on a busy machine. */
const PATIENCE_MS = 300_000;

describe('the commands for personal data, as an operator runs them', function () {
  this.timeout(PATIENCE_MS);
  let dataDir = '';
  const around = (uri: string) => ({
    ...{ MONGODB_URI: uri, DATA_DIR: dataDir, MASTER_KEY: MASTER_KEY.toString('base64') },
  });
  const expectEnd = (end: CommandEnd, code: number) => expect(end.code, `${end.out}\n${end.err}`).to.equal(code);

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'genba-commands-'));
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  describe('beside a service in which people were looked at', () => {
    let morning: Morning;
    let began: Date;
    const run = (name: string, ...words: readonly string[]) => runCommand(name, words, around(morning.line.uri));
    const period = () => ['--from', began.toISOString(), '--to', new Date(Date.now() + 60_000).toISOString()];
    const breach = async (by: string) => {
      const end = await run('breach', ...period(), '--by', by);
      expectEnd(end, 0);
      return end.out;
    };
    const lost = () =>
      morning.desk.ask<{ id: string; secret: string }>('POST', '/keys', {
        ...{ name: 'lost', role: 'operator', scopes: ['read', 'write'] },
      });

    before(async () => {
      began = new Date(Date.now() - 60_000);
      morning = await openMorning(4, { still: true });
    });
    after(() => morning.line.close());

    it('names everybody whom a list showed by the firm that employs them, also who was merged or deleted since (T14)', async () => {
      const { desk, builder, person, instance } = morning;
      const { id: key, secret } = await lost();
      const other = await registerWorker(desk, { firmId: builder.firmId, upperFirmId: builder.primeId, place: 11 });
      await desk.ask('PATCH', `/workers/${other.id}`, { ccusId: null });
      await seenBy(instance.url, secret, '/workers?limit=200');
      const later = await registerWorker(desk, { firmId: builder.firmId, upperFirmId: builder.primeId, place: 12 });
      await desk.ask('POST', `/workers/${person(0).id}/merge`, { otherId: other.id, reason: '二重登録' });
      await desk.ask('POST', `/workers/${person(3).id}/erasure`, { reason: 'asked-by-worker' });
      const out = await breach(key);
      expect(out).to.include(`${builder.firmId}  4 people, 1 entries by ${key}`);
      for (const place of [0, 1, 2, 3]) expect(out).to.include(person(place).id);
      expect(out).to.include(`${person(3).id}  deleted on 2026-11-24`);
      for (const id of [other.id, later.id]) expect(out).to.not.include(id);
      await desk.ask('POST', `/workers/${person(0).id}/part`, {});
      expect(await breach(key))
        .to.include(`${builder.firmId}  5 people`)
        .and.include(other.id);
      refuseTraces(
        out,
        morning.builder.people.flatMap(({ number, kana }) => [number, kana]),
      );
    });

    it('names everybody in a file: the telephone list, and days as lines', async () => {
      const { person, instance, call, dayWhere } = morning;
      await call(1);
      await dayWhere(1, ({ entryAt }) => entryAt !== null);
      const [numbers, days] = [await lost(), await lost()];
      await seenBy(instance.url, numbers.secret, '/phones/export', 'text/csv');
      await seenBy(instance.url, days.secret, '/histories', 'text/csv');
      expect(await breach(numbers.id))
        .to.include(person(1).id)
        .and.include(person(2).id);
      expect(await breach(days.id))
        .to.include(person(1).id)
        .and.not.include(person(2).id);
    });

    it('says that nobody was seen where a list was empty, and where nothing was asked', async () => {
      const [empty, unused] = [await lost(), await lost()];
      await seenBy(morning.instance.url, empty.secret, '/histories?month=2026-01');
      for (const said of await Promise.all([breach(empty.id), breach(unused.id)])) expect(said).to.include('Nobody');
    });

    it('refuses words that it does not know, with an end that scripts can see', async () => {
      const refused = await Promise.all([
        run('breach'),
        run('breach', '--from', 'yesterday', '--to', 'today'),
        run('breach', '--from', '2026-11-24T07:00:00+09:00'),
        run('breach', '--from', '2026-02-30', '--to', '2026-03-01'),
        run('breach', '--from', '2026-11-24T07:00:00', '--to', '2026-11-25'),
        run('audit', 'mend'),
      ]);
      for (const end of refused) expectEnd(end, 1);
      const reversed = await run('breach', '--from', '2026-11-25', '--to', '2026-11-24T23:59:59+09:00');
      expectEnd(reversed, 1);
      expect(reversed.err).to.include('--to lies before --from');
      expect(reversed.out).to.not.include('Nobody');
      expectEnd(await runCommand('audit', ['verify'], { ...around('http://nowhere'), MASTER_KEY: '' }), 78);
      // With another key every entry would seem to be forged.
      const another = { ...around(morning.line.uri), MASTER_KEY: randomBytes(32).toString('base64') };
      const stranger = await runCommand('audit', ['verify'], another);
      expectEnd(stranger, 78);
      expect(stranger.err).to.include('MASTER_KEY is not the key that this database was written with');
      expect(stranger.out).to.not.include('BAD');
    });

    it('follow the audit, and name the first entry that is not what was written', async () => {
      const good = await run('audit', 'verify');
      expectEnd(good, 0);
      expect(good.out).to.include(`${morning.builder.firmId}  `).and.not.include('BAD');
      const connection = await connect(morning.line.uri, 2);
      const audit = connection.db?.collection<{ _id: string }>('audit');
      const [, second] = (await audit?.find({ chain: morning.builder.firmId }).sort({ _id: 1 }).toArray()) ?? [];
      await audit?.updateOne({ _id: second?._id ?? '' }, { $set: { shown: ['wrk_somebodyelse'] } });
      await connection.close();
      const bad = await run('audit', 'verify');
      expectEnd(bad, 1);
      expect(bad.out).to.include(`BAD at ${second?._id ?? 'nothing'}`);
    });
  });

  it('put every data key under a new key, name the keys, and forget one that wraps nothing', async () => {
    const database = await freshDatabase();
    const connection = await connect(database.uri, 4);
    try {
      const cipher = createNumberCipher(MASTER_KEY, randomBytes);
      const clock = { real: () => new Date() };
      const first = cipher.firstKek();
      const ids = ['wrk_keys0001', 'wrk_keys0002', 'wrk_keys0003'] as WorkerId[];
      const { vault, words } = openVault(connection, { cipher, clock, randomBytes });
      await vault.keysFor(ids);
      const sealed = (await words.seal(ids[0], '封印 花子')) ?? '';
      const run = (...given: readonly string[]) => runCommand('keys', given, around(database.uri));
      const rotate = async () => {
        const end = await run('rotate');
        expectEnd(end, 0);
        const [, made = ''] = /(kek_[0-9a-f]{8}) wraps from now on/.exec(end.out) ?? [];
        return { made, out: end.out };
      };
      const { made, out } = await rotate();
      expect(out).to.include(`${made}  wraps 3, current`).and.include(`${first.id}  wraps 0`);
      const refused = [['retire', made], ['retire', first.id], ['retire', 'kek_unknown0'], ['retire'], ['forge']];
      for (const end of await Promise.all(refused.map((given) => run(...given)))) expectEnd(end, 1);
      // As the service left it: a command of another environment does not know where that one is reached.
      const file = join(dataDir, 'secrets.json');
      const kept = { ...(JSON.parse(await readFile(file, 'utf8')) as object), baseUrl: 'http://127.0.0.1:4999' };
      await writeFile(file, JSON.stringify({ ...kept, sandboxUrl: 'http://127.0.0.1:4998' }));
      await rotate();
      expect(JSON.parse(await readFile(file, 'utf8'))).to.deep.equal({ ...kept, sandboxUrl: 'http://127.0.0.1:4998' });
      expectEnd(await run('retire', made), 0);
      const [status, exposed] = await Promise.all([
        run('status'),
        runCommand('breach', ['--key', made], around(database.uri)),
      ]);
      expectEnd(status, 0);
      expect(status.out)
        .to.match(/kek_[0-9a-f]{8} {2}wraps 3, current/)
        .and.not.include(made);
      expect(exposed.out).to.include('3 people').and.include(ids[2]);
      const ring = openKeyRing({ config: { dataDir }, first, randomBytes });
      const after = openVault(connection, { cipher, clock, randomBytes, ring });
      expect(await after.words.openAll([sealed])).to.deep.equal(['封印 花子']);
    } finally {
      await connection.close();
      await database.drop();
    }
  });
});
