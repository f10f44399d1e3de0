import { expect } from 'chai';
import { heardIn, phone } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';

describe('the language of a call', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  const call = (place: number, press: readonly string[] = []) =>
    phone(instance.url).call({ from: person(place).number, to: builder.line, press });

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
    await at('2026-11-24 07:41');
    builder = await registerBuilder(line, desk, 4);
  });
  after(() => line.close());

  it('is the one on file about the worker, with his name in Latin letters', async () => {
    await desk.ask('PATCH', `/workers/${person(0).id}`, { language: 'vi' });
    const played = await call(0);
    expect(heardIn(played)).to.match(/^Shiken \w+, công trường Shikenmachi, đã ghi giờ vào 7 giờ 41 phút\./);
    expect(played.turns[0]?.markup).to.include('language="vi-VN"');
  });

  it('is offered by key 8, one after the other, taken by 1, and remembered (failure mode 31)', async () => {
    const played = await call(1, ['8', '8', '8', '1']);
    const said = played.turns.map(({ say }) => say.join(' '));
    expect(said[1]).to.include('やさしい日本語は1');
    expect(said[2]).to.equal('For English press 1, for other languages press 8.');
    expect(said[3]).to.equal('Tiếng Việt bấm 1, ngôn ngữ khác bấm 8.');
    expect(said[4]).to.include('đã ghi giờ vào 7 giờ 41 phút');
    expect(await desk.ask<{ language: string }>('GET', `/workers/${person(1).id}`)).to.include({ language: 'vi' });
    await at('2026-11-24 17:02');
    expect(heardIn(await call(1))).to.match(/đã ghi giờ ra 17 giờ 2 phút\. Thời gian: 9 giờ 2[01] phút\./);
  });

  it('changes nothing of what was recorded, and leaves the other keys their meaning', async () => {
    await at('2026-11-24 18:00');
    await call(2, ['8', '8', '1', '9']);
    const days = await desk.until('the day', async () => {
      const all = await desk.all<{ flags: string[]; exitAt: string | null }>(`/histories?workerId=${person(2).id}`);
      return all[0]?.exitAt ? all : undefined;
    });
    expect(days).to.have.length(1);
    expect(days[0]?.flags).to.deep.equal(['exit-without-entry']);
  });

  it('can be chosen by somebody whom nobody knows, who hears of it in English', async () => {
    const played = await phone(instance.url).call({ from: '+819000000078', to: builder.line, press: ['8#', '8', '1'] });
    expect(played.turns[0]?.say[0]).to.include('press 8');
    expect(heardIn(played)).to.include('For English press 1');
    expect(heardIn(played)).to.include('This telephone is not registered. Press your six-digit worker number');
    const lost = ['000001#', '000002#', '000003#'];
    const from = '+819000000079';
    const kept = await phone(instance.url).call({ from, to: builder.line, press: ['8#', '8', '1', ...lost] });
    expect(kept.turns.at(-1)?.say.join(' ')).to.include('Your call is kept');
  });

  it('goes on with the question when nothing is pressed at the offer', async () => {
    const site = await desk.ask<{ siteCode: string }>('GET', `/sites/${builder.siteId}`);
    const many = '+815031999001';
    await desk.ask('POST', '/lines', { number: many });
    const played = await phone(instance.url).call({
      ...{ from: person(3).number, to: many },
      press: ['8#', '', `${site.siteCode}#`],
    });
    expect(heardIn(played)).to.include('入場、18時0分、記録しました');
  });
});
