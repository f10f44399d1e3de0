import { expect } from 'chai';
import { allRights, mayEver, relationsFor, seesEverything } from '../../src/domain/access.ts';
import { roles } from '../../src/domain/api-key.ts';
import { possibleReasons } from '../../src/domain/denial.ts';
import { type Tree, branchOf } from '../../src/domain/tree.ts';
import type { FirmId, SiteId } from '../../src/domain/ids.ts';

/** Who may do what, as the handbook says it: rows of 5.2, 5.4 and 5.5, each with the rule that speaks. */
const expected = [
  // 1-1: the worker himself and the employer, nobody above
  { right: 'worker: read', role: 'firm-responsible', as: ['employer'] },
  { right: 'worker: read', role: 'worker', as: ['self'] },
  // roster level for prime and upper firms
  { right: 'worker: profile', role: 'firm-responsible', as: ['employer', 'prime', 'branch', 'proxy', 'disclosed'] },
  { right: 'worker: profile', role: 'registration-officer', as: ['employer'] },
  // 2-1…2-4: self, employer, prime and upper firms
  { right: 'history: read', role: 'firm-responsible', as: ['employer', 'prime', 'branch'] },
  { right: 'history: read', role: 'worker', as: ['self'] },
  // 3-1, 3-3
  { right: 'firm: read', role: 'hierarchy-manager', as: ['own', 'lower'] },
  { right: 'firm: read', role: 'worker', as: ['self'] },
  // 1-4, 3-3, AZ: prime all, others their branch, a worker himself
  { right: 'site: people', role: 'site-manager', as: ['prime', 'branch'] },
  { right: 'site: people', role: 'worker', as: ['self'] },
  // only the prime registers and changes a site; a site manager does not (5.4)
  { right: 'site: change', role: 'hierarchy-manager', as: ['prime'] },
  { right: 'site: change', role: 'site-manager', as: [] },
  { right: 'firm: build', role: 'site-manager', as: [] },
  // a site manager registers workers
  { right: 'firm: employ', role: 'site-manager', as: ['own', 'proxy'] },
  // direct entry: the worker or the employer asks, the prime alone approves
  { right: 'worker: correct', role: 'worker', as: ['self'] },
  { right: 'worker: correct', role: 'firm-responsible', as: ['employer'] },
  { right: 'correction: decide', role: 'firm-responsible', as: ['prime'] },
  { right: 'correction: decide', role: 'worker', as: [] },
  // proxy consent is the employer's
  { right: 'firm: consent', role: 'firm-responsible', as: ['own'] },
  { right: 'firm: consent', role: 'worker', as: [] },
  // disclosure: each his own side (W-18)
  { right: 'worker: disclose-as-worker', role: 'worker', as: ['self'] },
  { right: 'worker: disclose-as-worker', role: 'firm-responsible', as: [] },
  { right: 'worker: disclose-as-employer', role: 'firm-responsible', as: ['employer'] },
  { right: 'worker: disclose-as-employer', role: 'worker', as: [] },
] as const;

describe('the table of rights', () => {
  for (const { right, role, as } of expected) {
    it(`gives ${role} "${right}" as ${as.join(', ') || 'nobody'}`, () => {
      const row = allRights().find((one) => one.join(': ') === right) ?? expect.fail(`no right ${right}`);
      expect(relationsFor(row, role)).to.deep.equal(as);
    });
  }

  it('lets an auditor change nothing, and the operator everything', () => {
    const reading = /^(read|profile|people|read-.*|\d-\d|AZ.*)$/;
    for (const right of allRights()) {
      expect(mayEver(right, 'operator'), right.join()).to.equal(true);
      if (!reading.test(right[1])) expect(relationsFor(right, 'auditor'), right.join()).to.deep.equal([]);
    }
  });

  it('has nobody but the operator, and the auditor who is no firm’s, stand above it', () => {
    const seeing = roles.filter((role) => seesEverything({ keyId: 'k', name: '', role, scopes: [] }));
    expect(seeing).to.deep.equal(['operator', 'auditor']);
    const bound = { keyId: 'k', name: '', role: 'auditor', scopes: [], firmId: 'frm_abcd' as FirmId } as const;
    expect(seesEverything(bound)).to.equal(false);
  });
});

describe('a refusal', () => {
  it('has a reason for every right and every role', () => {
    for (const right of allRights())
      for (const role of roles)
        expect(possibleReasons(right, role), `${right.join(' ')}, ${role}`).to.not.have.length(0);
  });
});

describe('a branch of a tree', () => {
  const node = (firmId: string, upperFirmId: string | null, status = 'registered') => ({ firmId, upperFirmId, status });
  const tree = (nodes: readonly object[]) => ({ siteId: 'sit_here' as SiteId, digest: '', nodes }) as unknown as Tree;
  const firms = (of: Tree, firm: string) => [...branchOf(of, firm as FirmId)].sort();

  it('is the firm and all below it, and no other branch (A-1, R-152)', () => {
    const whole = tree([node('p', null), node('a', 'p'), node('a1', 'a'), node('a2', 'a1'), node('b', 'p')]);
    expect(firms(whole, 'a')).to.deep.equal(['a', 'a1', 'a2']);
    expect(firms(whole, 'p')).to.deep.equal(['a', 'a1', 'a2', 'b', 'p']);
    expect(firms(whole, 'b')).to.deep.equal(['b']);
  });

  it('ends at a firm that stands by name only (R-015)', () => {
    expect(firms(tree([node('p', null), node('n', 'p', 'name-only'), node('x', 'n')]), 'n')).to.deep.equal(['n']);
  });
});
