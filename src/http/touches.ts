/**
 * Of a change that reaches more people than its answer names: who they are by what the address says, each with the firm that employs
 * him. Asked for before and after, since a change may make and take away people.
 */
export type Touches = (params: Readonly<Record<string, unknown>>) => Promise<ReadonlyMap<string, string | undefined>>;
