import type { Role, Viewer } from './api-key.ts';
import { forms } from './form-rights.ts';
import type { Relation, Row } from './relation.ts';
import { type Subject, rights, subjects } from './rights-table.ts';

/** A right to a thing, as endpoints name it. */
export type Right<S extends Subject = Subject> = S extends Subject
  ? readonly [S, keyof (typeof rights)[S] & string]
  : never;

/** The kinds of things that are kept; a form is made from others. */
export type Kind = Exclude<Subject, 'form'>;

/** On documents of which kind a right decides. */
export function kindOf([subject, right]: Right): Kind {
  return subject === 'form' ? forms[right].about : subject;
}

/** Every right of the table, for tests and for a page about it. */
export function allRights(): readonly Right[] {
  return subjects.flatMap((subject) =>
    Object.keys(rights[subject]).map((right) => [subject, right] as unknown as Right),
  );
}

/** How somebody must stand to a thing to have this right in that role. */
export function relationsFor([subject, right]: Right, role: Role): readonly Relation[] {
  return rowsOf(subject, right).flatMap(([relation, roles]) => (roles.includes(role) ? [relation] : []));
}

/** Every relation that carries this right, for whichever role. */
export function relationsOf([subject, right]: Right): readonly Relation[] {
  return rowsOf(subject, right).map(([relation]) => relation);
}

/** What a firm that is not registered keeps: its own people, telephones, accounts and papers. */
const KEPT: readonly Relation[] = ['own', 'employer', 'self', 'concerned'];
const REGISTERED_ONLY: readonly string[] = ['build', 'approve-invitation', 'apply-as-agent'];

/** Whether a right is one of registered firms alone: all views of sites and of other firms, and the forms. */
export function needsRegistration([subject, right]: Right, role: Role): boolean {
  if (subject === 'form' || REGISTERED_ONLY.includes(right)) return true;
  return !relationsFor([subject, right] as unknown as Right, role).some((relation) => KEPT.includes(relation));
}

/** Whether a role has this right to anything at all. */
export function mayEver(right: Right, role: Role): boolean {
  return role === 'operator' || relationsFor(right, role).length > 0;
}

const PERSONAL: readonly Subject[] = ['worker', 'phone', 'history', 'call', 'correction', 'account', 'audit'];

/** Whether what is shown by this right is data of people, down to the roster (PR-014). */
export function isPersonal(right: Right): boolean {
  const [subject, what] = right;
  const isRoster = what === '1-4' || (subject === 'form' && what.startsWith('AZ'));
  return PERSONAL.includes(kindOf(right)) || what === 'people' || what === 'read-plan' || isRoster;
}

/** Whether what is shown is personal data of a firm's people, for which a person of the operator must open a look. */
export function isRosterLevel(right: Right): boolean {
  return isPersonal(right) && right[0] !== 'account';
}

/** The operator, and the auditor who is no firm's: they stand above the table. */
export function seesEverything({ role, firmId }: Viewer): boolean {
  return role === 'operator' || (role === 'auditor' && firmId === undefined);
}

function rowsOf(subject: Subject, right: string): readonly Row[] {
  return (rights[subject] as Record<string, readonly Row[]>)[right] ?? [];
}
