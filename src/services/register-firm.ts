import type { Firm } from '../domain/firm.ts';
import { FirmId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { type Patch, applyPatch } from '../domain/patch.ts';
import type { Chance, FirmStore } from '../ports.ts';
import { type ChangeHook, type Seen, changeRegister } from './change-register.ts';

export type NewFirm = Omit<Firm, 'id'>;
export type FirmPatch = Patch<NewFirm>;

interface Parts {
  readonly firms: FirmStore;
  readonly chance: Chance;
  readonly changed: ChangeHook;
}

const optional = [
  'ccusId',
  'capitalYen',
  'postalCode',
  'address',
  'representativeName',
  'permitNumber',
  'corporateNumber',
  'registrationState',
  'usualUpperId',
] as const;

export type FirmService = ReturnType<typeof createFirmService>;

/** Registers firms and changes them; the usual upper firm must be one we know. */
export function createFirmService({ firms, chance, changed }: Parts) {
  const isKnown = async (id: FirmId | null | undefined) => !id || (await firms.find(id)) !== undefined;
  return {
    async register(input: NewFirm): Promise<Outcome<Firm, 'unknown-firm' | 'conflict'>> {
      if (!(await isKnown(input.usualUpperId))) return refuse('unknown-firm', 'usualUpperId');
      const firm: Firm = { id: FirmId.parse(chance.id('frm')), ...input };
      if (!(await firms.create(firm))) return refuse('conflict');
      await changed({ kind: 'firm', id: firm.id });
      return accept(firm);
    },
    async change(
      id: FirmId,
      patch: FirmPatch,
      seen: Seen<Firm>,
    ): Promise<Outcome<Firm, 'not-found' | 'stale' | 'conflict' | 'unknown-firm'>> {
      if (patch.usualUpperId === id || !(await isKnown(patch.usualUpperId))) {
        return refuse('unknown-firm', 'usualUpperId');
      }
      const done = await changeRegister(firms, id, (firm) =>
        seen(firm) ? accept(applyPatch<Firm>(firm, patch, optional)) : refuse('stale'),
      );
      if (done.ok) await changed({ kind: 'firm', id });
      return done;
    },
  };
}
