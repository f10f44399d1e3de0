type OptionalKey<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];

/** A partial change of a value: what is absent stays, null clears what is optional. */
export type Patch<T> = {
  readonly [K in keyof T]?: K extends OptionalKey<T> ? Exclude<T[K], undefined> | null : T[K];
};

/** The value after the change; optional members that the patch clears are gone, not null. */
export function applyPatch<T extends object>(value: T, patch: Patch<T>, optional: readonly OptionalKey<T>[]): T {
  const merged: Record<PropertyKey, unknown> = { ...value, ...patch };
  for (const key of optional) if (merged[key] === null) delete merged[key];
  return merged as T;
}
