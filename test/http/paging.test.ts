import { expect } from 'chai';
import fc from 'fast-check';
import { decodeCursor, encodeCursor } from '../../src/http/paging.ts';
import { type AdminApi, expectProblem, openAdminApi } from '../support/admin-api.ts';

describe('a list of the admin API', () => {
  let api: AdminApi;
  before(async () => {
    api = await openAdminApi();
    for (let i = 0; i < 7; i += 1) await api.firm();
  });
  after(() => api.close());

  it('shows each item once, page by page, and ends with null', async () => {
    const whole = (await api.get('/firms')).body;
    expect(whole.items).to.have.length(7);
    expect(whole.nextCursor).to.equal(null);
    const seen: unknown[] = [];
    let path = '/firms?limit=3';
    for (let pages = 1; ; pages += 1) {
      const { items, nextCursor } = (await api.get(path)).body;
      seen.push(...items);
      if (nextCursor === null) {
        expect(pages).to.equal(3);
        break;
      }
      path = `/firms?limit=3&cursor=${encodeURIComponent(nextCursor)}`;
    }
    expect(seen).to.deep.equal(whole.items);
  });

  it('has one last page when the items fill it exactly', async () => {
    expect((await api.get('/firms?limit=7')).body.nextCursor).to.equal(null);
  });

  it('refuses limits out of bounds, cursors that are not ours and filters it does not have', async () => {
    const ours = encodeCursor('frm_1');
    for (const query of [
      'limit=0',
      'limit=201',
      'limit=x',
      'limit=',
      'limit=1&limit=2',
      'cursor=abc',
      `cursor=${ours}x`,
      'colour=red',
    ]) {
      expectProblem(await api.get(`/firms?${query}`), 400, 'input-invalid');
    }
    const { errors } = expectProblem(await api.get('/firms?cursor=abc'), 400, 'input-invalid');
    expect(errors?.[0]).to.include({ in: 'query', pointer: '/cursor', code: 'cursor-unknown' });
  });

  it('reads back every cursor it wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (key) => decodeCursor(encodeCursor(key)) === key),
    );
  });
});
