import { formRows } from './form-rights.ts';
import {
  type Row,
  himself,
  keepingTrees,
  onSite,
  registering,
  responsible,
  rostering,
  seeing,
  seeingSites,
} from './relation.ts';

/** The kinds of things that somebody may have a right to. */
export const subjects = [
  'firm',
  'worker',
  'phone',
  'phone-import',
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
  'look',
  'agent-application',
  'form',
] as const;
export type Subject = (typeof subjects)[number];

/**
 * The one table of rights: which roles may do what to a thing, by how they stand to it (R-012, R-013, R-025, R-130… …R-154,
 * A-1…A-13). The operator may do everything and the auditor of the service may read everything; what is not named here is refused
 * (R-150).
 */
export const rights = {
  firm: {
    read: [
      ['own', seeing],
      ['lower', seeingSites],
      ['self', himself],
    ],
    change: [['own', registering]],
    /** What its office has to do, with the names of its people. */
    'read-tasks': [['own', [...registering, 'hierarchy-manager', 'auditor']]],
    /** The same of its sites alone, to whoever has some of them. */
    'read-site-tasks': [['own', seeing]],
    /** Register a worker as one of this firm's. */
    employ: [
      ['own', rostering],
      ['proxy', onSite],
    ],
    /** Build as its prime. */
    build: [['own', keepingTrees]],
    /** Agree to stand in a tree to which it was invited; a site manager may not. */
    'approve-invitation': [['own', keepingTrees]],
    /** File a registration for somebody else. */
    'apply-as-agent': [['own', registering]],
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
    /** Whoever has let somebody go may still take that back. */
    leave: [
      ['employer', registering],
      ['left', registering],
    ],
    'set-pin': [
      ['employer', registering],
      ['self', himself],
    ],
    /** Roster level while a site runs, without it only what worker and employer both disclose. */
    profile: [
      ['employer', seeing],
      ['self', himself],
      ['prime', seeingSites],
      ['branch', seeingSites],
      ['proxy', onSite],
      ['disclosed', seeingSites],
    ],
    /** On the roster, while the site runs, for those above him too (AZ6, AZ7, PR-005, PR-064). */
    'read-insurance': [
      ['employer', seeing],
      ['self', himself],
      ['prime', seeingSites],
      ['branch', seeingSites],
    ],
    /** With consent the proxy reads what registering needs. */
    'read-as-proxy': [['proxy', onSite]],
    /** Images of his certificates. */
    'read-certificates': [
      ['employer', seeing],
      ['self', himself],
    ],
    /** All that is on file about him, as a file. */
    'own-data': [['self', himself]],
    /** Delete the person: his employer for him, and he himself. */
    erase: [
      ['employer', registering],
      ['self', himself],
    ],
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
  'phone-import': {
    /** Upload a list of his firm's telephones, take it in, take it back: whoever uploaded it, and nobody else of his firm. */
    keep: [['own', registering]],
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
    /** Ask a firm to stand directly below one's own; site managers do so too. */
    invite: [
      ['prime', onSite],
      ['member', onSite],
    ],
    /** Put a registered firm in the place of one that stands by name only: its direct upper firm does (5.5). */
    'replace-name-only': [
      ['prime', onSite],
      ['upper', onSite],
    ],
    /** Say that a version of the roster was handed in to the client, accepted or returned (PR-063). */
    'submit-roster': [['prime', onSite]],
    /** What the site's use costs. */
    'read-usage': [['prime', ['registration-officer']]],
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
  /** When the operator looked into the firm's personal data, and why. */
  look: { read: [['own', [...responsible, 'auditor']]] },
  /** the subject signs, a worker's employer agrees where it is not the agent, the agent submits. */
  'agent-application': {
    read: [
      ['own', [...registering, 'auditor']],
      ['employer', [...registering, 'auditor']],
      ['concerned', [...registering, 'auditor']],
      ['self', himself],
    ],
    /** For a firm its representative signs. */
    sign: [
      ['concerned', responsible],
      ['self', himself],
    ],
    'sign-as-employer': [['employer', registering]],
    submit: [['own', registering]],
  },
  /** Forms: view and output (5.2, R-150). */
  form: formRows,
} as const satisfies Record<Subject, Record<string, readonly Row[]>>;
