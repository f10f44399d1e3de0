import { expect } from 'chai';
import { type RegisterSearch, createRegisterSearch } from '../../src/services/search-registers.ts';
import { type AdminApi, chance, openAdminApi } from '../support/admin-api.ts';

describe('the searches of several instances', () => {
  let api: AdminApi;
  before(async () => {
    api = await openAdminApi();
  });
  after(() => api.close());

  const instance = (stores: object = {}): RegisterSearch =>
    createRegisterSearch({
      stores: { ...api.stores, ...stores },
      cipher: api.cipher,
      clock: { now: () => api.time.now, real: () => api.time.real },
      chance,
    });
  const found = async (search: RegisterSearch, q: string) => {
    const answer = await search.workers({ q, limit: 10, within: 'everything', byNumber: true });
    return answer.ok ? answer.value.items.map(({ id }) => id as string) : answer.code;
  };

  it('take up what another one changed, in the order in which it was told', async () => {
    const { id: firmId } = await api.firm();
    await api.registers.takeUp();
    const other = instance();
    expect(await found(other, 'ゆうがお')).to.deep.equal([]);
    const ids: string[] = [];
    for (let place = 0; place < 40; place += 1) {
      ids.push((await api.worker(firmId, { name: `夕顔 ${place}`, kana: 'ユウガオ' })).id);
      await api.registers.takeUp();
    }
    await api.phone(ids[7] ?? '', '090-1000-2345');
    await api.registers.takeUp();
    await other.takeUp();
    expect(await found(other, 'ゆうがお')).to.have.length(10);
    expect(await found(other, '夕顔 39')).to.deep.equal([ids[39]]);
    expect(await found(other, '2345')).to.deep.equal([ids[7]]);
    await api.patch(`/workers/${ids[39] ?? ''}`, { name: '朝顔', kana: 'アサガオ' });
    await api.registers.takeUp();
    await other.takeUp();
    expect(await found(other, 'あさがお')).to.deep.equal([ids[39]]);
    expect(await found(other, '夕顔 39')).to.deep.equal([]);
  });

  it('tell all that was changed when several tell at once', async () => {
    const { id: firmId } = await api.firm();
    const [one, two, three] = [instance(), instance(), instance()];
    for (const search of [one, two, three]) await found(search, 'x');
    const [first, second] = [
      await api.worker(firmId, { name: '桔梗', kana: 'キキョウ' }),
      await api.worker(firmId, { name: '撫子', kana: 'ナデシコ' }),
    ];
    one.note({ kind: 'worker', id: first.id });
    two.note({ kind: 'worker', id: second.id });
    await Promise.all([one.takeUp(), two.takeUp()]);
    await three.takeUp();
    expect([await found(three, '桔梗'), await found(three, '撫子')]).to.deep.equal([[first.id], [second.id]]);
  });

  it('read all anew after a day, for what an instance could not tell any more', async () => {
    const { id: firmId } = await api.firm();
    const search = instance();
    await found(search, 'x');
    const { id } = await api.worker(firmId, { name: '竜胆', kana: 'リンドウ' });
    await search.takeUp();
    expect(await found(search, 'りんどう')).to.deep.equal([]);
    api.time.real = new Date(api.time.real.getTime() + 25 * 3_600_000);
    await search.takeUp();
    expect(await found(search, 'りんどう')).to.deep.equal([id]);
  });

  it('begin anew after a failure, and say that they are not ready meanwhile', async () => {
    let broken = true;
    const sites = {
      ...api.stores.sites,
      page: (request: Parameters<typeof api.stores.sites.page>[0]) =>
        broken ? Promise.reject(new Error('away')) : api.stores.sites.page(request),
    };
    const search = instance({ sites });
    expect(await found(search, 'ゆうがお')).to.equal('search-not-ready');
    broken = false;
    expect(await found(search, 'ゆうがお')).to.have.length(10);
  });
});
