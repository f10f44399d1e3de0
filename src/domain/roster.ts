import type { History } from './history.ts';
import type { Day, FirmId, SiteId, WorkerId } from './ids.ts';
import { tokyoDay } from './work-day.ts';

/** What speaks for a firm standing under an upper firm: calls of one worker, and whether its employer agreed beforehand. */
export interface Evidence {
  readonly firmId: FirmId;
  readonly upperFirmId?: FirmId;
  readonly standingConsent: boolean;
  readonly calls: number;
  readonly first: string;
  readonly last: string;
}

/** One worker on one site's roster (施工体制技能者), as his days there say; job type and position hold per site. */
export interface RosterLine {
  readonly id: string;
  readonly siteId: SiteId;
  readonly workerId: WorkerId;
  readonly firmId: FirmId;
  readonly jobType?: string;
  readonly position?: string;
  readonly source: 'call';
  /** Empty when every call that spoke for it was taken back, or turned into an exit. */
  readonly evidence: readonly Evidence[];
  /** How many entries of the worker it was made from: what was made from fewer never replaces it. */
  readonly facts: number;
}

/** The key under which a roster line exists once. */
export function rosterId(siteId: SiteId, workerId: WorkerId): string {
  return `${siteId}:${workerId}`;
}

/** The last day on which something speaks for the line. */
export function lastDayOf({ evidence }: Pick<RosterLine, 'evidence'>): Day {
  return tokyoDay(new Date(evidence.reduce((last, piece) => (piece.last > last ? piece.last : last), '')));
}

/**
 * The roster lines of one worker from all his histories, `facts` entries long. A lone exit puts nobody on a site: its line has
 * no evidence, and takes the place of one whose entry was turned into that exit.
 */
export function deriveRoster(histories: readonly History[], facts: number): readonly RosterLine[] {
  const bySite = new Map<SiteId, History[]>();
  for (const history of histories) {
    bySite.set(history.siteId, [...(bySite.get(history.siteId) ?? []), history]);
  }
  return [...bySite.values()].flatMap((days) => lineOf(days, facts));
}

function lineOf(days: readonly History[], facts: number): readonly RosterLine[] {
  const sorted = [...days].sort((a, b) => (a.evidence.first < b.evidence.first ? -1 : 1));
  const standing = sorted.filter((day) => !day.withdrawn);
  const entered = (day: History) => day.evidence.entries > 0;
  const latest = standing.findLast(entered) ?? sorted.findLast(entered) ?? sorted.at(-1);
  if (!latest) return [];
  const counting = standing.some(entered) ? standing : [];
  const jobType = standing.findLast((day) => day.jobType !== undefined)?.jobType;
  const position = standing.findLast((day) => day.position !== undefined)?.position;
  return [
    {
      id: rosterId(latest.siteId, latest.workerId),
      siteId: latest.siteId,
      workerId: latest.workerId,
      firmId: latest.employerId,
      ...(jobType === undefined ? {} : { jobType }),
      ...(position === undefined ? {} : { position }),
      source: 'call',
      facts,
      evidence: sumEvidence(
        counting.map((day) => ({
          firmId: day.employerId,
          ...(day.upperFirmId ? { upperFirmId: day.upperFirmId } : {}),
          standingConsent: day.standingConsent,
          calls: day.evidence.calls,
          first: day.evidence.first,
          last: day.evidence.last,
        })),
      ),
    },
  ];
}

/** Evidence of the same firm under the same upper firm, added up; the order it is given in does not matter (I5). */
export function sumEvidence(pieces: readonly Evidence[]): readonly Evidence[] {
  const sums = new Map<string, Evidence>();
  for (const piece of pieces) {
    const key = `${piece.firmId}:${piece.upperFirmId ?? ''}`;
    const sum = sums.get(key);
    sums.set(key, sum ? add(sum, piece) : piece);
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

function add(a: Evidence, b: Evidence): Evidence {
  return {
    ...a,
    standingConsent: a.standingConsent || b.standingConsent,
    calls: a.calls + b.calls,
    first: a.first < b.first ? a.first : b.first,
    last: a.last > b.last ? a.last : b.last,
  };
}
