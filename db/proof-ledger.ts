/** A document as the proof knows it: absent, or there with or without its unique key. */
export type Known = 'absent' | { readonly key: string | undefined };

interface Entry {
  confirmed: Known;
  asked: Known | undefined;
}

/**
 * The oracle of the kill -9 proof: what was asked of the database and what it acknowledged, kept outside both.
 *
 * A document must be in its last acknowledged state, or, where a write was under way, in the state that write asked for.
 */
export function createProofLedger() {
  const entries = new Map<string, Entry>();
  const keys = new Set<string>();
  const refused: string[] = [];
  const counts = { acknowledged: 0 };

  return {
    counts,
    /** A write is about to be sent. */
    ask(id: string, state: Known): void {
      const entry = entries.get(id) ?? { confirmed: 'absent', asked: undefined };
      entry.asked = state;
      entries.set(id, entry);
      if (state !== 'absent' && state.key !== undefined) keys.add(state.key);
    },
    /** The database said that the write is done. */
    confirm(id: string): void {
      const entry = entries.get(id);
      if (entry?.asked === undefined) throw new Error(`confirmed without being asked: ${id}`);
      entry.confirmed = entry.asked;
      entry.asked = undefined;
      counts.acknowledged += 1;
    },
    /** The database refused a write that nothing stands against. */
    refuse(id: string): void {
      refused.push(id);
    },
    /**
     * Compares with what the database holds (id to key) and takes that as the new truth.
     *
     * Answers the ids that are in no permitted state, the unique keys that nobody holds now and must be free, and the ids
     * whose write was refused.
     */
    settle(held: ReadonlyMap<string, string | undefined>) {
      const lost: string[] = [];
      let underWay = 0;
      for (const [id, entry] of entries) {
        const found: Known = held.has(id) ? { key: held.get(id) } : 'absent';
        if (entry.asked !== undefined) underWay += 1;
        if (!isSame(found, entry.confirmed) && !(entry.asked && isSame(found, entry.asked))) lost.push(id);
        entry.confirmed = found;
        entry.asked = undefined;
      }
      for (const id of held.keys()) if (!entries.has(id)) lost.push(id);
      const taken = new Set(held.values());
      const free = [...keys].filter((key) => !taken.has(key));
      keys.clear();
      return { lost, free, underWay, refused: refused.splice(0) };
    },
  };
}

function isSame(one: Known, other: Known): boolean {
  if (one === 'absent' || other === 'absent') return one === other;
  return one.key === other.key;
}
