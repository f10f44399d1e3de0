import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { E164 } from '../domain/ids.ts';
import type { CarrierConsole, CarrierRefusal, HeldNumber } from './carrier-console.ts';
import { type Difference, type NumberSettings, compareNumber } from './number-plan.ts';

export type SetupRefusal = CarrierRefusal | 'unknown-number' | 'not-taken';

interface Wish {
  readonly console: CarrierConsole;
  readonly number: E164;
  readonly plan: NumberSettings;
  /** Only looks; nothing is written. */
  readonly dryRun: boolean;
}

/** Writes what differs from the plan to a number, and looks whether the carrier took it; answers what differed before. */
export async function setupNumber(wish: Wish): Promise<Outcome<readonly Difference[], SetupRefusal>> {
  const { console, number, plan, dryRun } = wish;
  const found = await findNumber(console, number);
  if (!found.ok) return found;
  const differences = compareNumber(found.value.settings, plan);
  if (dryRun || differences.length === 0) return accept(differences);
  const changes = Object.fromEntries(differences.map(({ setting, shouldBe }) => [setting, shouldBe]));
  const written = await console.write(found.value.sid, changes);
  if (!written.ok) return written;
  const left = compareNumber(written.value.settings, plan).map(({ setting }) => setting);
  if (left.length > 0) return refuse('not-taken', `The carrier did not take over ${left.join(', ')} of ${number}.`);
  return accept(differences);
}

/** The number among those of the account; a refusal names the ones that the account does hold. */
export async function findNumber(console: CarrierConsole, number: E164): Promise<Outcome<HeldNumber, SetupRefusal>> {
  const found = await console.numbers(number);
  if (!found.ok) return found;
  const [held] = found.value;
  if (held) return accept(held);
  const all = await console.numbers();
  if (!all.ok) return all;
  const names = all.value.map((other) => other.number).join(', ') || 'no number at all';
  return refuse('unknown-number', `The account does not hold ${number}; it holds ${names}.`);
}
