import type { Day } from './ids.ts';
import { present } from './present.ts';

/** How far somebody is with the core registry (F-01); `planned` comes with a day. */
export const registrationStates = ['registered', 'applying', 'planned', 'none', 'refused'] as const;
export type RegistrationState = (typeof registrationStates)[number];

/** One change of that state: when it was noted, and who or what says so. */
export interface RegistrationChange {
  readonly on: Day;
  readonly state: RegistrationState;
  readonly plannedOn?: Day;
  readonly source: string;
}

/** A firm or a worker, as far as the registry goes. */
export interface Registrable {
  readonly ccusId?: string;
  /** As last noted; without a note an id speaks for itself. */
  readonly registrationState?: RegistrationState;
  readonly registrationPlannedOn?: Day;
  readonly registrations?: readonly RegistrationChange[];
}

/** What somebody states about a registration. */
export interface RegistrationStated {
  /** Null: nobody states anything, so the id speaks for itself. */
  readonly registrationState?: RegistrationState | null;
  readonly registrationPlannedOn?: Day;
  readonly registrationSource?: string;
}

/** Source of a change that nobody stated: the id came or went. */
const BY_ID = 'ccus-id';
const BY_OFFICE = 'office';

/** How far a firm or worker is with the registry (F-01). */
export function registrationStateOf(thing: Registrable): RegistrationState {
  return thing.registrationState ?? spokenById(thing);
}

function spokenById({ ccusId }: Registrable): RegistrationState {
  return ccusId === undefined ? 'none' : 'registered';
}

/** The state as it was on a day; undefined before the first note. */
export function registrationOn({ registrations = [] }: Registrable, day: Day): RegistrationChange | undefined {
  return registrations.findLast(({ on }) => on <= day);
}

/** The state as it is shown of a day. */
export function registrationThen(
  thing: Registrable,
  { today, on }: { readonly today: Day; readonly on: Day },
): Pick<Registrable, 'registrationPlannedOn'> & { readonly registrationState: RegistrationState } {
  const then = on < today ? registrationOn(thing, on) : undefined;
  if (then) return { registrationState: then.state, ...present({ registrationPlannedOn: then.plannedOn }) };
  return {
    registrationState: registrationStateOf(thing),
    ...present({ registrationPlannedOn: thing.registrationPlannedOn }),
  };
}

/**
 * The thing with what is stated about its registration, dated and with its source. An id that comes means that it is registered, one that
 * goes that it is not, unless something is stated.
 */
export function withRegistration<T extends Registrable>(
  { before, after }: { readonly before: Registrable | undefined; readonly after: T },
  { registrationState, registrationPlannedOn, registrationSource = BY_OFFICE }: RegistrationStated,
  today: Day,
): T {
  const state = statedState({ before, after }, registrationState);
  if (state === undefined) return after;
  const source = registrationState ? registrationSource : BY_ID;
  const plannedOn = state === 'planned' ? registrationPlannedOn : undefined;
  const { registrationPlannedOn: _gone, registrations = [], ...rest } = after;
  const last = registrations.at(-1);
  const isSame = last?.state === state && last.plannedOn === plannedOn;
  const note = { on: today, state, source, ...present({ plannedOn }) };
  return {
    ...(rest as unknown as T),
    registrationState: state,
    ...present({ registrationPlannedOn: plannedOn }),
    registrations: isSame ? registrations : [...registrations, note],
  };
}

function statedState(
  { before, after }: { readonly before: Registrable | undefined; readonly after: Registrable },
  stated: RegistrationStated['registrationState'],
): RegistrationState | undefined {
  return stated === null ? spokenById(after) : (stated ?? followId(before, after));
}

function followId(before: Registrable | undefined, after: Registrable): RegistrationState | undefined {
  if (before?.ccusId === after.ccusId) return undefined;
  if (after.ccusId !== undefined) return 'registered';
  return registrationStateOf(before ?? {}) === 'registered' ? 'none' : undefined;
}
