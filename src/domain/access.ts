import type { Role, Viewer } from './api-key.ts';
import type { Day, FirmId, SiteId, WorkerId } from './ids.ts';

/** The kinds of things that somebody may have a right to. */
export const subjects = [
  'firm',
  'worker',
  'phone',
  'site',
  'line',
  'history',
  'call',
  'exception',
  'correction',
  'forwarding',
  'key',
  'account',
  'consent',
  'audit',
] as const;
export type Subject = (typeof subjects)[number];

/**
 * How a viewer stands to a thing. `own`: his firm's; `lower`: a firm below his in the tree of some site; `employer`: of a worker his
 * firm employs; `self`: about himself; `prime`: of a site whose prime his firm is; `branch`: at a site in whose tree his firm stands,
 * of his firm and those below it; `proxy`: of a firm that agreed to his firm's acting for it.
 */
export type Relation = 'own' | 'lower' | 'employer' | 'self' | 'prime' | 'branch' | 'proxy';

type Row = readonly [relation: Relation, roles: readonly Role[]];

const responsible: Role[] = ['firm-responsible'];
const registering: Role[] = ['firm-responsible', 'registration-officer'];
const keepingTrees: Role[] = ['firm-responsible', 'hierarchy-manager'];
/** a site manager registers workers too. */
const rostering: Role[] = ['firm-responsible', 'hierarchy-manager', 'site-manager', 'registration-officer'];
const onSite: Role[] = ['firm-responsible', 'hierarchy-manager', 'site-manager'];
const seeing: Role[] = [...rostering, 'auditor'];
const seeingSites: Role[] = [...onSite, 'auditor'];
const himself: Role[] = ['worker'];

/**
 * The one table of rights: which roles may do what to a thing, by how they stand to it (R-012, R-013, R-025, R-130… …R-154,
 * A-1…A-13). The operator may do everything and the auditor of the service may read everything; what is not named here is refused
 * (R-150).
 */
const table = {
  firm: {
    read: [
      ['own', seeing],
      ['lower', seeingSites],
      ['self', himself],
    ],
    change: [['own', registering]],
    /** Register a worker as one of this firm's. */
    employ: [
      ['own', rostering],
      ['proxy', onSite],
    ],
    /** Build as its prime. */
    build: [['own', keepingTrees]],
    /** Say whether others may act for it. */
    consent: [['own', registering]],
  },
  worker: {
    /** The basic screen is the worker's and the employer's alone. */
    read: [
      ['employer', seeing],
      ['self', himself],
    ],
    change: [['employer', registering]],
    'set-pin': [
      ['employer', registering],
      ['self', himself],
    ],
    /** Roster level, and what worker and employer both disclose. */
    profile: [
      ['employer', seeing],
      ['self', himself],
      ['prime', seeingSites],
      ['branch', seeingSites],
      ['proxy', onSite],
    ],
    /** With consent the proxy reads what registering needs. */
    'read-as-proxy': [['proxy', onSite]],
    /** All that is on file about him, as a file. */
    'own-data': [['self', himself]],
    'register-phone': [
      ['employer', rostering],
      ['proxy', onSite],
    ],
    /** Name him in a plan, or as the one who called. */
    expect: [
      ['employer', rostering],
      ['lower', onSite],
    ],
    /** Only the worker or the employer asks for a day to be put right. */
    correct: [
      ['employer', rostering],
      ['self', himself],
    ],
    disclose: [
      ['employer', registering],
      ['self', himself],
    ],
    'disclose-as-employer': [['employer', registering]],
    'disclose-as-worker': [['self', himself]],
    'read-disclosure': [
      ['employer', seeing],
      ['self', himself],
    ],
  },
  phone: {
    read: [
      ['employer', seeing],
      ['self', himself],
    ],
    change: [['employer', registering]],
  },
  site: {
    /** Whole to the prime; its public items to who stands in the tree, and to who worked there. */
    read: [
      ['prime', seeing],
      ['branch', seeing],
      ['self', himself],
    ],
    /** Presence, tree and roster: all to the prime, one's own branch to others. */
    people: [
      ['prime', seeingSites],
      ['branch', seeingSites],
      ['self', himself],
    ],
    'read-plan': [['prime', seeingSites]],
    plan: [['prime', onSite]],
    /** only the prime registers a site. */
    change: [['prime', keepingTrees]],
    /** Only the prime of the site approves. */
    approve: [['prime', onSite]],
  },
  line: { read: [['prime', seeing]] },
  history: {
    /** The employer of that day, not a later one; prime and upper firms for their own sites. */
    read: [
      ['employer', seeing],
      ['self', himself],
      ['prime', seeingSites],
      ['branch', seeingSites],
    ],
  },
  call: {
    read: [
      ['prime', seeingSites],
      ['employer', seeing],
      ['self', himself],
    ],
  },
  exception: {
    read: [
      ['prime', seeingSites],
      ['employer', seeing],
      ['self', himself],
    ],
    act: [['prime', onSite]],
  },
  correction: {
    read: [
      ['prime', seeingSites],
      ['employer', seeing],
      ['self', himself],
    ],
    decide: [['prime', onSite]],
  },
  forwarding: {
    read: [['prime', seeingSites]],
    resend: [['prime', keepingTrees]],
  },
  key: { read: [['own', responsible]], change: [['own', responsible]] },
  account: { read: [['own', [...responsible, 'auditor']]], change: [['own', responsible]] },
  consent: {
    read: [
      ['own', seeing],
      ['proxy', seeing],
    ],
  },
  audit: { read: [['own', [...responsible, 'auditor']]] },
} as const satisfies Record<Subject, Record<string, readonly Row[]>>;

