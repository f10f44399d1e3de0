import { expect } from 'chai';
import { type Right, allRights, isPersonal, relationsFor, relationsOf } from '../../src/domain/access.ts';
import { type FormCode, type FormExtent, extentOf, forms } from '../../src/domain/form-rights.ts';
import type { Relation } from '../../src/domain/relation.ts';

/** The columns of 5.2. Y: whole, self: own data, own: own firm, pub: public items, br: own branch, low: below, cond: disclosed by both. */
const columns = ['self', 'employer', 'prime', 'upper', 'tier1', 'member', 'concerned'] as const;
const cells: Readonly<Record<string, FormExtent | undefined>> = {
  Y: 'whole',
  self: 'own-data',
  own: 'own-firm',
  pub: 'public-items',
  br: 'branch',
  low: 'below',
  cond: 'disclosed',
  '-': undefined,
};

/** Table 5.2 as it stands: worker, employer, prime, upper, tier 1, member of the tree, concerned firm; then whether it is a workbook alone. */
const table52: readonly (readonly [form: string, cells: string, outputs: 'all' | 'xlsx'])[] = [
  ['1-1', 'self Y - - - - -', 'all'],
  ['1-2', '- Y cond cond - - -', 'all'],
  ['1-3', 'Y Y Y Y - - -', 'all'],
  ['1-4', 'self Y Y Y - - -', 'all'],
  ['2-1', 'self Y Y Y - - -', 'all'],
  ['2-2', '- Y Y Y - - -', 'all'],
  ['2-3', 'self Y Y Y - - -', 'all'],
  ['2-4', '- Y Y Y - - -', 'all'],
  ['3-1', 'Y Y Y Y - - -', 'all'],
  ['3-2', '- - Y Y - - -', 'all'],
  ['3-3', 'own - Y Y - - -', 'all'],
  ['4-1', 'pub - Y pub - - -', 'all'],
  ['4-2', '- - Y pub - - -', 'all'],
  ['AZ1', '- - Y - Y - -', 'xlsx'],
  ['AZ2', '- - Y br br br -', 'xlsx'],
  ['AZ3', '- - Y br br br -', 'xlsx'],
  ['AZ4', '- - Y br br br -', 'xlsx'],
  ['AZ5', '- - Y low - - Y', 'xlsx'],
  ['AZ6-a', '- - Y low - - Y', 'xlsx'],
  ['AZ6-b', '- - Y low - - Y', 'xlsx'],
  ['AZ7', '- - Y low - - Y', 'xlsx'],
];

/** A bottom-tier firm has what its workers have (D-18). */
const bottomTier: Readonly<Record<string, FormExtent>> = { '3-3': 'own-firm', '4-1': 'public-items' };

describe('the forms (5.2, R-150)', () => {
  it('are those of the table and no others', () => {
    expect(Object.keys(forms)).to.have.members(table52.map(([form]) => form));
    const rights = allRights().filter(([subject]) => subject === 'form');
    expect(rights.map(([, form]) => form as string)).to.have.members(Object.keys(forms));
  });

  for (const [form, row, outputs] of table52) {
    const code = form as FormCode;
    it(`gives ${form} as the table says`, () => {
      for (const [place, cell] of row.split(' ').entries()) {
        const column = columns[place] ?? 'self';
        expect(shownOf(code, column), `${form}, ${column}`).to.equal(expectedOf(code, column, cell));
      }
      expect(forms[code].outputs).to.deep.equal(outputs === 'all' ? ['screen', 'csv', 'xlsx'] : ['xlsx']);
    });
  }

  it('give each column to the roles that stand for it, and to nobody who is not named', () => {
    for (const form of Object.keys(forms) as FormCode[]) {
      const right: Right = ['form', form];
      const worker = relationsFor(right, 'worker');
      expect(
        worker.every((relation) => relation === 'self'),
        form,
      ).to.equal(true);
      for (const role of ['firm-responsible', 'hierarchy-manager', 'site-manager', 'auditor'] as const) {
        expect(relationsFor(right, role), `${form} as ${role}`).to.not.include('self');
      }
      // A registration officer registers the firm's own people, and has no account for sites (5.4).
      const officer = relationsFor(right, 'registration-officer');
      expect(
        officer.every((relation) => ['employer', 'concerned'].includes(relation)),
        form,
      ).to.equal(true);
    }
  });

  it('AZ1 is refused to tier 2 and below (R-153), 1-1 to prime and upper firms (R-138, PR-007)', () => {
    expect(relationsOf(['form', 'AZ1'])).to.deep.equal(['prime', 'tier1']);
    expect(relationsOf(['form', '1-1'])).to.deep.equal(['self', 'employer']);
  });

  it('count as data of people where people stand in them (PR-014)', () => {
    for (const form of ['1-1', '1-4', '2-3', 'AZ6-a', 'AZ7'] as const)
      expect(isPersonal(['form', form])).to.equal(true);
    for (const form of ['1-3', '3-1', '4-1'] as const) expect(isPersonal(['form', form])).to.equal(false);
  });
});

