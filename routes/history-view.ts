import { z } from 'zod';
import { eraText } from '../src/domain/era-day.ts';
import type { HistoryReading } from '../src/services/read-histories.ts';

/** A history as the API shows it, field by field: nothing leaves by default. */
export const HistoryView = z.object({
  id: z.string(),
  workerId: z.string(),
  siteId: z.string(),
  workDate: z.string(),
  /** By the era, where it is asked for. */
  workDateEra: z.string().exactOptional(),
  entryAt: z.string().nullable(),
  exitAt: z.string().nullable(),
  employerId: z.string(),
  upperFirmId: z.string().nullable(),
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
  const { entryAt = null, exitAt = null, jobType = null, position = null, upperFirmId = null } = history;
  const { id, workerId, siteId, workDate, employerId, method, flags, version } = history;
  return {
    ...{ id, workerId, siteId, workDate, entryAt, exitAt, employerId, upperFirmId, jobType, position, method },
    evaluable: reasons.length === 0,
    notEvaluableReasons: [...reasons],
    flags: [...flags],
    version,
    forwarding: forwardingView(forwarding),
  };
}

/** The same, with its day by the era as forms have it. */
export function historyInEra(reading: HistoryReading): HistoryView {
  return { ...historyView(reading), workDateEra: eraText(reading.history.workDate) };
}

/** Before the first projection has enqueued it, a history waits to be handed over like any other. */
function forwardingView(forwarding: HistoryReading['forwarding']): HistoryView['forwarding'] {
  if (!forwarding) return { state: 'pending', attempts: 0, answer: null };
  const { state, attempts, answer = null } = forwarding;
  return { state, attempts, answer };
}
