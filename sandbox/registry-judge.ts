import type { RegistryHistory, RegistryRosterLine, RegistryTree } from '../src/domain/registry-item.ts';
import { tokyoDay } from '../src/domain/work-day.ts';
import type { KnownStore } from './known-store.ts';
import { judgeHistory, judgeRosterLine, judgeTree } from './registry-rules.ts';
import { type RegistryStore, keyOf } from './registry-store.ts';

/** Brings what the registry knows and holds together with its rules; `now` is its business time. */
export function createRegistryJudge({
  known,
  store,
  now,
}: {
  readonly known: KnownStore;
  readonly store: RegistryStore;
  readonly now: () => Date;
}) {
  return {
    async tree(tree: RegistryTree) {
      const { siteId } = tree;
      const ids = tree.rows.flatMap(({ firmId }) => firmId ?? []);
      const [site, firmIds] = await Promise.all([known.site(siteId), known.firmsAmong(ids)]);
      return store.trees.apply({ id: keyOf.tree(siteId), siteId }, (held) => judgeTree({ site, firmIds, held }, tree));
    },
    async rosterLine(line: RegistryRosterLine) {
      const { siteId, workerId, firmId } = line;
      const [site, worker, firm, tree] = await Promise.all([
        known.site(siteId),
        known.worker(workerId),
        known.firm(firmId),
        store.trees.item(keyOf.tree(siteId)),
      ]);
      return store.roster.apply({ id: keyOf.rosterLine(siteId, workerId), siteId }, (held) =>
        judgeRosterLine({ site, worker, firm, tree, held }, line),
      );
    },
    async history(history: RegistryHistory) {
      const { siteId, workerId, employerId, workDate } = history;
      const [site, worker, employer, tree, line] = await Promise.all([
        known.site(siteId),
        known.worker(workerId),
        known.firm(employerId),
        store.trees.item(keyOf.tree(siteId)),
        store.roster.item(keyOf.rosterLine(siteId, workerId)),
      ]);
      const today = tokyoDay(now());
      const place = { id: keyOf.history(workerId, siteId, workDate), siteId, workDate };
      return store.histories.apply(place, (held) =>
        judgeHistory({ site, worker, employer, tree, line, held, today }, history),
      );
    },
  };
}

export type RegistryJudge = ReturnType<typeof createRegistryJudge>;
