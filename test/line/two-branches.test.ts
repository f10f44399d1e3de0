import { expect } from 'chai';
import { type BranchedSite, openBranchedSite } from '../support/branched-site.ts';
import { phone } from '../support/caller.ts';
import { registerWorker } from '../support/office.ts';
import { signInPerson } from '../support/person.ts';

interface Row {
  readonly firmId: string;
  readonly upperFirmId: string | null;
}

describe('a firm that works below two others at one site', () => {
  let site: BranchedSite;
  before(async () => {
    site = await openBranchedSite();
    const { desk, builder, instance, lower, beside } = site;
    const second = await registerWorker(desk, { firmId: lower.firmId, upperFirmId: beside.firmId, place: 5 });
    await phone(instance.url).call({ from: second.number, to: builder.line });
    await desk.until('both places', async () => (await placesOf(builder.primeId)).length === 2);
  });
  after(() => site.line.close());

  const treeFor = async (firmId: string) => {
    const asker = await site.keyOf({ firmId });
    return asker.get<{ digest: string; nodes: readonly Row[] }>(`/sites/${site.builder.siteId}/tree`);
  };
  const placesOf = async (asker: string) =>
    (await treeFor(asker)).nodes.filter(({ firmId }) => firmId === site.lower.firmId).map((row) => row.upperFirmId);

  it('stands for each of them in its own place alone, and for itself and the prime in both (R-152)', async () => {
    const { builder, lower, beside } = site;
    expect(await placesOf(builder.firmId)).to.deep.equal([builder.firmId]);
    expect(await placesOf(beside.firmId)).to.deep.equal([beside.firmId]);
    for (const asker of [builder.primeId, lower.firmId])
      expect(await placesOf(asker)).to.have.members([builder.firmId, beside.firmId]);
  });

  it('stands so in the versions of the roster too', async () => {
    const { builder, lower, beside, desk } = site;
    const asker = await site.keyOf({ firmId: beside.firmId });
    const path = `/sites/${builder.siteId}/roster/versions`;
    const uppers = await desk.until('a version with it', async () => {
      const { items } = await asker.get<{ items: readonly { version: number }[] }>(path);
      const [last] = items;
      if (!last) return undefined;
      const { roster } = await asker.get<{
        roster: { firms: readonly { firmId: string; upperFirmIds: readonly string[] }[] };
      }>(`${path}/${String(last.version)}`);
      const found = roster.firms.find(({ firmId }) => firmId === lower.firmId)?.upperFirmIds ?? [];
      return found.length > 0 && found;
    });
    expect(uppers).to.deep.equal([beside.firmId]);
  });

  it('has a digest for each of them that says nothing of the other', async () => {
    const { builder, beside } = site;
    const seen = await Promise.all([builder.primeId, builder.firmId, beside.firmId].map(treeFor));
    expect(new Set(seen.map(({ digest }) => digest)).size).to.equal(3);
  });

  it('hears of no former employer from what a merging would do (A-3, R-136)', async () => {
    const { desk, lower, beside } = site;
    const [kept, other] = await Promise.all(
      [6, 7].map((place) => registerWorker(desk, { firmId: lower.firmId, place })),
    );
    const before = { firmId: beside.firmId, from: '2019-01-01', to: '2019-12-31' };
    await desk.ask('POST', `/workers/${kept?.id ?? ''}/employments`, before);
    await desk.ask('POST', `/workers/${other?.id ?? ''}/employments`, { ...before, firmId: site.builder.primeId });
    const path = `/workers/${kept?.id ?? ''}/merge?otherId=${other?.id ?? ''}`;
    const asker = await site.keyOf({ firmId: lower.firmId });
    expect((await desk.ask<{ overlaps: unknown[] }>('GET', path)).overlaps).to.have.length(1);
    expect((await asker.get<{ overlaps: unknown[] }>(path)).overlaps).to.deep.equal([]);
  });

  it('reads in its audit what the operator looked at in it, at a site of another firm too', async () => {
    const { instance, desk, builder, lower } = site;
    const { headers } = await signInPerson(instance.url, desk, [{ role: 'operator' }]);
    const ask = (method: string, path: string, body?: object) =>
      fetch(`${instance.url}/api/v1${path}`, {
        method,
        headers: { ...headers, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    const look = { firmId: lower.firmId, reason: '問い合わせ', minutes: 5 };
    expect((await ask('POST', '/looks', look)).status).to.equal(201);
    expect((await ask('GET', `/sites/${builder.siteId}/roster`)).status).to.equal(200);
    const asker = await site.keyOf({ firmId: lower.firmId });
    const { items } = await asker.get<{ items: readonly { what: string; role: string }[] }>('/audit');
    const asked = items.map(({ role, what }) => `${role} ${what}`);
    expect(asked).to.include('operator get /sites/{id}/roster').and.include('operator post /looks');
  });
});
