import { z } from 'zod';
import type { HistoryReading } from '../src/services/read-histories.ts';

/** A history as the API shows it, field by field: nothing leaves by default. */
export const HistoryView = z.object({
  id: z.string(),
  workerId: z.string(),
  siteId: z.string(),
  workDate: z.string(),
  entryAt: z.string().nullable(),
  exitAt: z.string().nullable(),
  employerId: z.string(),
  jobType: z.string().nullable(),
  position: z.string().nullable(),
  method: z.string(),
  evaluable: z.boolean(),
  notEvaluableReasons: z.array(z.string()),
  flags: z.array(z.string()),
  version: z.number().int(),
  forwarding: z.object({
    state: z.string(),
    attempts: z.number().int(),
    answer: z.object({ code: z.string(), sentence: z.string(), who: z.string() }).nullable(),
  }),
});
export type HistoryView = z.infer<typeof HistoryView>;

export function historyView({ history, reasons, forwarding }: HistoryReading): HistoryView {
  const { id, workerId, siteId, workDate, entryAt, exitAt, employerId, jobType, position, method, flags, version } =
    history;
  return {
    id,
    workerId,
    siteId,
    workDate,
    entryAt: entryAt ?? null,
    exitAt: exitAt ?? null,
    employerId,
    jobType: jobType ?? null,
    position: position ?? null,
    method,
    evaluable: reasons.length === 0,
    notEvaluableReasons: [...reasons],
    flags: [...flags],
    version,
    forwarding: {
      state: forwarding?.state ?? 'pending',
      attempts: forwarding?.attempts ?? 0,
      answer: forwarding?.answer ?? null,
    },
  };
}
