import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { connect } from '../../models/connection.ts';
import { heardIn, phone } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';

/** A head is a hint that is written after the call: what is said and asked must not depend on how soon. */
describe('a call just after another of the same worker', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  let database: Connection;
  const OTHER = '+815031000881';
  const MANY = '+815031000882';
  const at = (time: string) => line.control('PUT', '/clock', { now: `2026-11-24T${time}:00+09:00` });
  const caller = () => builder.people[0] ?? expect.fail('nobody there');
  const dial = async (to: string) => heardIn(await phone(instance.url).call({ from: caller().number, to }));
  const forgetHead = async () => {
    const heads = database.collection('heads');
    const _id = caller().id as never;
    await desk.until('the head', async () => (await heads.findOne({ _id })) !== null);
    await heads.deleteOne({ _id });
  };

  before(async () => {
    line = await openLine();
    instance = await line.instance({ still: true });
    desk = office(instance.url);
    database = await connect(line.uri, 2);
    await at('07:30');
    builder = await registerBuilder(line, desk, 1);
    const site = await desk.ask<{ id: string }>('POST', '/sites', {
      name: '検査町倉庫',
      kana: 'ケンサマチソウコ',
      primeId: builder.primeId,
      historyPeriod: { from: '2026-01-01', to: '2027-12-31' },
    });
    await desk.ask('POST', '/lines', { number: OTHER, siteId: site.id });
    await desk.ask('POST', '/lines', { number: MANY });
    expect(await dial(builder.line)).to.include('入場');
  });
  after(async () => {
    await database.close();
    await line.close();
  });

  it('names both sites of a move', async () => {
    await forgetHead();
    await at('13:00');
    expect(await dial(OTHER)).to.match(/を退場、ケンサマチソウコに入場、13時0分/);
  });

  it('is not asked where it is, on a line of many sites', async () => {
    await forgetHead();
    await at('17:00');
    expect(await dial(MANY)).to.include('ケンサマチソウコ、退場、17時0分');
  });
});
