import { expect } from 'chai';
import { connect } from '../../models/connection.ts';
import { retentionRules } from '../../src/domain/retention.ts';
import { type Morning, openMorning } from '../support/morning.ts';

interface Term {
  readonly kind: string;
  readonly days: number;
  readonly before: string;
  readonly due: number;
}

describe('the clocks of retention', () => {
  let morning: Morning;
  const terms = async () => {
    const { items } = await morning.desk.ask<{ items: Term[] }>('GET', '/retention');
    return new Map(items.map((item) => [item.kind, item]));
  };
  const due = async () => Object.fromEntries([...(await terms())].map(([kind, item]) => [kind, item.due]));
  const run = async () => {
    const { id } = await morning.desk.ask<{ id: string }>('POST', '/runs', { job: 'retention' });
    return morning.desk.until('the job', async () => {
      const one = await morning.desk.ask<{ state: string; result: Record<string, number> }>('GET', `/runs/${id}`);
      return one.state === 'done' && one.result;
    });
  };
  const worker = (place: number) =>
    morning.desk.ask<{ kana: string; erasedOn?: string }>('GET', `/workers/${morning.person(place).id}`);
  const none = Object.fromEntries(retentionRules.map(({ kind }) => [kind, 0]));

  before(async () => {
    morning = await openMorning(3, { still: true });
    await morning.call(0);
    await morning.call(1);
    await morning.dayWhere(0, ({ entryAt }) => entryAt !== null);
    await morning.dayWhere(1, ({ entryAt }) => entryAt !== null);
    await morning.desk.ask('POST', `/workers/${morning.person(1).id}/leave`, {});
    await morning.desk.ask('POST', `/workers/${morning.person(2).id}/leave`, {});
  });
  after(() => morning.line.close());

  it('are a table that anybody who operates the service can read, and nothing is due on the first day', async () => {
    const table = await terms();
    expect([...table.keys()]).to.deep.equal(retentionRules.map(({ kind }) => kind));
    expect(table.get('people')).to.deep.include({ days: 1826, before: '2021-11-24', due: 0 });
    expect(await due()).to.deep.equal(none);
    expect(await run()).to.deep.equal(none);
  });

  it('count what would go before anything goes, and let it go with the next run', async () => {
    await morning.at('2027-01-15 12:00');
    expect(await due()).to.deep.equal({ ...none, 'spoken-words': 2 });
    expect(await run()).to.deep.equal({ ...none, 'spoken-words': 2 });
    expect(await due()).to.deep.equal(none);
    const calls = await morning.desk.all<{ turns: { markup: string }[] }>('/calls');
    expect(calls.flatMap(({ turns }) => turns.map(({ markup }) => markup))).to.deep.equal(['', '']);
  });

  it('forget a number some months after the call, and the person who never worked a year after he left', async () => {
    await morning.at('2027-03-15 12:00');
    expect(await due()).to.deep.equal({ ...none, 'caller-numbers': 2 });
    await run();
    await morning.at('2027-11-25 12:00');
    expect(await due()).to.deep.equal({ ...none, 'people-without-days': 1, 'ended-numbers': 2 });
    await run();
    expect(await worker(2)).to.deep.include({ erasedOn: '2027-11-25' });
    expect(await worker(1)).not.to.have.property('erasedOn');
    expect(await due()).to.deep.equal(none);
  });

  it('keep who worked for the term of the law, and who still has an employer for as long as he has one', async () => {
    await morning.at('2031-11-24 12:00');
    expect(await due()).to.deep.equal(none);
    await morning.at('2031-11-26 12:00');
    expect(await due()).to.deep.equal({ ...none, people: 1 });
    await run();
    expect(await worker(1)).to.deep.include({ erasedOn: '2031-11-26' });
    expect(await morning.days(1)).to.have.length(1);
    expect(await worker(0)).to.deep.include({ kana: morning.person(0).kana });
    expect(await due()).to.deep.equal(none);
  });

  it('seal at the next start what was written before there were keys', async () => {
    const { id } = morning.person(0);
    const { workers } = morning.instance.service.stores;
    const { value } = (await workers.find(id as never)) ?? expect.fail('nobody there');
    const connection = await connect(morning.line.uri, 1);
    const docs = connection.db?.collection<{ _id: string; rev: number }>('workers');
    await docs?.replaceOne({ _id: id }, { ...value, rev: 7 });
    expect(JSON.stringify(await docs?.findOne({ _id: id }))).to.contain(value.kana);
    await morning.line.instance();
    expect(JSON.stringify(await docs?.findOne({ _id: id }))).not.to.contain(value.kana);
    expect(await workers.find(id as never)).to.deep.equal({ value, rev: 7 });
    await connection.close();
  });
});
