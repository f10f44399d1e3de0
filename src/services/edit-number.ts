import type { NumberIndex, PhoneId } from '../domain/ids.ts';
import { type Outcome, refuse } from '../domain/outcome.ts';
import type { PhoneStore, NumberRecord, Revised } from '../ports.ts';

const TRIES = 30;
/** Ids have room for four digits of revision. */
const LAST_PLACE = 9999;

/** Changes one number's record by compare-and-set; `decide` sees what is now on file, and gives the same record back to change nothing. */
export async function editNumber<Code extends string>(
  phones: Pick<PhoneStore, 'find' | 'save'>,
  index: NumberIndex,
  decide: (found: Revised<NumberRecord> | undefined) => Outcome<NumberRecord, Code>,
): Promise<Outcome<NumberRecord, Code | 'conflict'>> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = await phones.find(index);
    if (found && found.rev >= LAST_PLACE) return refuse('conflict', 'this number was changed too often');
    const decided = decide(found);
    if (!decided.ok || decided.value === found?.value) return decided;
    if (await phones.save(decided.value, found?.rev ?? 0)) return decided;
  }
  return refuse('conflict');
}

/** The id of a registration that the next revision of its number's record will hold; no two revisions share one. */
export function nextPhoneId(index: NumberIndex, rev: number): PhoneId {
  return `phn_${index}_${rev + 1}` as PhoneId;
}

/** Under which number a registration is kept. */
export function indexOfPhone(id: PhoneId): NumberIndex {
  return id.slice(4, 36) as NumberIndex;
}

/** The place of a registration in its number's list, which rises with every change of the record. */
export function placeOfPhone(id: PhoneId): number {
  return Number(id.slice(37));
}
