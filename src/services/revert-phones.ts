import { canonicalJson } from '../domain/digest.ts';
import type { Day, NumberIndex } from '../domain/ids.ts';
import { accept, refuse } from '../domain/outcome.ts';
import type { Deed } from '../domain/phone-list/phone-import.ts';
import type { ListRow } from '../domain/phone-list/read-list-row.ts';
import type { PhoneRegistration } from '../domain/phone.ts';
import type { NumberRecord, PhoneStore } from '../ports.ts';
import { editNumber } from './edit-number.ts';

export type PhoneDeed = Extract<Deed, { readonly kind: 'phone' | 'phone-change' }>;
/** So many records are read by one command. */
const PAGE = 1000;

/** What a list made of a number that nobody had before, or of one more holder. */
export type MadePhone = Extract<PhoneDeed, { readonly kind: 'phone' }>;
type ChangedPhone = Extract<PhoneDeed, { readonly kind: 'phone-change' }>;

/** The first row whose number somebody has confirmed or changed since; those of which that is not plain yet are added to `unsure`. */
export async function whyNotPhone(
  phones: PhoneStore,
  deeds: readonly PhoneDeed[],
  unsure: MadePhone[],
): Promise<number | undefined> {
  const found = await phones.findRevised([...new Set(deeds.map(({ index }) => index))]);
  const records = new Map(found.map((one) => [one.value.index, one]));
  for (const deed of deeds) {
    const record = records.get(deed.index);
    if (!record) continue;
    if (deed.kind === 'phone') {
      if (madeBy(record.value, deed)?.verifiedAt !== undefined) return deed.row;
      // A record in its first revision is exactly what the list made of it.
      if (record.rev > 1) unsure.push(deed);
      continue;
    }
    const now = record.value.registrations.find(({ id }) => id === deed.before.id);
    if (!same(now, deed.after) && !same(now, deed.before)) return deed.row;
  }
  return undefined;
}

/** The first row whose registration no longer says what the row says. */
export async function whyNotAsListed(
  phones: PhoneStore,
  deeds: readonly MadePhone[],
  { rows, day }: { readonly rows: ReadonlyMap<number, ListRow>; readonly day: Day },
): Promise<number | undefined> {
  for (let at = 0; at < deeds.length; at += PAGE) {
    const some = deeds.slice(at, at + PAGE);
    const records = await recordsOf(phones, some);
    const changed = some.find((deed) => {
      const record = records.get(deed.index);
      const [made, row] = [record && madeBy(record, deed), rows.get(deed.row)];
      return made && row && !isAsListed(made, row, day);
    });
    if (changed) return changed.row;
  }
  return undefined;
}

/** Who the upper firm is a row may say by a name, so only that there is one is looked at. */
function isAsListed(made: PhoneRegistration, row: ListRow, day: Day): boolean {
  const { shared = false, consent = false, jobType, position, validFrom = day, validTo, upperFirm } = row;
  const said = [shared, consent, jobType, position, validFrom, validTo, upperFirm !== undefined];
  const { groupCall, upperFirms, left = [] } = made;
  const held = [made.shared, made.standingConsent, made.jobType, made.position, made.validFrom, made.validTo];
  if (groupCall || upperFirms.length > 0 || left.length > 0) return false;
  return [...held, made.upperFirmId !== undefined].every((one, place) => one === said[place]);
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
