import { expect } from 'chai';
import { created } from '../support/admin-api.ts';
import { type ListOffice, openListOffice } from '../support/list-office.ts';

const HEADINGS = '事業者名,事業者カナ,事業者ID,技能者名,技能者カナ,電話番号,有効開始日,有効終了日';

describe('what a list makes', function () {
  this.timeout(60_000);
  let office: ListOffice;
  before(async () => {
    office = await openListOffice();
    const lines = [
      '見本建設,ミホンケンセツ,40324614116771,見本一郎,ミホンイチロウ,090-1111-0001,2019-05-01,2027-03-31',
      '見本塗装,ミホントソウ,,見本二郎,ミホンジロウ,090-1111-0002,1989-01-07,',
    ];
    const { id } = created(await office.upload([HEADINGS, ...lines].join('\n')));
    const done = await office.send('post', `/phones/imports/${id}/commit`);
    expect(done.body, done.text).to.deep.equal({ created: 2, updated: 0, unchanged: 0 });
  });
  after(() => office.close());

  it('is a firm that is registered where the list has its id, and since when that is known (F-01)', async () => {
    const { items } = (await office.send('get', '/firms')).body as { items: readonly { name: string; id: string }[] };
    const registrationsOf = async (name: string) => {
      const { id = '' } = items.find((one) => one.name === name) ?? {};
      return (await office.send('get', `/firms/${id}`)).body.registrations as object;
    };
    expect(await registrationsOf('見本建設')).to.deep.equal([
      { on: '2026-11-20', state: 'registered', source: 'ccus-id' },
    ]);
    expect(await registrationsOf('見本塗装')).to.deep.equal([]);
  });

  it('is exported with days of the era when that is asked, and taken back without change', async () => {
    const { text } = await office.send('get', '/phones/export?calendar=era');
    expect(text).to.include('令和元年5月1日,令和9年3月31日').and.include('昭和64年1月7日,\r\n');
    const { id, errors } = created(await office.upload(text));
    expect(errors).to.deep.equal([]);
    const again = await office.send('post', `/phones/imports/${id}/commit`);
    expect(again.body).to.deep.equal({ created: 0, updated: 0, unchanged: 2 });
  });
});
