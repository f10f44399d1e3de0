import { expect } from 'chai';
import type { Day } from '../../src/domain/ids.ts';
import type { RegistryHistory } from '../../src/domain/registry-item.ts';
import type { HistoryFacts, RosterFacts, TreeFacts } from '../../sandbox/registry-facts.ts';
import { judgeHistory, judgeRosterLine, judgeTree } from '../../sandbox/registry-rules.ts';
import { registrySample } from '../../sandbox/sample.ts';
import { aHistory, aLine, aTree, ids } from './sandbox-server.ts';

const [prime, carpenters] = registrySample.firms;
const site = registrySample.sites[0]!;
const worker = registrySample.workers[1]!;
const firmIds = new Set([ids.prime, ids.carpenters, ids.plumbers]);

const treeFacts = (change: Partial<TreeFacts> = {}): TreeFacts => ({ site, firmIds, ...change });
const rosterFacts = (change: Partial<RosterFacts> = {}): RosterFacts => ({
  site,
  worker,
  firm: carpenters,
  tree: aTree(),
  ...change,
});
const historyFacts = (change: Partial<HistoryFacts> = {}): HistoryFacts => ({
  site,
  worker,
  employer: carpenters,
  tree: aTree(),
  line: aLine(),
  today: '2026-11-24' as Day,
  ...change,
});

const treeWith = (row: object) => aTree({ rows: [aTree().rows[0]!, { ...aTree().rows[1]!, ...row }] });
const rejected = (code: string) => ({ state: 'rejected', code });
const incomplete = (code: string) => ({ state: 'accepted-incomplete', code });

describe('a tree at the registry', () => {
  const verdict = (tree: ReturnType<typeof aTree>, facts?: Partial<TreeFacts>) =>
    judgeTree(treeFacts(facts), tree).verdict;

  it('is taken whole when site, firms and order hold', () => {
    expect(verdict(aTree())).to.deep.equal({ state: 'accepted' });
  });
  it('R-023: is refused for an unknown site', () => {
    expect(verdict(aTree(), { site: undefined })).to.include(rejected('SITE_UNKNOWN'));
  });
  it('R-020: has the one who registered the site on top, alone', () => {
    const other = { ...aTree().rows[0]!, firmId: ids.plumbers };
    expect(verdict(aTree({ rows: [other] }))).to.include(rejected('PRIME_MISMATCH'));
    expect(verdict(treeWith({ upper: null }))).to.include(rejected('PRIME_MISMATCH'));
  });
  it('is refused with a firm that is not registered, naming its id', () => {
    const answer = verdict(treeWith({ firmId: '70000000000122' }));
    expect(answer).to.include(rejected('FIRM_UNKNOWN'));
    expect(answer).to.have.property('sentence').that.includes('70000000000122');
  });
  it('is refused when a row hangs in the air or skips a tier', () => {
    expect(verdict(treeWith({ upper: ids.plumbers }))).to.include(rejected('UPPER_MISSING'));
    expect(verdict(treeWith({ tier: 2 }))).to.include(rejected('TIER_WRONG'));
  });
  it('R-050: holds a firm without id by its name, registered at once', () => {
    const tree = treeWith({ firmId: null, firmName: '仮名工匠', status: 'UNAPPROVED' });
    expect(judgeTree(treeFacts(), tree).keep?.item.rows[1]).to.include({ firmName: '仮名工匠', status: 'REGISTERED' });
  });
  it('R-052: lets a registered firm stand below a firm by name', () => {
    const [top, below] = aTree().rows;
    const named = { ...below!, firmId: null, firmName: '仮名工匠' };
    const tree = aTree({ rows: [top!, named, { ...below!, tier: 2, upper: '仮名工匠' }] });
    expect(verdict(tree)).to.deep.equal({ state: 'accepted' });
  });
});