/** A right to a thing, as endpoints name it. */
export type Right<S extends Subject = Subject> = S extends Subject
  ? readonly [S, keyof (typeof table)[S] & string]
  : never;

/** Every right of the table, for tests and for a page about it. */
export function allRights(): readonly Right[] {
  return subjects.flatMap((subject) =>
    Object.keys(table[subject]).map((right) => [subject, right] as unknown as Right),
  );
}

/** How somebody must stand to a thing to have this right in that role. */
export function relationsFor([subject, right]: Right, role: Role): readonly Relation[] {
  return rowsOf(subject, right).flatMap(([relation, roles]) => (roles.includes(role) ? [relation] : []));
}

/** Whether a role has this right to anything at all. */
export function mayEver(right: Right, role: Role): boolean {
  return role === 'operator' || relationsFor(right, role).length > 0;
}

const PERSONAL: readonly Subject[] = ['worker', 'phone', 'history', 'call', 'correction', 'account', 'audit'];

/** Whether what is shown by this right is data of people, down to the roster (PR-014). */
export function isPersonal([subject, right]: Right): boolean {
  return PERSONAL.includes(subject) || right === 'people' || right === 'read-plan';
}

/** The operator, and the auditor who is no firm's: they stand above the table. */
export function seesEverything({ role, firmId }: Viewer): boolean {
  return role === 'operator' || (role === 'auditor' && firmId === undefined);
}

function rowsOf(subject: Subject, right: string): readonly Row[] {
  return (table[subject] as Record<string, readonly Row[]>)[right] ?? [];
}

/** A condition on documents, in the database's own words. */
export type Condition = Readonly<Record<string, unknown>>;

/** Whose people at a site somebody may see. */
export type SeenAt = 'all' | { readonly firmIds: ReadonlySet<FirmId> } | { readonly workerId: WorkerId };

/** How far a viewer's rights reach: asked by every endpoint, for rows of lists and for single things. */
export interface Reach {
  readonly everything: boolean;
  /** The rows of a list that he may see; undefined when all. */
  within(right: Right): Promise<Condition | undefined>;
  /** Whether one thing is among them. */
  admits(right: Right, id: string): Promise<boolean>;
  /** Whose people at this site; undefined when nobody's. */
  seenAt(siteId: SiteId): Promise<SeenAt | undefined>;
  /** Whether he sees this site whole, or only its public items. */
  seesWhole(siteId: SiteId): Promise<boolean>;
  /** His own workers, each with the day since when: what was before is a former employer's. */
  ownWorkers(): Promise<'all' | ReadonlyMap<WorkerId, Day>>;
}
