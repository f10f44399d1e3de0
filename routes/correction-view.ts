import { z } from 'zod';
import { type Correction, type Decision as Decided, correctionStates } from '../src/domain/correction.ts';
import { type Warning, warnOfCode } from '../src/domain/warning.ts';
import { tokyoText } from '../src/domain/work-day.ts';
import type { Catalogs } from '../src/services/read-catalogs.ts';
import { WarningView } from './warning-view.ts';

const moment = z.string().nullable();

/** A request for a correction as the admin API shows it. */
export const CorrectionView = z
  .object({
    id: z.string(),
    siteId: z.string(),
    workerId: z.string(),
    workDate: z.string(),
    entryAt: moment,
    exitAt: moment,
    jobType: z.string().nullable(),
    position: z.string().nullable(),
    reasonCode: z.string(),
    note: z.string().nullable(),
    source: z.enum(['office', 'phone']),
    state: z.enum(correctionStates),
    requestedAt: z.string(),
    requestedBy: z.string(),
    decision: z
      .object({
        at: z.string(),
        by: z.string(),
        reasonCode: z.string().nullable(),
        actionCode: z.string().nullable(),
        note: z.string().nullable(),
      })
      .nullable(),
    warnings: z.array(WarningView),
  })
  .meta({ id: 'Correction' });
export type CorrectionView = z.infer<typeof CorrectionView>;

/** Shows a request with the warnings about its codes; the lists may lack them, so nothing is refused for that. */
export function correctionView(catalogs: Catalogs): (correction: Correction) => CorrectionView {
  return (correction) => {
    const { id, siteId, workerId, workDate, reasonCode, source, state, requestedBy } = correction;
    const { jobType = null, position = null, note = null, decision } = correction;
    const text = (at: Date | undefined) => (at ? tokyoText(at) : null);
    return {
      ...{ id, siteId, workerId, workDate, reasonCode, note, source, state, requestedBy },
      ...{ jobType, position },
      entryAt: text(correction.entryAt),
      exitAt: text(correction.exitAt),
      requestedAt: tokyoText(correction.requestedAt),
      decision: decision ? decisionView(decision) : null,
      warnings: [...warningsOf(correction, catalogs)],
    };
  };
}

function warningsOf({ jobType, position, reasonCode, decision }: Correction, catalogs: Catalogs): readonly Warning[] {
  const reasons = catalogs.codes('reason-codes');
  return [
    ...warnOfCode('/jobType', jobType, catalogs.codes('job-types')),
    ...warnOfCode('/position', position, catalogs.codes('positions')),
    ...warnOfCode('/reasonCode', reasonCode, reasons),
    ...warnOfCode('/decision/reasonCode', decision?.reasonCode, reasons),
    ...warnOfCode('/decision/actionCode', decision?.actionCode, catalogs.codes('action-codes')),
  ];
}

function decisionView({ at, by, ...said }: Decided): NonNullable<CorrectionView['decision']> {
  return { at: tokyoText(at), by, reasonCode: null, actionCode: null, note: null, ...said };
}
