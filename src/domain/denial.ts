import { type Right, relationsFor, relationsOf } from './access.ts';
import type { Role } from './api-key.ts';
import type { Relation } from './relation.ts';

/** Every reason for which a view or a deed is refused, in one closed list; each has words in `src/http/words-of-denials.ts`. */
export const denialReasons = [
  'role-without-right',
  'not-your-firm',
  'not-your-worker',
  'not-yourself',
  'not-your-site',
  'not-in-this-tree',
  'no-consent',
  'not-disclosed',
  'former-employer',
  'site-not-running',
  'employer-and-worker-only',
  'prime-only',
  'own-firm-only',
  'firm-not-registered',
  'no-open-look',
] as const;
export type DenialReason = (typeof denialReasons)[number];

/**
 * Why somebody is refused. `not-allowed`: he knows of the thing anyway, and hears the one reason. `not-found`: he may not know whether
 * it exists; the reasons follow from his role and the right alone and are the same for a thing that does not exist.
 */
export interface Denial {
  readonly code: 'not-allowed' | 'not-found';
  readonly reasons: readonly DenialReason[];
}

/** What is missing where somebody does not stand to a thing in this way. */
const MISSING: Readonly<Record<Relation, DenialReason>> = {
  own: 'not-your-firm',
  lower: 'not-in-this-tree',
  employer: 'not-your-worker',
  left: 'not-your-worker',
  self: 'not-yourself',
  prime: 'not-your-site',
  branch: 'not-in-this-tree',
  upper: 'not-in-this-tree',
  tier1: 'not-in-this-tree',
  member: 'not-in-this-tree',
  concerned: 'not-in-this-tree',
  proxy: 'no-consent',
  disclosed: 'not-disclosed',
};

/** Of which days a former employer's are hidden from the present one. */
const DATED: readonly string[] = ['history', 'exception', 'correction', 'call'];

/** Every way in which somebody of this role may lack this right to a thing of which he knows nothing. */
export function possibleReasons(right: Right, role: Role): readonly DenialReason[] {
  const relations = relationsFor(right, role);
  if (relations.length === 0) return ['role-without-right'];
  const former = relations.includes('employer') && DATED.includes(right[0]) ? ['former-employer' as const] : [];
  return [...new Set([...relations.map((relation) => MISSING[relation]), ...former])];
}

/**
 * How somebody may know of a thing without having the right in question. `read`: he sees it otherwise; `met`: a worker on a roster that
 * is or was in his reach; `lower`: a firm below his, or its worker; `former`: a worker who left his firm.
 */
export type Acquaintance = 'read' | 'met' | 'lower' | 'former';

type Explanation = readonly [known: Acquaintance, reason: DenialReason];

const NO_CONSENT: readonly Explanation[] = [
  ['former', 'former-employer'],
  ['met', 'no-consent'],
  ['lower', 'no-consent'],
];

/** What whoever knows of a thing is told; of several the last speaks. Rights that are not named here follow from their relations. */
const EXPLAINED: Readonly<Record<string, readonly Explanation[]>> = {
  /** form 1-1 is the worker's and the employer's. */
  'worker: read': [
    ['met', 'employer-and-worker-only'],
    ['lower', 'employer-and-worker-only'],
    ['former', 'former-employer'],
  ],
  /** PR-005: roster level ends with the site, then only what both disclose is left. */
  'worker: profile': [
    ['former', 'former-employer'],
    ['lower', 'not-disclosed'],
    ['met', 'site-not-running'],
  ],
  /** */
  'worker: read-as-proxy': NO_CONSENT,
  'worker: register-phone': NO_CONSENT,
  'firm: employ': [['lower', 'no-consent']],
};

/** Who may be told why, and what. */
export function explanationsOf(right: Right): readonly Explanation[] {
  const named = EXPLAINED[right.join(': ')];
  if (named) return named;
  const reason = reasonOf(right);
  if (right[0] !== 'worker') return [['read', reason]];
  return [
    ['former', 'former-employer'],
    ['met', reason],
    ['lower', reason],
    ['read', reason],
  ];
}

/** What a right asks for, from the relations that carry it. */
function reasonOf(right: Right): DenialReason {
  const relations = relationsOf(right);
  const only = (...allowed: readonly Relation[]) => relations.every((relation) => allowed.includes(relation));
  if (only('prime')) return 'prime-only';
  if (only('own')) return 'own-firm-only';
  if (only('self', 'concerned')) return 'not-yourself';
  return only('employer', 'self', 'lower', 'left') ? 'employer-and-worker-only' : 'not-in-this-tree';
}
