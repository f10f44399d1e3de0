import { expect } from 'chai';
import { created } from '../support/admin-api.ts';
import { type ListOffice, openListOffice } from '../support/list-office.ts';

const HEADINGS = '事業者名,事業者カナ,技能者名,技能者カナ,電話番号,共用,職種コード';
const listOf = (...lines: readonly string[]) => [HEADINGS, ...lines].join('\n');
const lineOf = (name: string, number: string, jobType: string, shared = '') =>
  `見本建設,ミホンケンセツ,見本${name},ミホン,${number},${shared},${jobType}`;

describe('the job type of a row', function () {
  this.timeout(60_000);
  let office: ListOffice;
  before(async () => {
    office = await openListOffice();
  });
  after(() => office.close());

  interface Listed {
    readonly id: string;
    readonly name: string;
    readonly jobTypes: readonly string[];
  }
  const jobTypesOf = async (name: string) => {
    const { items } = (await office.send('get', '/workers')).body as { items: readonly Listed[] };
    return items.find((one) => one.name === `見本${name}`)?.jobTypes;
  };
  async function commit(list: string) {
    const { id, warnings } = created(await office.upload(list)) as unknown as {
      id: string;
      warnings: readonly { row: number; code: string }[];
    };
    const remarks = warnings.map(({ row, code }) => [row, code]).filter(([, code]) => String(code).startsWith('job-'));
    const done = await office.send('post', `/phones/imports/${id}/commit`);
    expect(done.status, done.text).to.equal(200);
    return { path: `/phones/imports/${id}`, remarks, counts: done.body as object };
  }

  it('reaches the register of its worker, also of one who is on file; undoing takes it back', async () => {
    await commit(listOf(lineOf('一郎', '090-1111-0001', '')));
    expect(await jobTypesOf('一郎')).to.deep.equal([]);
    const list = listOf(lineOf('一郎', '090-1111-0001', '34-01'), lineOf('一郎', '090-1111-0002', '10-01'));
    const { path, counts, remarks } = await commit(list);
    expect(counts).to.deep.equal({ created: 1, updated: 1, unchanged: 0 });
    expect(remarks).to.deep.equal([]);
    expect(await jobTypesOf('一郎')).to.have.members(['34-01', '10-01']);
    const again = await office.send('post', `${path}/commit`);
    expect(again.body).to.deep.equal({ created: 0, updated: 0, unchanged: 2 });
    expect((await commit(list)).counts).to.deep.equal({ created: 0, updated: 0, unchanged: 2 });
    const undone = await office.send('post', `${path}/undo`);
    expect(undone.body, undone.text).to.include({ created: 1, updated: 1 });
    expect(await jobTypesOf('一郎')).to.deep.equal([]);
  });

  it('is remarked on where it is the second one, and is the telephone’s alone where there are four', async () => {
    await commit(listOf(lineOf('二郎', '090-1111-0011', '34-01')));
    const codes = ['10-01', '11-01', '12-01', '13-01'];
    const { remarks } = await commit(
      listOf(...codes.map((code, place) => lineOf('二郎', `090-1111-002${place}`, code))),
    );
    expect(remarks).to.deep.equal([
      [1, 'job-type-second'],
      [4, 'job-types-full'],
    ]);
    expect(await jobTypesOf('二郎')).to.have.members(['34-01', '10-01', '11-01', '12-01']);
  });

  it('of each of his rows goes to somebody new, who goes with them when that is undone', async () => {
    const { path } = await commit(
      listOf(
        lineOf('三郎', '090-1111-0031', '34-01', 'はい'),
        lineOf('四郎', '090-1111-0031', '', 'はい'),
        lineOf('三郎', '090-1111-0032', '10-01'),
        lineOf('三郎', '090-1111-0033', '11-01'),
      ),
    );
    expect(await jobTypesOf('三郎')).to.have.members(['34-01', '10-01', '11-01']);
    const undone = await office.send('post', `${path}/undo`);
    expect(undone.body, undone.text).to.include({ created: 4 });
    expect(await jobTypesOf('三郎')).to.equal(undefined);
  });

  it('is left as it is by a list of what is on file, whatever the worker’s register says', async () => {
    const { items } = (await office.send('get', '/workers')).body as { items: readonly Listed[] };
    const { id } = items.find(({ name }) => name === '見本二郎') ?? { id: '' };
    await office.send('patch', `/workers/${id}`).send({ jobTypes: ['34-01'] });
    const { text } = await office.send('get', '/phones/export');
    const { counts } = await commit(text);
    expect(counts).to.include({ created: 0, updated: 0 });
    expect(await jobTypesOf('二郎')).to.deep.equal(['34-01']);
    expect((await office.send('get', '/phones/export')).text).to.equal(text);
  });
});
