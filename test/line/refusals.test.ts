import { expect } from 'chai';
import { type BranchedSite, openBranchedSite, reasonsOf } from '../support/branched-site.ts';

describe('a refused view', () => {
  let site: BranchedSite;
  let desk: BranchedSite['desk'];
  let builder: BranchedSite['builder'];
  let lower: BranchedSite['lower'];
  let beside: BranchedSite['beside'];
  let keyOf: BranchedSite['keyOf'];
  before(async () => {
    site = await openBranchedSite();
    ({ desk, builder, lower, beside, keyOf } = site);
  });
  after(() => site.line.close());

  it('says why a view is refused, and of what nobody may know nothing but what his own rights are', async () => {
    const firm = (firmId: string) => keyOf({ firmId });
    const [prime, upper, stranger] = [
      await firm(builder.primeId),
      await firm(builder.firmId),
      await firm(beside.firmId),
    ];
    const why = async (asker: typeof prime, path: string) => reasonsOf(await asker.raw('GET', path));
    const person = `/workers/${lower.workerId}`;
    // He stands on a roster of theirs: they know of him, and the basic screen is not for them (A-2, R-138, PR-004).
    expect(await why(prime, person)).to.deep.equal([403, 'employer-and-worker-only']);
    expect(await why(upper, person)).to.deep.equal([403, 'employer-and-worker-only']);
    // To another branch it is the same whether he exists or not (R-152, PR-009).
    const hidden = [404, 'not-your-worker', 'not-in-this-tree', 'no-consent', 'not-disclosed'];
    const shown = (found: readonly unknown[]) => found.filter((one) => hidden.includes(one as string | number));
    const [real, none] = [
      await why(stranger, `${person}/profile`),
      await why(stranger, '/workers/wrk_none0000/profile'),
    ];
    expect(real).to.deep.equal(none);
    expect(shown(real)).to.have.members(hidden);
    expect(await why(stranger, '/sites/sit_none0000/tree')).to.deep.equal([404, 'not-your-site', 'not-in-this-tree']);
    expect(await why(upper, `/sites/${builder.siteId}/plans/2026-11-24`)).to.deep.equal([403, 'prime-only']);
    const worker = await keyOf({ role: 'worker', workerId: lower.workerId });
    expect(await why(worker, '/keys')).to.deep.equal([403, 'role-without-right']);
    const problem = (await (await prime.raw('GET', person)).json()) as { detail: string; detailEn: string };
    expect(problem.detail).to.equal('本人と所属事業者だけが見られます。');
    expect(problem.detailEn).to.match(/^For the worker and the employer only/);
  });

  it('closes sites, trees and forms to a firm that is not registered, which keeps its own people and telephones (R-015)', async () => {
    const state = (registrationState: string) =>
      desk.ask('PATCH', `/firms/${builder.firmId}`, {
        registrationState,
        ...(registrationState === 'planned' ? { registrationPlannedOn: '2027-04-01' } : {}),
      });
    for (const told of ['applying', 'planned', 'none', 'refused']) {
      await state(told);
      const firm = await keyOf({ firmId: builder.firmId });
      for (const view of ['presence', 'tree', 'roster']) {
        const answer = await firm.raw('GET', `/sites/${builder.siteId}/${view}`);
        expect(await reasonsOf(answer), `${told}: ${view}`).to.deep.equal([403, 'firm-not-registered']);
      }
      expect(await reasonsOf(await firm.raw('GET', '/sites'))).to.deep.equal([403, 'firm-not-registered']);
      expect((await firm.raw('GET', `/workers/${lower.workerId}/profile`)).status).to.equal(404);
      expect(await firm.idsOf('/workers')).to.have.members(builder.people.map(({ id }) => id));
      expect((await firm.raw('GET', '/phones')).status).to.equal(200);
      const more = { name: '自社 一', kana: 'ジシャ イチ', employerId: builder.firmId };
      const added = await firm.raw('POST', '/workers', more);
      expect(added.status).to.equal(201);
      const { id } = (await added.json()) as { id: string };
      expect((await firm.raw('PATCH', `/workers/${id}`, { employerId: null })).status).to.equal(200);
    }
    await state('registered');
    const firm = await keyOf({ firmId: builder.firmId });
    expect((await firm.raw('GET', `/sites/${builder.siteId}/tree`)).status).to.equal(200);
  });
});
