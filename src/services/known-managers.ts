import type { AccountStore } from '../ports-accounts.ts';
import type { KeyStore } from '../ports.ts';

interface Parts {
  readonly accounts: Pick<AccountStore, 'findMany'>;
  readonly keys: Pick<KeyStore, 'find'>;
}

/** Which of these ids belong to an account or key that exists and has not ended. */
export type KnownManagers = (ids: readonly string[]) => Promise<ReadonlySet<string>>;

/** Looks ids of people and programs up that sites and firms name. */
export function createKnownManagers({ accounts, keys }: Parts): KnownManagers {
  return async function knownManagers(ids) {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return new Set();
    const people = await accounts.findMany(wanted as never);
    const known = new Set<string>(people.flatMap(({ id, state }) => (state === 'ended' ? [] : [id])));
    const others = wanted.filter((id) => !known.has(id) && id.startsWith('key_'));
    for (const key of await Promise.all(others.map((id) => keys.find(id))))
      if (key && key.revokedAt === undefined) known.add(key.id);
    return known;
  };
}
