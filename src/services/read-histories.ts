import type { NotEvaluableReason } from '../domain/evaluability.ts';
import type { Forwarding } from '../domain/forwarding.ts';
import type { History } from '../domain/history.ts';
import type { RosterLine } from '../domain/roster.ts';
import type { SiteId } from '../domain/ids.ts';
import type { Within } from '../domain/reach.ts';
import type { ForwardingStore } from '../ports-forwarding.ts';
import type { HistoryFilter, ProjectionStore } from '../ports-projection.ts';
import type { Page, PageRequest } from '../ports.ts';
import type { JudgeEvaluability } from './judge-evaluability.ts';

/** A history with what is judged and known of it now. */
export interface HistoryReading {
  readonly history: History;
  readonly reasons: readonly NotEvaluableReason[];
  readonly forwarding?: Forwarding;
}

export interface ReadHistories {
  page(filter: HistoryFilter, request: PageRequest): Promise<Page<HistoryReading>>;
  find(id: string, within: Within): Promise<HistoryReading | undefined>;
  roster(
    siteId: SiteId,
  ): Promise<readonly { readonly line: RosterLine; readonly reasons: readonly NotEvaluableReason[] }[]>;
}

/** Histories and roster lines as people read them: with evaluability and the state of their hand-over. */
export function createReadHistories(parts: {
  readonly projections: ProjectionStore;
  readonly forwardings: ForwardingStore;
  readonly judge: JudgeEvaluability;
}): ReadHistories {
  const { projections, forwardings, judge } = parts;

  async function read(histories: readonly History[]): Promise<readonly HistoryReading[]> {
    const [reasons, handed] = await Promise.all([
      judge(histories),
      forwardings.latest(
        'history',
        histories.map((history) => history.id),
      ),
    ]);
    return histories.map((history, place) => {
      const forwarding = handed.get(history.id);
      return { history, reasons: reasons[place] ?? [], ...(forwarding ? { forwarding } : {}) };
    });
  }

  return {
    async page(filter, request) {
      const page = await projections.pageHistories(filter, request);
      return { ...page, items: await read(page.items) };
    },
    async find(id, within) {
      const found = await projections.historyWithin(id, within);
      return found && (await read([found]))[0];
    },
    async roster(siteId) {
      const lines = (await projections.rosterOfSites([siteId])).filter((line) => line.evidence.length > 0);
      const reasons = await judge(lines.map((line) => ({ ...line, employerId: line.firmId, onRoster: true as const })));
      return lines.map((line, place) => ({ line, reasons: reasons[place] ?? [] }));
    },
  };
}
