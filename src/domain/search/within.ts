import type { Condition, Within } from '../reach.ts';

/** What the conditions of rights ask about a searched thing. */
export type Facts = Readonly<Record<string, string>>;
/** Under which name the index knows a field of the condition. */
type Fields = Readonly<Record<string, string>>;
export type Test = (facts: Facts) => boolean;

/**
 * A condition of the database as a test of what the index knows; undefined where it asks for more than that. The conditions are those
 * that rights and lists are written in: equality, `$in`, `$exists`, `$or`, `$and`.
 */
export function testOf(condition: Condition, fields: Fields): Test | undefined {
  const tests = Object.entries(condition).map(([name, value]) => partOf(name, value, fields));
  if (tests.some((test) => test === undefined)) return undefined;
  return (facts) => tests.every((test) => test?.(facts));
}

function partOf(name: string, value: unknown, fields: Fields): Test | undefined {
  if (name === '$or' || name === '$and') return ofSeveral(name, value as readonly Condition[], fields);
  const fact = fields[name];
  if (fact === undefined) return undefined;
  if (typeof value === 'string') return (facts) => facts[fact] === value;
  const asked: readonly (readonly [string, unknown])[] = Object.entries(value ?? {});
  const [[operator, wanted] = []] = asked;
  return asked.length === 1 ? ofOperator(fact, operator, wanted) : undefined;
}

function ofOperator(fact: string, operator: string | undefined, wanted: unknown): Test | undefined {
  if (operator === '$exists') return (facts) => (facts[fact] !== undefined) === wanted;
  if (operator !== '$in' || !Array.isArray(wanted)) return undefined;
  const set = new Set<unknown>(wanted);
  return (facts) => set.has(facts[fact]);
}

function ofSeveral(name: '$or' | '$and', parts: readonly Condition[], fields: Fields): Test | undefined {
  const tests = parts.map((part) => testOf(part, fields));
  if (tests.some((test) => test === undefined)) return undefined;
  if (name === '$or') return (facts) => tests.some((test) => test?.(facts));
  return (facts) => tests.every((test) => test?.(facts));
}

/** The sites of one prime, or of all others, as a condition beside the asker's rights. */
export function withPrime(prime: { readonly id: string; readonly not?: boolean } | undefined, within: Within): Within {
  if (!prime) return within;
  const asked = { primeId: prime.not ? { $ne: prime.id } : prime.id };
  return within === 'everything' ? asked : { $and: [asked, within] };
}
