import type { Viewer } from '../domain/api-key.ts';
import type { FirmId } from '../domain/ids.ts';
import { type Look, isOpenLook } from '../domain/look.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { LookStore } from '../ports-looks.ts';
import type { Chance, Clock, FirmStore } from '../ports.ts';
import { changeRegister } from './change-register.ts';

interface Parts {
  readonly looks: LookStore;
  readonly firms: FirmStore;
  readonly clock: Pick<Clock, 'real'>;
  readonly chance: Pick<Chance, 'id'>;
}

export interface NewLook {
  readonly firmId: FirmId;
  readonly reason: string;
  readonly minutes: number;
}

export type LookService = ReturnType<typeof createLookService>;

/** Opens and closes looks; the audit of the firm holds both, and every question asked meanwhile. */
export function createLookService({ looks, firms, clock, chance }: Parts) {
  return {
    isOpen: (look: Look) => isOpenLook(look, clock.real()),
    async open({ firmId, reason, minutes }: NewLook, by: string): Promise<Outcome<Look, 'unknown-firm' | 'conflict'>> {
      if (!(await firms.find(firmId))) return refuse('unknown-firm', 'firmId');
      const openedAt = clock.real();
      const until = new Date(openedAt.getTime() + minutes * 60_000);
      const look = { id: chance.id('lok'), by, firmId, reason, openedAt, until };
      return (await looks.create(look)) ? accept(look) : refuse('conflict');
    },
    /** Ends one's own look early; an operator ends anybody's. */
    async close(id: string, { keyId, role }: Viewer): Promise<Outcome<Look, 'not-found' | 'conflict'>> {
      return changeRegister<Look, string, 'not-found'>(looks, id, (look) => {
        if (look.by !== keyId && role !== 'operator') return refuse('not-found');
        return accept(look.closedAt ? look : { ...look, closedAt: clock.real() });
      });
    },
  };
}
