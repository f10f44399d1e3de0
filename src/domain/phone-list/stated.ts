import { present } from '../present.ts';

type Stated<T> = { readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The members that say something: where a list is silent, nothing changes. */
export function stated<T extends object>(members: T): Stated<T> {
  return present(members) as unknown as Stated<T>;
}
