import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { buildCcusId } from '../../src/domain/ccus-id.ts';
import { createNumberCipher } from '../../src/services/number-cipher.ts';
import { dumpOf } from '../support/dump.ts';
import { KEY, MASTER_KEY } from '../support/line.ts';
import { HEADINGS } from '../support/list-office.ts';
import { type Morning, openMorning } from '../support/morning.ts';
import { registerWorker } from '../support/office.ts';
import { isProjected } from '../support/projected.ts';

const NAME = '忘却 次郎';
const KANA = 'ボウキャク ジロウ';
const CCUS_ID = buildCcusId('worker', 9_777_001);
const NUMBER = '+819077700111';
const SECOND = '+819077700222';
const NATIONAL = '090-7770-0111';
/** What people wrote about him, each in its own place. */
const WORDS = { key: '忘却の鍵', merge: '忘却二重', leave: '忘却退職', note: '忘却申請', decision: '忘却承認' };

interface Worker {
  readonly id: string;
  readonly name: string;
  readonly workerCode: string;
  readonly mergedInto?: string;
}

describe('whatever a person leaves in the database', () => {
  let morning: Morning;
  let draft: { readonly id: string };
  let him: Worker;
  let marks: readonly string[] = [];
  let indexes: readonly string[] = [];
  const found = async () => {
    const text = await dumpOf(morning.line.uri, MASTER_KEY);
    return marks.filter((mark) => text.includes(mark));
  };
  const send = async <T>(path: string, form: FormData, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await fetch(`${morning.instance.url}/api/v1${path}`, {
      ...{ method: 'POST', body: form, headers: { authorization: `Bearer ${KEY}`, ...headers } },
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${String(answer.status)} ${text}`);
    return JSON.parse(text) as T;
  };
  const rowOf = (name: string, kana: string, ccusId: string, number: string) =>
    `検査工業株式会社,ケンサコウギョウ,,${name},${kana},${ccusId},${number},,34-01,,,○,2026-01-01,`;
  const upload = (...rows: readonly string[]) => {
    const form = new FormData();
    form.set('file', new Blob([[HEADINGS, ...rows].join('\r\n')]), '名簿.csv');
    return send<{ id: string }>('/phones/imports', form);
  };

  /** Everything that can happen to somebody between the list he came in by and the day he is deleted. */
  async function live(): Promise<void> {
    const { desk, builder, at, instance } = morning;
    const listed = await upload(
      rowOf(NAME, KANA, CCUS_ID, NATIONAL),
      rowOf('残留 三郎', 'ザンリュウ サブロウ', '', '090-7770-0333'),
    );
    await desk.ask('POST', `/phones/imports/${listed.id}/commit`);
    draft = await upload(
      rowOf(NAME, KANA, '', '090-7770-0444'),
      rowOf('残留 四郎', 'ザンリュウ シロウ', '', '090-7770-0555'),
      rowOf('残留 五郎', 'ザンリュウ ゴロウ', '', '090-7770-0666'),
    );
    await desk.ask('PATCH', `/phones/imports/${draft.id}/rows/2`, { cells: { 電話番号: NATIONAL } });
    him = (await desk.all<Worker>('/workers')).find(({ name }) => name === NAME) ?? expect.fail('nobody came in');
    const form = new FormData();
    form.set('insurance', 'health');
    form.set('file', new Blob([Buffer.from('%PDF-1.4\n忘却の写し')]), `${NAME}.pdf`);
    await send(`/workers/${him.id}/insurance-copies`, form);
    const second = new Request(`${instance.url}/api/v1/phones`, {
      ...{
        method: 'POST',
        headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'idempotency-key': 'once' },
      },
      body: JSON.stringify({ number: SECOND, workerIds: [him.id], validFrom: '2026-01-01' }),
    });
    expect((await fetch(second)).status).to.equal(201);
    await instance.service.watch.tellHolders();
    await desk.ask('PUT', `/workers/${him.id}/notices`, { wanted: false });
    await desk.ask('PUT', `/workers/${him.id}/pin`, { pin: '4711' });
    await desk.ask('POST', '/keys', { name: WORDS.key, role: 'worker', workerId: him.id, scopes: ['read'] });
    await desk.ask('POST', '/agent-applications', { agentFirmId: builder.primeId, subject: { workerId: him.id } });
    await morning.call(0, { from: NUMBER });
    await at('2026-11-24 17:02');
    await morning.call(0, { from: SECOND });
    await desk.until(
      'the day',
      async () => (await desk.all<{ exitAt: string | null }>(`/histories?workerId=${him.id}`))[0]?.exitAt,
    );
    const { id } = await desk.ask<{ id: string }>('POST', '/corrections', {
      ...{
        siteId: builder.siteId,
        workerId: him.id,
        workDate: '2026-11-24',
        reasonCode: 'forgot-exit',
        note: WORDS.note,
      },
      exitAt: '2026-11-24T16:30:00+09:00',
    });
    await desk.ask('POST', `/corrections/${id}/approve`, { note: WORDS.decision });
    const double = await registerWorker(desk, { firmId: builder.firmId, upperFirmId: builder.primeId, place: 11 });
    await desk.ask('PATCH', `/workers/${double.id}`, { ccusId: null });
    await desk.ask('POST', `/workers/${him.id}/merge`, { otherId: double.id, reason: WORDS.merge });
    await desk.ask('POST', `/workers/${him.id}/leave`, { lastDay: '2026-12-31', reason: WORDS.leave });
    const cipher = createNumberCipher(MASTER_KEY, randomBytes);
    indexes = [NUMBER, SECOND, double.number].map((number) => cipher.index(number as never));
    const national = [NUMBER, SECOND, double.number].map((number) => number.replace('+81', '0'));
    marks = [
      ...[NAME, KANA, CCUS_ID, NUMBER, SECOND, NATIONAL, double.number, double.kana, double.name, ...national],
      ...[`"${him.workerCode}"`, `"${double.workerCode}"`, ...Object.values(WORDS)],
    ];
  }

  before(async function () {
    this.timeout(180_000);
    morning = await openMorning(1, { still: true });
    await live();
  });
  after(() => morning.line.close());

  it('is sealed under nobody’s key but his own where it can be, also why registers were merged', async () => {
    const text = await dumpOf(morning.line.uri, Buffer.alloc(32, 1));
    expect([NAME, KANA, WORDS.merge, WORDS.leave].filter((mark) => text.includes(mark))).to.deep.equal([]);
    expect(await found()).to.include.members([NAME, NATIONAL, WORDS.leave]);
  });

  it('is gone with him, with the master key either: nothing names him, and only the audit knows that there was a number', async () => {
    const { desk, line, instance } = morning;
    await desk.until('everything to be derived', () => isProjected(instance.service.stores, him.id));
    await desk.ask('POST', `/workers/${him.id}/erasure`, { reason: 'asked-by-worker', giveUpUndelivered: true });
    const lines = (await dumpOf(line.uri, MASTER_KEY)).split('\n');
    const left = (words: readonly string[], ...but: readonly string[]) =>
      lines
        .filter((one) => words.some((word) => one.includes(word)) && !but.some((name) => one.startsWith(`${name} `)))
        .map((one) => one.slice(0, 80));
    expect(left(marks)).to.deep.equal([]);
    expect(left(indexes, 'audit', 'registerChanges')).to.deep.equal([]);
  });

  it('leaves the others of his lists', async () => {
    const { items } = await morning.desk.ask<{ items: { cells: Readonly<Record<string, string>> }[] }>(
      ...(['GET', `/phones/imports/${draft.id}/rows`] as const),
    );
    expect(items.map(({ cells }) => cells['技能者名'])).to.deep.equal(['残留 五郎']);
    const names = (await morning.desk.all<Worker>('/workers')).map(({ name }) => name);
    expect(names).to.include('残留 三郎').and.not.include(NAME);
  });

  it('leaves his days, and a merge that nobody can part any more', async () => {
    const days = await morning.desk.all<{ exitAt: string | null }>(`/histories?workerId=${him.id}`);
    expect(days.map(({ exitAt }) => exitAt?.slice(0, 16))).to.deep.equal(['2026-11-24T16:30']);
    const parted = await morning.desk.ask('POST', `/workers/${him.id}/part`, {}).catch((error: Error) => error.message);
    expect(parted).to.include('not-merged');
  });

  it('answers a repeated request no more: it was shown once', async () => {
    const answer = await fetch(`${morning.instance.url}/api/v1/phones`, {
      ...{
        method: 'POST',
        headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'idempotency-key': 'once' },
      },
      body: JSON.stringify({ number: SECOND, workerIds: [him.id], validFrom: '2026-01-01' }),
    });
    expect(await answer.text())
      .to.include('shown-once')
      .and.not.include(him.id);
  });
});