describe('a roster line at the registry', () => {
  const verdict = (line: ReturnType<typeof aLine>, facts?: Partial<RosterFacts>) =>
    judgeRosterLine(rosterFacts(facts), line).verdict;

  it('is taken with a registered job type to the minor class and a position', () => {
    expect(verdict(aLine())).to.deep.equal({ state: 'accepted' });
  });
  it('R-051: is refused under a firm that stands by name only, also when that firm has an id by now', () => {
    const tree = treeWith({ firmId: null, firmName: '仮名工匠' });
    expect(verdict(aLine({ firmId: '仮名工匠' }), { tree, firm: undefined })).to.include(rejected('NAME_ONLY_ROW'));
    const firm = { ccusId: ids.carpenters, name: '仮名工匠' };
    expect(verdict(aLine(), { tree, firm })).to.include(rejected('NAME_ONLY_ROW'));
  });
  it('R-070, R-071: is refused from a firm that is not his employer', () => {
    expect(verdict(aLine({ firmId: ids.prime }), { firm: prime })).to.include(rejected('NOT_AFFILIATED'));
    const gone = { ...worker, employerCcusId: null };
    expect(verdict(aLine(), { worker: gone })).to.include(rejected('NOT_AFFILIATED'));
  });
  it('R-072: is refused with a job type that the worker has not registered', () => {
    expect(verdict(aLine({ jobType: '36-01' }))).to.include({ ...rejected('JOB_TYPE_NOT_REGISTERED'), who: 'worker' });
    expect(verdict(aLine({ jobType: '36' }))).to.include(rejected('JOB_TYPE_NOT_REGISTERED'));
  });
  it('R-073: is incomplete with the major class alone', () => {
    expect(verdict(aLine({ jobType: '34' }))).to.include(incomplete('JOB_TYPE_MAJOR_ONLY'));
  });
  it('R-074: is incomplete without job type or position', () => {
    expect(verdict(aLine({ jobType: null }))).to.include(incomplete('JOB_TYPE_MISSING'));
    expect(verdict(aLine({ position: null }))).to.include(incomplete('POSITION_MISSING'));
  });
  it("R-080: is refused while the employer's row is missing in that site", () => {
    expect(verdict(aLine(), { tree: undefined })).to.include(rejected('EMPLOYER_ROW_MISSING'));
    expect(verdict(aLine(), { tree: aTree({ rows: [aTree().rows[0]!] }) })).to.include(
      rejected('EMPLOYER_ROW_MISSING'),
    );
  });
  it("is incomplete while the employer's row is unapproved", () => {
    expect(verdict(aLine(), { tree: treeWith({ status: 'UNAPPROVED' }) })).to.include(
      incomplete('EMPLOYER_ROW_UNAPPROVED'),
    );
  });
  it('is refused for what nobody registered', () => {
    expect(verdict(aLine(), { site: undefined })).to.include(rejected('SITE_UNKNOWN'));
    expect(verdict(aLine(), { worker: undefined })).to.include(rejected('WORKER_UNKNOWN'));
    expect(verdict(aLine(), { firm: undefined })).to.include(rejected('FIRM_UNKNOWN'));
  });
});

