import type { AuditEntry } from '../domain/audit.ts';
import type { AuditStore } from '../ports-audit.ts';

/** Whose data was looked at or changed in a period, as the audit knows it. */
export interface Affected {
  readonly chain: string;
  readonly entries: number;
  /** Workers and accounts that were named. */
  readonly people: readonly string[];
  /** Whole lists and sites: everybody on them. */
  readonly wholes: readonly string[];
  readonly askers: readonly string[];
}

/** Who is affected per firm when keys or passwords were in wrong hands from one moment to another (T14). */
export async function* findAffected(
  audit: AuditStore,
  { from, to, by }: { readonly from: Date; readonly to: Date; readonly by?: string },
): AsyncIterable<Affected> {
  const isMeant = (entry: AuditEntry) => {
    const at = new Date(entry.at);
    return from <= at && at <= to && (by === undefined || entry.by === by);
  };
  for (const chain of await audit.chains()) {
    const people = new Set<string>();
    const wholes = new Set<string>();
    const askers = new Set<string>();
    let entries = 0;
    for await (const entry of audit.entries(chain)) {
      if (!isMeant(entry)) continue;
      entries += 1;
      askers.add(entry.by);
      const named = namedIn(entry);
      if (named) people.add(named);
      else wholes.add([entry.what, entry.thing, ...Object.values(entry.about)].filter(Boolean).join(' '));
    }
    if (entries > 0) yield { chain, entries, people: [...people], wholes: [...wholes], askers: [...askers] };
  }
}

function namedIn({ thing, about }: AuditEntry): string | undefined {
  const worker = /\bwrk_[a-z0-9]+/.exec(thing ?? '')?.[0];
  return worker ?? about['workerId'] ?? (thing?.startsWith('acc_') ? thing : undefined);
}
