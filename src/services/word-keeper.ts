import type { WorkerId } from '../domain/ids.ts';
import type { PersonVault, WordKeeper } from '../ports-keys.ts';
import type { TextSealer } from '../ports.ts';

/** What is sealed under a worker's data key; what belongs to nobody is sealed under the master key. */
const HIS = 'p1.';
const NOBODYS = 'v1.';

/** Keeps what was said unreadable at rest: a receipt speaks a name. What was said to somebody who is deleted is silent for good. */
export function createWordKeeper(vault: PersonVault, cipher: TextSealer): WordKeeper {
  return {
    async seal(owner, text) {
      const keys = owner && (await vault.keysFor([owner]));
      return owner && keys?.has(owner) ? `${HIS}${keys.seal(owner, Buffer.from(text))}` : cipher.sealText(text);
    },
    async openAll(kept) {
      const owners = kept.flatMap(({ owner, text }) => (owner && text.startsWith(HIS) ? [owner] : []));
      const keys = await vault.keysOf([...new Set<WorkerId>(owners)]);
      return kept.map(({ owner, text }) => {
        if (owner && text.startsWith(HIS)) return keys.open(owner, text.slice(HIS.length))?.toString() ?? '';
        return text.startsWith(NOBODYS) ? cipher.openText(text) : text;
      });
    },
  };
}
