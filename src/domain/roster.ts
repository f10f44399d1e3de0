import type { History } from './history.ts';
import type { FirmId, SiteId, WorkerId } from './ids.ts';

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
  readonly evidence: readonly Evidence[];
}

/** The key under which a roster line exists once. */
export function rosterId(siteId: SiteId, workerId: WorkerId): string {
  return `${siteId}:${workerId}`;
}

/** The roster lines of one worker from all his histories. A line needs an entry: a lone exit puts nobody on a site. */
export function deriveRoster(histories: readonly History[]): readonly RosterLine[] {
  const bySite = new Map<SiteId, History[]>();
  for (const history of histories) {
    if (history.withdrawn) continue;
    bySite.set(history.siteId, [...(bySite.get(history.siteId) ?? []), history]);
  }
  return [...bySite.values()].flatMap((days) => lineOf(days));
}

function lineOf(days: readonly History[]): readonly RosterLine[] {
  const sorted = [...days].sort((a, b) => (a.evidence.first < b.evidence.first ? -1 : 1));
  const latest = sorted.findLast((day) => day.evidence.entries > 0);
  if (!latest) return [];
  const jobType = sorted.findLast((day) => day.jobType !== undefined)?.jobType;
  const position = sorted.findLast((day) => day.position !== undefined)?.position;
  return [
    {
      id: rosterId(latest.siteId, latest.workerId),
      siteId: latest.siteId,
      workerId: latest.workerId,
      firmId: latest.employerId,
      ...(jobType === undefined ? {} : { jobType }),
      ...(position === undefined ? {} : { position }),
      source: 'call',
      evidence: sumEvidence(
        sorted.map((day) => ({
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
