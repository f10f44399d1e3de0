import { expect } from 'chai';
import { type Asker, type BranchedSite, openBranchedSite } from '../support/branched-site.ts';

interface Insurance {
  readonly on: string;
  readonly confirmed: boolean;
  readonly ccusLinked: boolean;
  readonly health: { readonly kind: string; readonly numberLast4: string; readonly ccusLinked: boolean } | null;
}

interface Line {
  readonly workerId: string;
  readonly name: string;
  readonly firmName: string;
  readonly firmId: string;
  readonly day: string;
  readonly jobType: string | null;
  readonly position: string | null;
  readonly insurance?: Insurance;
}

const ccus = { joined: true, kind: 'HEALTH_KYOKAI_KENPO', numberLast4: '9012', evidence: 'ccus' };
const linked = { health: ccus, pension: { joined: true, evidence: 'ccus' }, employment: ccus };

describe('the roster of a site', () => {
  let site: BranchedSite;
  before(async () => {
    site = await openBranchedSite();
    const { desk, lower, beside } = site;
    const insure = (workerId: string, insurance: object) =>
      desk.ask('PATCH', `/workers/${workerId}`, { insurance, changesFrom: '2026-01-01' });
    await insure(lower.workerId, linked);
    await insure(beside.workerId, { ...linked, health: { ...ccus, evidence: 'linked-system' } });
  });
  after(() => site.line.close());

  const linesOf = async ({ get }: Pick<Asker, 'get'>) => {
    const { items } = await get<{ items: Line[] }>(`/sites/${site.builder.siteId}/roster`);
    return new Map(items.map((line) => [line.workerId, line]));
  };
  const runsUntil = async (to: string) => {
    const historyPeriod = { from: '2026-01-01', to };
    await site.desk.ask('PATCH', `/sites/${site.builder.siteId}`, { historyPeriod });
  };

  it('carries employer, occupation, position and insurances as of the last day worked (PR-064)', async () => {
    const { lower, builder, keyOf } = site;
    const prime = await keyOf({ firmId: builder.primeId });
    const line = (await linesOf(prime)).get(lower.workerId);
    expect(line).to.include({ firmId: lower.firmId, firmName: '配下2', day: '2026-11-24', jobType: '34-01' });
    expect(line?.insurance).to.deep.include({ on: '2026-11-24', confirmed: true, flagged: false, gaps: [] });
    expect(line?.insurance?.health).to.deep.equal({ ...ccus, exempt: false, ccusLinked: true });
    await site.desk.ask('PATCH', `/workers/${lower.workerId}`, {
      ...{ insurance: { health: { joined: false } }, changesFrom: '2026-11-25' },
    });
    expect((await linesOf(prime)).get(lower.workerId)?.insurance).to.include({ confirmed: true });
  });

  it('has the mark “CCUS linked” only where everything is known from CCUS (PR-065)', async () => {
    const { lower, beside, builder, keyOf } = site;
    const lines = await linesOf(await keyOf({ firmId: builder.primeId }));
    expect(lines.get(lower.workerId)?.insurance).to.include({ ccusLinked: true });
    expect(lines.get(beside.workerId)?.insurance).to.include({ confirmed: true, ccusLinked: false });
    expect(lines.get(beside.workerId)?.insurance?.health).to.include({ ccusLinked: false });
    expect(lines.get(builder.people[0]?.id ?? '')?.insurance).to.include({ confirmed: false, ccusLinked: false });
  });

  it('shows insurances to those above while the site runs, then only to employer and worker (PR-005, R-135)', async () => {
    const { lower, builder, keyOf } = site;
    const { workerId } = lower;
    const prime = await keyOf({ firmId: builder.primeId });
    const upper = await keyOf({ firmId: builder.firmId });
    const employer = await keyOf({ firmId: lower.firmId });
    const worker = await keyOf({ role: 'worker', workerId });
    const whoSees = async () => {
      const lines = await Promise.all([prime, upper, employer, worker].map(linesOf));
      return lines.map((all) => all.get(workerId)?.insurance !== undefined);
    };
    expect(await whoSees()).to.deep.equal([true, true, true, true]);
    await runsUntil('2026-11-23');
    expect(await whoSees()).to.deep.equal([false, false, true, true]);
    const path = `/workers/${workerId}/disclosure`;
    expect((await employer.raw('PATCH', path, { employer: { insurance: true } })).status).to.equal(200);
    expect(await whoSees()).to.deep.equal([false, false, true, true]);
    expect((await worker.raw('PATCH', path, { worker: { insurance: true } })).status).to.equal(200);
    expect(await whoSees()).to.deep.equal([true, true, true, true]);
    await runsUntil('2027-12-31');
  });
});
