/** What is left of a type when absent members are dropped instead of being undefined. */
export type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The members that are not undefined: an optional member is absent, never undefined. */
export function present<T extends object>(members: T): Present<T> {
  const kept: Record<string, unknown> = {};
  // A plain loop: a long list comes here many times for every row.
  for (const name of Object.keys(members)) {
    const value = (members as Record<string, unknown>)[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept as Present<T>;
}
