import {
  type ForcedSubject,
  type MongoAbility,
  type RawRuleOf,
  createMongoAbility,
  subject as tagged,
} from '@casl/ability';
import { rulesToCondition } from '@casl/ability/extra';
import type { Right } from '../domain/access.ts';
import type { Subject } from '../domain/rights-table.ts';
import type { Relation } from '../domain/relation.ts';
import type { DenialReason } from '../domain/denial.ts';
import type { Condition } from '../domain/reach.ts';

/** What one viewer may do: rules of one right, made from the table of rights for the asker. */
export type Ability = MongoAbility<[string, Subject | (object & ForcedSubject<Subject>)]>;

/** Documents of one kind, and why a rule speaks of them: the relation that carries the right, or the reason of the refusal. */
interface Ruled<Reason> {
  readonly condition: Condition;
  readonly reason: Reason;
}

interface Rules {
  readonly granted: readonly Ruled<Relation>[];
  /** For things he knows of otherwise; a later one speaks before an earlier one. */
  readonly explained: readonly Ruled<DenialReason>[];
}

/** Matches nothing on every engine. */
export const NOTHING: Condition = { _id: { $in: [] } };

/** The rules of one right. What is granted speaks last, so that it goes before every refusal; what is not named is refused. */
export function buildAbility([subject, action]: Right, { granted, explained }: Rules): Ability {
  const ruled =
    (inverted: boolean) =>
    ({ condition, reason }: Ruled<string>) => ({ action, subject, conditions: condition, reason, inverted });
  const rules = [...explained.map(ruled(true)), ...granted.map(ruled(false))];
  return createMongoAbility<Ability>(rules as RawRuleOf<Ability>[]);
}

/** The documents to which the ability has the right, as a filter of the database; join it to other conditions with `$and`. */
export function filterOf(ability: Ability, [subject, action]: Right): Condition {
  const filter = rulesToCondition<Ability, Condition, Condition>(
    ability.rulesFor(action, subject),
    ({ inverted, conditions = {} }) => (inverted ? { $nor: [conditions] } : conditions),
    { and: ($and) => ({ $and }), or: ($or) => ({ $or }), empty: () => ({}) },
  );
  return filter ?? NOTHING;
}

/** Why the ability refuses the right to this document; undefined where nothing may be said. */
export function explain(ability: Ability, [subject, action]: Right, thing: object): DenialReason | undefined {
  const rule = ability.relevantRuleFor(action, tagged(subject, { ...thing }));
  return rule?.inverted ? (rule.reason as DenialReason) : undefined;
}
