/** How far somebody is with the core registry (F-01). */
export const registrationStates = ['registered', 'applying', 'planned', 'none', 'refused'] as const;
export type RegistrationState = (typeof registrationStates)[number];

/** A firm, as far as the registry goes. */
export interface Registrable {
  readonly ccusId?: string;
  /** As last noted; without a note an id speaks for itself. */
  readonly registrationState?: RegistrationState;
}

/** How far a firm is with the registry (F-01). */
export function registrationStateOf({ registrationState, ccusId }: Registrable): RegistrationState {
  return registrationState ?? (ccusId === undefined ? 'none' : 'registered');
}