/** 1-2 shows firms other than the employer what both disclose: one relation stands for prime and upper firm. */
function shownOf(form: FormCode, column: (typeof columns)[number]): FormExtent | undefined {
  const asOther = form === '1-2' && (column === 'prime' || column === 'upper');
  return extentOf(form, asOther ? 'disclosed' : column);
}

function expectedOf(form: FormCode, column: (typeof columns)[number], cell: string): FormExtent | undefined {
  if (column === 'member' && bottomTier[form]) return bottomTier[form];
  // Of the notice and the rosters the concerned firm has its own sheet whole.
  if (column === 'concerned' && cell === 'Y') return 'own-firm';
  return cells[cell];
}

/** Tables 5.4 and 5.5: an operation, the relations that carry it, and the roles of a firm's people and workers who do it. */
const operations: readonly {
  readonly what: string;
  readonly right: string;
  readonly as: readonly Relation[];
  readonly roles: Readonly<Record<'firm-responsible' | 'hierarchy-manager' | 'site-manager' | 'worker', boolean>>;
}[] = [
  { what: 'register a site (R-020)', right: 'firm: build', as: ['own'], roles: roles(true, true, false, false) },
  {
    what: 'change a site and its devices',
    right: 'site: change',
    as: ['prime'],
    roles: roles(true, true, false, false),
  },
  {
    ...{ what: 'invite a firm directly below itself (R-013)', right: 'site: invite', as: ['prime', 'member'] },
    roles: roles(true, true, true, false),
  },
  {
    ...{ what: 'approve an invitation (R-012)', right: 'firm: approve-invitation', as: ['own'] },
    roles: roles(true, true, false, false),
  },
  {
    ...{ what: 'register workers, others by proxy (R-013, R-131)', right: 'firm: employ', as: ['own', 'proxy'] },
    roles: roles(true, true, true, false),
  },
  {
    ...{ what: 'replace a firm that stands by name', right: 'site: replace-name-only', as: ['prime', 'upper'] },
    roles: roles(true, true, true, false),
  },
  { what: 'set proxy consent (R-132)', right: 'firm: consent', as: ['own'], roles: roles(true, false, false, false) },
  {
    ...{ what: 'enter a day directly (R-121)', right: 'worker: correct', as: ['employer', 'self'] },
    roles: roles(true, true, true, true),
  },
  {
    ...{ what: 'approve a direct entry (R-122)', right: 'correction: decide', as: ['prime'] },
    roles: roles(true, true, true, false),
  },
  {
    ...{ what: 'disclose as employer (R-135)', right: 'worker: disclose-as-employer', as: ['employer'] },
    roles: roles(true, false, false, false),
  },
  {
    ...{ what: 'disclose as worker (R-135)', right: 'worker: disclose-as-worker', as: ['self'] },
    roles: roles(false, false, false, true),
  },
  {
    ...{ what: 'see certificate images (A-13)', right: 'worker: read-certificates', as: ['employer', 'self'] },
    roles: roles(true, true, true, true),
  },
  {
    what: 'see usage per site (A-12)',
    right: 'site: read-usage',
    as: ['prime'],
    roles: roles(false, false, false, false),
  },
];

describe('the operations (5.4, 5.5)', () => {
  for (const { what, right, as, roles: expected } of operations) {
    it(`${what}: ${as.join(', ')}`, () => {
      const row = allRights().find((one) => one.join(': ') === right) ?? expect.fail(`no right ${right}`);
      expect(relationsOf(row)).to.deep.equal(as);
      for (const role of Object.keys(expected) as (keyof typeof expected)[]) {
        expect(relationsFor(row, role).length > 0, role).to.equal(expected[role]);
      }
    });
  }

  it('leave usage per site to the registration officer (A-12)', () => {
    expect(relationsFor(['site', 'read-usage'], 'registration-officer')).to.deep.equal(['prime']);
  });
});

function roles(responsible: boolean, hierarchy: boolean, site: boolean, worker: boolean) {
  return {
    'firm-responsible': responsible,
    'hierarchy-manager': hierarchy,
    'site-manager': site,
    worker,
  };
}
