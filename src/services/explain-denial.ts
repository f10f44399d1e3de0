import { type Right, kindOf } from '../domain/access.ts';
import type { Viewer } from '../domain/api-key.ts';
import { type Denial, explanationsOf, possibleReasons } from '../domain/denial.ts';
import type { RelationStore } from '../ports-access.ts';
import { buildAbility, explain } from './build-ability.ts';
import type { Standing } from './find-standing.ts';
import { acquaintancesOf } from './write-conditions.ts';

interface Parts {
  readonly viewer: Viewer;
  readonly relations: Pick<RelationStore, 'thing'>;
  readonly standing: Standing;
}

/**
 * Why somebody has not this right to this thing. The thing is looked at only to find out whether he knows of it anyway; otherwise the
 * answer is the same as for a thing that does not exist.
 */
export async function explainDenial(right: Right, id: string, { viewer, relations, standing }: Parts): Promise<Denial> {
  const hidden: Denial = { code: 'not-found', reasons: possibleReasons(right, viewer.role) };
  const thing = await relations.thing(kindOf(right), id);
  if (!thing) return hidden;
  const found = explanationsOf(right).map(async ([known, reason]) =>
    (await acquaintancesOf(right, known, viewer, standing)).map((condition) => ({ condition, reason })),
  );
  const ability = buildAbility(right, { granted: [], explained: (await Promise.all(found)).flat() });
  const reason = explain(ability, right, thing);
  return reason ? { code: 'not-allowed', reasons: [reason] } : hidden;
}
