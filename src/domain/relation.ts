import type { Role } from './api-key.ts';

/**
 * How a viewer stands to a thing. `own`: his firm's; `lower`: a firm below his in the tree of some site; `employer`: of a worker his
 * firm employs, or of the firm itself; `left`: of one who left it and has no other since; `self`: about himself; `prime`: of a site whose prime his firm is; `branch`: at a site in whose
 * tree his firm stands, of his firm and those below it; `upper`: the same without his own firm; `tier1`: at a site where his firm stands
 * directly below the prime; `member`: at a site in whose tree his firm stands; `concerned`: his firm's own sheet there; `proxy`: of a
 * firm that agreed to his firm's acting for it; `disclosed`: a worker his firm works with, of whom worker and employer disclose something.
 */
export type Relation =
  | 'own'
  | 'lower'
  | 'employer'
  | 'left'
  | 'self'
  | 'prime'
  | 'branch'
  | 'upper'
  | 'tier1'
  | 'member'
  | 'concerned'
  | 'proxy'
  | 'disclosed';

/** One line of the table of rights: by which relation, and which roles have it so. */
export type Row = readonly [relation: Relation, roles: readonly Role[]];

export const responsible: readonly Role[] = ['firm-responsible'];
export const registering: readonly Role[] = ['firm-responsible', 'registration-officer'];
export const keepingTrees: readonly Role[] = ['firm-responsible', 'hierarchy-manager'];
/** a site manager registers workers too. */
export const rostering: readonly Role[] = [
  'firm-responsible',
  'hierarchy-manager',
  'site-manager',
  'registration-officer',
];
export const onSite: readonly Role[] = ['firm-responsible', 'hierarchy-manager', 'site-manager'];
export const seeing: readonly Role[] = [...rostering, 'auditor'];
export const seeingSites: readonly Role[] = [...onSite, 'auditor'];
export const himself: readonly Role[] = ['worker'];
