import type { WorkerId } from '../domain/ids.ts';
import type { PersonVault, WordKeeper } from '../ports-keys.ts';
import type { TextSealer } from '../ports.ts';

/** `p1.worker.sealed` stands under a worker's data key; what begins with `v1.` is nobody's, and stands under the master key. */
const HIS = /^p1\.(wrk_[a-z0-9]+)\.(.*)$/s;
const NOBODYS = 'v1.';

/** Under whose data key a text was sealed; undefined where it is nobody's. */
export function ownerOf(sealed = ''): string | undefined {
  return HIS.exec(sealed)?.[1];
}

/** Keeps texts that name people unreadable at rest. What was about somebody who is deleted is silent for good. */
export function createWordKeeper(vault: PersonVault, cipher: TextSealer): WordKeeper {
  return {
    async seal(owner, text) {
      if (!owner) return cipher.sealText(text);
      const keys = await vault.keysFor([owner]);
      return keys.has(owner) ? `p1.${owner}.${keys.seal(owner, Buffer.from(text))}` : undefined;
    },
    async openAll(kept) {
      const parts = kept.map((text) => HIS.exec(text));
      const keys = await vault.keysOf(parts.flatMap((part) => (part?.[1] ? [part[1] as WorkerId] : [])));
      return kept.map((text, place) => {
        const [, owner, sealed] = parts[place] ?? [];
        if (owner && sealed) return keys.open(owner as WorkerId, sealed)?.toString() ?? '';
        return text.startsWith(NOBODYS) ? cipher.openText(text) : text;
      });
    },
  };
}
