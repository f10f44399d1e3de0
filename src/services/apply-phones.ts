import type { FirmId, WorkerId } from '../domain/ids.ts';
import { type Outcome, accept } from '../domain/outcome.ts';
import type { Deed } from '../domain/phone-list/phone-import.ts';
import type { RowStep } from '../domain/phone-list/plan-list.ts';
import { present } from '../domain/present.ts';
import type { NumberCipher, PhoneStore } from '../ports.ts';
import { inParallel } from './in-parallel.ts';
import type { BulkRegistrar } from './register-in-bulk.ts';
import type { PhoneService } from './register-phone.ts';

/** A row whose firm and worker are on file now, or why they are not. */
export interface SettledStep {
  readonly row: number;
  readonly step: RowStep;
  readonly holder: Outcome<WorkerId>;
  readonly upper?: Outcome<FirmId>;
}

export type RowEffect = Outcome<'created' | 'updated' | 'unchanged'>;

/** A row that has something to be written. */
interface Writable {
  readonly row: number;
  readonly step: RowStep;
  readonly holder: WorkerId;
  readonly said: Said;
}

type Said = ReturnType<typeof saidBy>;
type Note = (deeds: readonly Deed[]) => Promise<void>;

interface Parts {
  readonly service: Pick<PhoneService, 'register' | 'change'>;
  readonly bulk: Pick<BulkRegistrar, 'connect'>;
  readonly phones: Pick<PhoneStore, 'find'>;
  readonly cipher: Pick<NumberCipher, 'index'>;
}

const AT_ONCE = 8;

export type PhonesOfList = ReturnType<typeof createPhonesOfList>;

/** Writes the numbers of some rows: new numbers many at once, the others one by one by the rules of every registration. */
export function createPhonesOfList(parts: Parts) {
  return {
    /** What will be noted of the numbers that the plan takes for new. */
    deedsOf: (
      rows: readonly Pick<SettledStep, 'row' | 'step'>[],
      holderOf: (row: Pick<SettledStep, 'row' | 'step'>) => WorkerId | undefined,
    ): readonly Deed[] =>
      rows.filter(isSimple).flatMap((one) => {
        const holder = holderOf(one);
        const index = parts.cipher.index(one.step.number);
        return holder === undefined ? [] : [{ kind: 'phone', row: one.row, index, holder, had: [] }];
      }),
    async apply(steps: readonly SettledStep[], note: Note): Promise<ReadonlyMap<number, RowEffect>> {
      const effects = new Map<number, RowEffect>();
      const writable = steps.flatMap((one): readonly Writable[] => {
        const { row, step, holder, upper } = one;
        if (step.phone.kind === 'unchanged') effects.set(row, accept('unchanged'));
        else if (!holder.ok) effects.set(row, holder);
        else if (upper?.ok === false) effects.set(row, upper);
        else return [{ row, step, holder: holder.value, said: saidBy(step, upper?.value) }];
        return [];
      });
      const simple = writable.filter(isSimple);
      const left = await connectFresh(parts, simple);
      const settled = new Set(simple.filter((one) => !left.includes(one)).map(({ row }) => row));
      for (const row of settled) effects.set(row, accept('created'));
      const others = writable.filter(({ row }) => !settled.has(row));
      await inParallel(byNumber(others), AT_ONCE, async (rows) => {
        for (const one of rows) effects.set(one.row, await writeOne(parts, one, note));
      });
      return effects;
    },
  };
}

/** A number of one row that the plan found nowhere: most likely nobody has it. */
function isSimple({ step }: { readonly step: RowStep }): boolean {
  return step.phone.kind === 'create' && !step.crowded;
}

/** Rows of one number touch one record: they go one after the other, in their order. */
function byNumber(rows: readonly Writable[]): readonly (readonly Writable[])[] {
  const groups = new Map<string, Writable[]>();
  for (const one of rows) groups.set(one.step.number, [...(groups.get(one.step.number) ?? []), one]);
  return [...groups.values()];
}

/** Rows of numbers that nobody has on file; answers those whose number is on file after all. */
async function connectFresh({ bulk, cipher }: Parts, rows: readonly Writable[]): Promise<readonly Writable[]> {
  if (rows.length === 0) return [];
  const created = await bulk.connect(
    rows.map(({ step, holder, said }) => ({ number: step.number, registration: registrationOf(step, holder, said) })),
  );
  return rows.filter(({ step }) => !created.has(cipher.index(step.number)));
}

async function writeOne({ service, phones, cipher }: Parts, one: Writable, note: Note): Promise<RowEffect> {
  const { row, step, holder, said } = one;
  const index = cipher.index(step.number);
  if (step.phone.kind === 'update') {
    const { id, before } = step.phone;
    await note([{ kind: 'phone-change', row, index, before, after: { ...before, ...said } }]);
    const done = await service.change(id, said, () => true);
    return done.ok ? accept('updated') : done;
  }
  const had = (await phones.find(index))?.value.registrations.map(({ id }) => id) ?? [];
  await note([{ kind: 'phone', row, index, holder, had }]);
  const done = await service.register({ ...registrationOf(step, holder, said), number: step.number });
  return done.ok ? accept('created') : done;
}

function saidBy({ cells }: RowStep, upperFirmId: FirmId | undefined) {
  const { shared, jobType, position, consent: standingConsent, validFrom, validTo } = cells;
  return present({ shared, jobType, position, standingConsent, validFrom, validTo, upperFirmId });
}

function registrationOf({ phone, cells, inform }: RowStep, holder: WorkerId, said: Said) {
  const validFrom = phone.kind === 'create' ? phone.validFrom : cells.validFrom;
  if (validFrom === undefined) throw new Error('a new registration has a first day');
  const plain = { shared: false, groupCall: false, standingConsent: false, upperFirms: [], validFrom };
  return { ...plain, ...said, workerIds: [holder], ...(inform ? { tell: [holder] } : {}) };
}
