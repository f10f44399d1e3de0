import { expect } from 'chai';
import { buildCcusId } from '../../src/domain/ccus-id.ts';
import { type AdminApi, type Created, created, expectProblem, listOf, openAdminApi } from '../support/admin-api.ts';

describe('search', () => {
  let api: AdminApi;
  let ours: Created;
  let theirs: Created;
  const people: Record<string, Created> = {};
  before(async () => {
    api = await openAdminApi();
    ours = await api.firm({ name: '株式会社髙橋工務店', kana: 'タカハシコウムテン', ccusId: buildCcusId('firm', 71) });
    theirs = await api.firm({
      name: '有限会社 大野組',
      kana: 'オオノグミ',
      corporateNumber: '1234567890123',
      permitNumber: '第123456号',
    });
    const names: readonly (readonly [string, string, string, Created])[] = [
      ['takahashi', '髙橋 太郎', 'タカハシ タロウ', ours],
      ['satou', '佐藤 健一', 'サトウ ケンイチ', ours],
      ['ono', '大野 順', 'オオノ ジュン', ours],
      ['hattori', '服部 洋子', 'ハットリ ヨウコ', theirs],
      ['kohashi', '小橋 太郎', 'コハシ タロウ', theirs],
      ['nguyen', 'NGUYỄN VĂN AN', 'グエン・ヴァン・アン', theirs],
      ['shoji', '庄司 津奈', 'ショウジ ヅナ', theirs],
    ];
    for (const [key, name, kana, firm] of names) people[key] = await api.worker(firm.id, { name, kana });
    await api.phone(people['satou']?.id ?? '', '090-1234-5678');
    await api.phone(people['hattori']?.id ?? '', '080-9999-5678');
    await api.phone(people['ono']?.id ?? '', '090-7777-4321', { validTo: '2026-11-19' });
  });
  after(() => api.close());

  const query = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
  const ids = async (path: string, fields: Record<string, string>, key?: string) => {
    const answer = await api.get(`${path}?${query(fields)}`, key);
    expect(answer.status, answer.text).to.equal(200);
    return listOf(answer).ids;
  };
  /** Who is found, by the names of this test, in the order of the answer. */
  const found = async (q: string, key?: string) => {
    const all = await ids('/workers', { q }, key);
    return all.map((id) => Object.keys(people).find((name) => people[name]?.id === id) ?? id);
  };
  const keyOf = async (firm: Created, role: string, fields: object = {}) =>
    created(await api.post('/keys', { name: 'x', role, firmId: firm.id, scopes: ['read'], ...fields })).secret;

  it('finds people by kana of any width and kind, with and without the space', async () => {
    for (const q of ['サトウ', 'さとう', 'ｻﾄｳ', 'サトー', 'さと', 'サトウケンイチ', 'けんいち', 'サトウ　けんいち']) {
      expect(await found(q), q).to.deep.equal(['satou']);
    }
    expect(await found('ヅナ')).to.deep.equal(['shoji']);
    expect(await found('ズナ')).to.deep.equal(['shoji']);
    expect(await found('はっとり')).to.deep.equal(['hattori']);
  });

  it('finds people by kanji and their variants, by parts of names', async () => {
    for (const q of ['髙橋', '高橋', '高橋太郎', '髙橋　太郎', '太郎 高橋', '髙'])
      expect(await found(q), q).to.deep.equal(['takahashi']);
    expect(await found('橋太郎')).to.have.members(['takahashi', 'kohashi']);
    expect(await found('高橋タロー')).to.deep.equal(['takahashi']);
  });

  it('finds people by romaji: Hepburn and Kunrei, long vowels or not, while it is typed', async () => {
    for (const q of ['sato', 'satou', 'SATOH', 'Satō', 'satô kenichi', "ken'ichi sato", 'sat', 'kenit']) {
      expect(await found(q), q).to.deep.equal(['satou']);
    }
    for (const q of ['ono', 'ohno', 'oono', 'jun', 'zyun', 'ohno jun'])
      expect(await found(q), q).to.deep.equal(['ono']);
    for (const q of ['hattori', 'hatori', 'yoko', 'youko', 'hat']) expect(await found(q), q).to.deep.equal(['hattori']);
    for (const q of ['shoji', 'syouzi', 'shouji', 'shoj', 'zuna', 'duna'])
      expect(await found(q), q).to.deep.equal(['shoji']);
    for (const q of ['nguyen', 'Nguyễn', 'nguyen an', 'van an', 'グエン', 'guen'])
      expect(await found(q), q).to.deep.equal(['nguyen']);
  });

  it('finds people by the other names they go by, and by romaji with a hyphen', async () => {
    const aliases = [
      { kind: 'former-surname', name: '渡邉', kana: 'ワタナベ' },
      { kind: 'alias', name: 'コウジ' },
    ];
    const { id } = await api.worker(ours.id, { name: '三上 慎一郎', kana: 'ミカミ シンイチロウ', aliases });
    people['mikami'] = { ...(people['ono'] as Created), id };
    for (const q of ['渡辺', '渡邊 慎一郎', 'わたなべ', 'watanabe', 'コウジ', 'shin-ichiro mikami', 'Shin-ichirō'])
      expect(await found(q), q).to.deep.equal(['mikami']);
    await api.patch(`/workers/${id}`, { aliases: [] });
    expect(await found('渡辺')).to.deep.equal([]);
  });

  it('finds a place whether its name is written with ヶ, ケ or が', async () => {
    const site = await api.site(ours.id, { name: '桜ヶ丘の家', kana: 'サクラガオカノイエ' });
    for (const q of ['桜ヶ丘', '桜ケ丘', '桜が丘', '櫻ヶ丘', '丘の家'])
      expect(await ids('/sites', { q }), q).to.deep.equal([site.id]);
  });

  it('finds by ids when they are whole, and by nothing that is only a part of one (R-005)', async () => {
    const worker = (await api.get(`/workers/${people['ono']?.id ?? ''}`)).body as { ccusId: string };
    expect(await found(worker.ccusId)).to.deep.equal(['ono']);
    expect(await found(`${worker.ccusId.slice(0, 4)}-${worker.ccusId.slice(4)}`)).to.deep.equal(['ono']);
    expect(await found(people['ono']?.id ?? '')).to.deep.equal(['ono']);
    expect(await found(worker.ccusId.slice(0, 13))).to.deep.equal([]);
  });

  it('finds by the last four digits of a telephone that is still registered', async () => {
    expect(await found('5678')).to.have.members(['satou', 'hattori']);
    expect(await found('５６７８ さとう')).to.deep.equal(['satou']);
    expect(await found('4321')).to.deep.equal([]);
    expect(await found('1234')).to.deep.equal([]);
  });

  it('finds by a whole telephone number in any writing, and by a whole worker code', async () => {
    const writings = [
      '09012345678',
      '090-1234-5678',
      '０９０－１２３４－５６７８',
      '+819012345678',
      '+81 90 1234 5678',
    ];
    for (const q of [...writings, '090 1234 5678', '(090)1234-5678', '090ー1234ー5678', '佐藤 090-1234-5678'])
      expect(await found(q), q).to.deep.equal(['satou']);
    expect(await found('090-7777-4321'), 'it has ended').to.deep.equal([]);
    expect(await found('090-1234-5679')).to.deep.equal([]);
    expect(await found('服部 090-1234-5678')).to.deep.equal([]);
    const { workerCode, ccusId = '' } = (await api.get(`/workers/${people['ono']?.id ?? ''}`)).body as {
      workerCode: string;
      ccusId?: string;
    };
    const wide = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    for (const q of [workerCode, wide(workerCode)]) expect(await found(q), q).to.deep.equal(['ono']);
    expect(await found(workerCode.slice(0, 5))).to.deep.equal([]);
    const grouped = ccusId.replace(/(\d{4})(?=\d)/g, '$1 ');
    for (const q of [wide(ccusId), grouped]) expect(await found(q), q).to.deep.equal(['ono']);
  });

  it('knows of a change at once: a new name, a new number, another employer', async () => {
    const { id } = await api.worker(ours.id, { name: '仮名 一', kana: 'カメイ イチ' });
    people['moved'] = { ...(people['ono'] as Created), id };
    expect(await found('かめい')).to.deep.equal(['moved']);
    await api.patch(`/workers/${id}`, { name: '本名 一', kana: 'ホンミョウ イチ' });
    expect(await found('かめい')).to.deep.equal([]);
    const phone = await api.phone(id, '090-2222-8642');
    expect(await found('8642')).to.deep.equal(['moved']);
    await api.send('delete', `/phones/${phone.id}`);
    expect(await found('8642')).to.deep.equal([]);
    const key = await keyOf(theirs, 'firm-responsible');
    expect(await found('ほんみょう', key)).to.deep.equal([]);
    await api.patch(`/workers/${id}`, { employerId: theirs.id });
    expect(await found('ほんみょう', key)).to.deep.equal(['moved']);
  });

  it('stays within the asker’s rights, also for numbers (A-2, A-3)', async () => {
    const key = await keyOf(theirs, 'firm-responsible');
    expect(await found('たろう')).to.have.members(['takahashi', 'kohashi']);
    expect(await found('たろう', key)).to.deep.equal(['kohashi']);
    expect(await found('5678', key)).to.deep.equal(['hattori']);
    expect(await found('090-1234-5678', key)).to.deep.equal([]);
    expect(await found('080-9999-5678', key)).to.deep.equal(['hattori']);
    expect(await found(people['satou']?.workerCode ?? '', key)).to.deep.equal([]);
    expect(await found(people['satou']?.id ?? '', key)).to.deep.equal([]);
    // Who sees numbers only masked does not learn them digit by digit.
    for (const q of ['5678', '080-9999-5678'])
      expect(await found(q, await keyOf(theirs, 'site-manager')), q).to.deep.equal([]);
    const self = await keyOf(theirs, 'worker', { workerId: people['hattori']?.id });
    expect(await found('はっとり', self)).to.deep.equal(['hattori']);
    expect(await found('たろう', self)).to.deep.equal([]);
    expect(await ids('/workers', { q: 'たろう', employerId: ours.id })).to.deep.equal([people['takahashi']?.id]);
    expect(await ids('/workers', { q: 'たろう', employerId: ours.id }, key)).to.deep.equal([]);
  });

  it('shows the best first, page after page, each once', async () => {
    const firm = await api.firm();
    const names = ['林 一', '小林 二', '林田 三', '大林 四', '林 五'];
    const made: string[] = [];
    for (const [place, name] of names.entries()) {
      made.push((await api.worker(firm.id, { name, kana: `ハヤシ ${'アイウエオ'.charAt(place)}` })).id);
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = listOf(await api.get(`/workers?${query({ q: '林', employerId: firm.id })}&limit=2${more}`));
      seen.push(...page.ids);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen.map((id) => made.indexOf(id))).to.deep.equal([0, 2, 4, 1, 3]);
  });

  it('finds firms by id, name, permit number and corporate number, and refuses to look for nothing (R-004)', async () => {
    for (const q of ['高橋工務店', '(株)髙橋', 'たかはし', 'takahashi', buildCcusId('firm', 71)]) {
      expect(await ids('/firms', { q }), q).to.deep.equal([ours.id]);
    }
    for (const q of ['大野組', '㈲大野組', 'ohno', '1234567890123', '第123456号', '123456']) {
      expect(await ids('/firms', { q }), q).to.deep.equal([theirs.id]);
    }
    expectProblem(await api.get(`/firms?${query({ q: '　' })}`), 400, 'input-invalid');
    expectProblem(await api.get(`/firms?${query({ q: '㈱' })}`), 422, 'search-empty');
    expectProblem(await api.get(`/workers?${query({ q: '・' })}`), 422, 'search-empty');
    expect(await ids('/firms', { q: '高橋' }, await keyOf(theirs, 'firm-responsible'))).to.deep.equal([]);
  });

  it('finds sites by any part of the name and by the whole id (R-005)', async () => {
    const ccusId = buildCcusId('site', 9);
    const site = await api.site(ours.id, {
      name: '大野町三丁目共同住宅新築工事',
      kana: 'オオノチョウサンチョウメ',
      ccusId,
    });
    for (const q of ['三丁目', '共同住宅', '町', 'ちょう', 'sanchome', '大野町 新築', ccusId, site.id]) {
      expect(await ids('/sites', { q }), q).to.deep.equal([site.id]);
    }
    expect(await ids('/sites', { q: ccusId.slice(0, 8) })).to.deep.equal([]);
  });

  it('has a scope for sites: registered by the own firm, or worked on; never others (R-006)', async () => {
    const mine = await api.site(ours.id, { name: '駅前広場', kana: 'エキマエヒロバ' });
    const other = await api.site(theirs.id, { name: '駅前通り', kana: 'エキマエドオリ' });
    const node = {
      firmId: ours.id,
      ccusId: null,
      name: '',
      tier: 1,
      upperFirmId: theirs.id,
      status: 'provisional',
      source: 'CALL',
    };
    await api.connection.db
      ?.collection<{ _id: string; siteId: string; digest: string; nodes: object[] }>('trees')
      .insertOne({
        ...{ _id: other.id, siteId: other.id, digest: 'x' },
        nodes: [{ ...node, firmId: theirs.id, tier: 0, upperFirmId: null }, node],
      });
    const key = await keyOf(ours, 'firm-responsible');
    for (const fields of [{ q: '駅前' }, { q: 'えきまえ' }]) {
      expect(await ids('/sites', fields, key)).to.have.members([mine.id, other.id]);
      expect(await ids('/sites', { ...fields, scope: 'registered' }, key)).to.deep.equal([mine.id]);
      expect(await ids('/sites', { ...fields, scope: 'in-tree' }, key)).to.deep.equal([other.id]);
    }
    expect(await ids('/sites', { scope: 'in-tree' }, key)).to.deep.equal([other.id]);
    expect(await ids('/sites', { scope: 'registered' }, key))
      .to.include(mine.id)
      .and.not.include(other.id);
    const stranger = await api.firm({ ccusId: buildCcusId('firm', 72) });
    expect(await ids('/sites', { q: '駅前' }, await keyOf(stranger, 'firm-responsible'))).to.deep.equal([]);
  });
});
