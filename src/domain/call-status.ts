/** Statuses after which the carrier sends no further request of a call. */
export const terminalStatuses: ReadonlySet<string> = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);
