import { canonicalJson } from '../domain/digest.ts';
import type { NumberIndex } from '../domain/ids.ts';
import { accept, refuse } from '../domain/outcome.ts';
import type { Deed } from '../domain/phone-list/phone-import.ts';
import type { PhoneRegistration } from '../domain/phone.ts';
import type { NumberRecord, PhoneStore } from '../ports.ts';
import { editNumber } from './edit-number.ts';

export type PhoneDeed = Extract<Deed, { readonly kind: 'phone' | 'phone-change' }>;
type MadePhone = Extract<PhoneDeed, { readonly kind: 'phone' }>;
type ChangedPhone = Extract<PhoneDeed, { readonly kind: 'phone-change' }>;

/** The first row whose number somebody has confirmed or changed since. */
export async function whyNotPhone(phones: PhoneStore, deeds: readonly PhoneDeed[]): Promise<number | undefined> {
  const records = await recordsOf(phones, deeds);
  return deeds.find((deed) => {
    const record = records.get(deed.index);
    if (!record) return false;
    if (deed.kind === 'phone') return madeBy(record, deed)?.verifiedAt !== undefined;
    const now = record.registrations.find(({ id }) => id === deed.before.id);
    return !same(now, deed.after) && !same(now, deed.before);
  })?.row;
}

/** Takes back registrations that were made and puts back those that were changed; what is no longer as it was left stays. */
export async function revertPhones(
  phones: PhoneStore,
  deeds: readonly PhoneDeed[],
): Promise<{ readonly removed: number; readonly restored: number }> {
  const made = deeds.filter((deed) => deed.kind === 'phone');
  const before = await recordsOf(phones, made);
  const fresh = made.filter(({ had }) => had.length === 0).map(({ index }) => index);
  // A record in its first revision is exactly what the list made of it.
  await phones.removeMany(fresh, 1);
  const after = await recordsOf(phones, made);
  let removed = [...before.keys()].filter((index) => !after.has(index)).length;
  for (const deed of made) if (after.has(deed.index) && (await takeBack(phones, deed))) removed += 1;
  let restored = 0;
  for (const deed of deeds) if (deed.kind === 'phone-change' && (await putBack(phones, deed))) restored += 1;
  return { removed, restored };
}

async function takeBack(phones: PhoneStore, deed: MadePhone): Promise<boolean> {
  const done = await editNumber(phones, deed.index, (found) => {
    const mine = found && madeBy(found.value, deed);
    if (!mine) return refuse('not-found');
    return accept({ ...found.value, registrations: found.value.registrations.filter((one) => one !== mine) });
  });
  return done.ok;
}

async function putBack(phones: PhoneStore, { index, before, after }: ChangedPhone): Promise<boolean> {
  const done = await editNumber(phones, index, (found) => {
    const registrations = found?.value.registrations ?? [];
    if (!found || !registrations.some((one) => same(one, after))) return refuse('not-found');
    return accept({
      ...found.value,
      registrations: registrations.map((one) => (same(one, after) ? revived(before) : one)),
    });
  });
  return done.ok;
}

/** The registration that a list added for its holder. */
function madeBy({ registrations }: NumberRecord, { holder, had }: MadePhone): PhoneRegistration | undefined {
  return registrations.find(
    ({ id, workerIds }) => !had.includes(id) && workerIds.length === 1 && workerIds[0] === holder,
  );
}

async function recordsOf(
  phones: PhoneStore,
  deeds: readonly PhoneDeed[],
): Promise<ReadonlyMap<NumberIndex, NumberRecord>> {
  const found = await phones.findMany([...new Set(deeds.map(({ index }) => index))]);
  return new Map(found.map((record) => [record.index, record]));
}

/** A registration out of a deed, which keeps moments as text. */
function revived(kept: PhoneRegistration): PhoneRegistration {
  return kept.verifiedAt ? { ...kept, verifiedAt: new Date(kept.verifiedAt) } : kept;
}

/** Absent members and the order of members do not matter. */
function same(one: PhoneRegistration | undefined, other: PhoneRegistration): boolean {
  return one !== undefined && canonicalJson(one) === canonicalJson(other);
}
