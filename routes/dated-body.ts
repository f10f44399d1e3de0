import { z } from 'zod';
import { type Dated, historyFaults } from '../src/domain/dated.ts';
import { Day } from '../src/domain/ids.ts';
import { registrationStates } from '../src/domain/registration.ts';
import { plainText } from '../src/domain/text.ts';

const MOST = 100;

/** A history as input: `{from, to?, value}`, each no longer than it lasts, none of one key over another. */
export function datedList<T>(value: z.ZodType<T>, keyOf?: (value: T) => string) {
  const one = z.strictObject({ from: Day, to: Day.exactOptional(), value });
  return z
    .array(one)
    .max(MOST)
    .superRefine((list, context) => {
      for (const { place, code } of historyFaults(list as unknown as readonly Dated<T>[], keyOf))
        context.addIssue({ code: 'custom', path: [place, 'to'], params: { code }, input: list });
    });
}

/** A history as it is shown. */
export function datedView<T extends z.ZodType>(value: T) {
  return z.array(z.object({ from: Day, to: Day.exactOptional(), value }));
}

/** What is stated of a registration with the core registry (F-01), in a body of a firm or worker. */
export const registrationBody = {
  registrationState: z.enum(registrationStates).exactOptional(),
  /** With `planned`: the day for which it is. */
  registrationPlannedOn: Day.exactOptional(),
  /** Who or what says so; `office` without it. */
  registrationSource: plainText(120).exactOptional(),
};

export const registrationView = {
  registrationState: z.enum(registrationStates),
  registrationPlannedOn: Day.exactOptional(),
  registrations: z.array(
    z.object({
      on: Day,
      state: z.enum(registrationStates),
      plannedOn: Day.exactOptional(),
      source: z.string(),
    }),
  ),
};

interface Planning {
  readonly registrationState?: string | null;
  readonly registrationPlannedOn?: Day;
}

/** A planned registration has a day, and no other has one (F-01). */
export function needPlannedDay(body: Planning, context: z.core.$RefinementCtx): void {
  const { registrationState, registrationPlannedOn } = body;
  const isPlanned = registrationState === 'planned';
  if (isPlanned === (registrationPlannedOn !== undefined)) return;
  const code = isPlanned ? 'required' : 'planned-only';
  context.addIssue({ code: 'custom', path: ['registrationPlannedOn'], params: { code }, input: body });
}
