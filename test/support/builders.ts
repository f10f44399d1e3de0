import type { CallId, FirmId, SiteId, WorkerId } from '../../src/domain/ids.ts';
import type { Passage } from '../../src/domain/passage.ts';
import type { Evidence } from '../../src/domain/roster.ts';

export const WORKER = 'wrk_builder' as WorkerId;
export const SITE = 'sit_here' as SiteId;
export const ELSEWHERE = 'sit_there' as SiteId;
export const PRIME = 'frm_prime' as FirmId;
export const EMPLOYER = 'frm_employer' as FirmId;

/** A complete passage of a worker's own call; name only what the test is about. */
export function aPassage(about: Partial<Passage> & { readonly at: Date }): Passage {
  return {
    workerId: WORKER,
    siteId: SITE,
    seq: 1,
    direction: 'entry',
    by: 'state',
    source: 'call',
    callId: `CA${'0'.repeat(32)}` as CallId,
    receipt: '0000',
    standing: {
      employerId: EMPLOYER,
      upperFirmId: PRIME,
      standingConsent: true,
      jobType: '34-01',
      position: 'FOREMAN',
    },
    maxShiftHours: 14,
    flags: [],
    ...about,
  };
}

/** An instant in Tokyo, as `2026-11-24 07:41`. */
export function tokyo(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}:00+09:00`);
}

/** What one worker's calls say for a firm. */
export function anEvidence(about: Partial<Evidence> & { readonly firmId: FirmId }): Evidence {
  return {
    standingConsent: true,
    calls: 1,
    first: '2026-11-24T07:41:00+09:00',
    last: '2026-11-24T07:41:00+09:00',
    ...about,
  };
}
