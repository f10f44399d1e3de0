import { expect } from 'chai';
import { heardIn, phone } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';

const SERVICE = '+815031000899';

describe('the confirmation of a number', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const waiting = async () =>
    (await desk.all<{ workerIds: string[] }>('/phones?verified=false')).flatMap(({ workerIds }) => workerIds);

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
    await line.control('PUT', '/clock', { now: '2026-11-24T07:41:00+09:00' });
    builder = await registerBuilder(line, desk, 3);
    await desk.ask('POST', '/lines', { number: SERVICE, purpose: 'service' });
  });
  after(() => line.close());

  it('is a call to the service line: he hears his name, nothing is recorded, and he is no longer listed', async () => {
    expect(await waiting()).to.have.members(builder.people.map(({ id }) => id));
    const played = await phone(instance.url).call({ from: person(0).number, to: SERVICE, press: [] });
    expect(heardIn(played)).to.include(`${person(0).kana}さんの電話`);
    await desk.until('the confirmation', async () => !(await waiting()).includes(person(0).id));
    const [confirmed] = await desk.all<{ verifiedAt?: string; lastCallAt?: string }>('/phones?verified=true');
    expect(confirmed?.verifiedAt).to.match(/^2026-11-24T07:4/);
    expect(confirmed?.lastCallAt).to.equal(confirmed?.verifiedAt);
    expect(await desk.all(`/histories?workerId=${person(0).id}`)).to.deep.equal([]);
  });

  it('is any call that says who called, too', async () => {
    await phone(instance.url).call({ from: person(1).number, to: builder.line, press: [] });
    await desk.until('the confirmation', async () => !(await waiting()).includes(person(1).id));
    expect(await desk.all(`/phones?verified=true&workerId=${person(1).id}`)).to.have.length(1);
    const [silent] = await desk.all<{ lastCallAt?: string }>(`/phones?workerId=${person(2).id}`);
    expect(silent).to.not.have.property('lastCallAt');
    expect(await waiting()).to.deep.equal([person(2).id]);
  });

  it('tells a stranger on the service line nothing of anybody', async () => {
    const played = await phone(instance.url).call({ from: '+819055550000', to: SERVICE, press: [] });
    expect(heardIn(played)).to.include('案内用の番号').and.not.include('さん');
  });
});