describe('a history at the registry', () => {
  const judge = (history: RegistryHistory, facts?: Partial<HistoryFacts>) => judgeHistory(historyFacts(facts), history);
  const verdict = (history: RegistryHistory, facts?: Partial<HistoryFacts>) => judge(history, facts).verdict;

  it('is taken wholly after tree and roster line', () => {
    expect(verdict(aHistory())).to.deep.equal({ state: 'accepted' });
  });
  it('R-022: is refused outside the history period, whose two ends belong to it', () => {
    const period = { ...site, from: '2026-11-24', to: '2026-11-24' };
    expect(verdict(aHistory(), { site: period })).to.deep.equal({ state: 'accepted' });
    for (const [from, to] of [
      ['2026-11-25', '2026-12-31'],
      ['2026-01-01', '2026-11-23'],
    ] as const) {
      expect(verdict(aHistory(), { site: { ...site, from, to } })).to.include(rejected('OUT_OF_PERIOD'));
    }
  });
  it('R-090: names worker, site, employer and prime as the registry knows them, and at least one time', () => {
    expect(verdict(aHistory(), { site: undefined })).to.include(rejected('SITE_UNKNOWN'));
    expect(verdict(aHistory(), { worker: undefined })).to.include(rejected('WORKER_UNKNOWN'));
    expect(verdict(aHistory(), { employer: undefined })).to.include(rejected('FIRM_UNKNOWN'));
    expect(verdict(aHistory({ primeId: ids.plumbers }))).to.include(rejected('PRIME_MISMATCH'));
    expect(verdict(aHistory({ entryAt: null }))).to.include(rejected('TIME_MISSING'));
  });
  it('R-095: belongs to the Tokyo day of its entry', () => {
    expect(verdict(aHistory({ entryAt: '2026-11-23T15:00:00Z' }))).to.deep.equal({ state: 'accepted' });
    expect(verdict(aHistory({ entryAt: '2026-11-24T15:00:00Z' }))).to.include(rejected('DATE_MISMATCH'));
  });
  it('R-093: is held without job type and position before the tree, the approval or the roster line', () => {
    const early: readonly [Partial<HistoryFacts>, string][] = [
      [{ tree: undefined }, 'EMPLOYER_ROW_MISSING'],
      [{ tree: treeWith({ status: 'UNAPPROVED' }) }, 'EMPLOYER_ROW_UNAPPROVED'],
      [{ line: undefined }, 'ROSTER_LINE_MISSING'],
      [{ line: aLine({ firmId: ids.plumbers }) }, 'ROSTER_LINE_MISSING'],
    ];
    for (const [facts, code] of early) {
      const { verdict: answer, keep } = judge(aHistory(), facts);
      expect(answer).to.include(incomplete(code));
      expect(keep?.item).to.include({ jobType: null, position: null, entryAt: aHistory().entryAt });
    }
  });
  it('R-072, R-073: is held without them when they are missing, too coarse or not his', () => {
    expect(verdict(aHistory({ jobType: null }))).to.include(incomplete('JOB_TYPE_MISSING'));
    expect(verdict(aHistory({ position: null }))).to.include(incomplete('POSITION_MISSING'));
    expect(verdict(aHistory({ jobType: '34' }))).to.include(incomplete('JOB_TYPE_MAJOR_ONLY'));
    expect(verdict(aHistory({ jobType: '36-01' }))).to.include(incomplete('JOB_TYPE_NOT_REGISTERED'));
  });
  it('R-094: counts a repeat of the same content and makes no second one', () => {
    const held = judge(aHistory()).keep;
    const again = judge(aHistory(), { held });
    expect(again.verdict).to.deep.equal({ state: 'accepted' });
    expect(again.keep).to.deep.equal({ ...held, deliveries: 2 });
  });
  it('is superseded when a newer version is held, and a conflict when the same version said something else', () => {
    const held = judge(aHistory({ version: 2 })).keep;
    expect(judge(aHistory(), { held })).to.deep.equal({ verdict: { state: 'superseded' } });
    const other = aHistory({ version: 2, exitAt: '2026-11-24T17:00:00+09:00' });
    expect(judge(other, { held })).to.have.property('verdict').that.includes(rejected('VERSION_CONFLICT'));
    expect(judge(other, { held })).to.not.have.property('keep');
  });
  it('R-091: stays complete when it comes again after tree and roster changed', () => {
    const held = judge(aHistory()).keep;
    expect(judge(aHistory(), { held, tree: undefined, line: undefined }).keep).to.include({ complete: true });
  });
  it('is taken back by a higher version, whatever else is wrong with it, and only a higher one brings it back', () => {
    const gone = aHistory({ withdrawn: true, version: 2, entryAt: null, exitAt: null });
    const held = judge(gone, { tree: undefined, line: undefined }).keep;
    expect(held).to.deep.include({ complete: true, deliveries: 1, item: gone });
    expect(judge(aHistory(), { held }).verdict).to.deep.equal({ state: 'superseded' });
    expect(judge(aHistory({ version: 3 }), { held }).keep?.item).to.include({ withdrawn: false, version: 3 });
  });
  it('R-120: is refused as an entry afterwards past the end of the next month, and only as such', () => {
    const late = { today: '2027-01-01' as Day };
    expect(verdict(aHistory({ afterTheFact: true }), { today: '2026-12-31' as Day })).to.deep.equal({
      state: 'accepted',
    });
    expect(verdict(aHistory({ afterTheFact: true }), late)).to.include(rejected('DEADLINE_PASSED'));
    expect(verdict(aHistory(), late)).to.deep.equal({ state: 'accepted' });
  });
});
