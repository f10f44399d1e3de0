import type { Connection } from 'mongoose';
import type { Reconciliation, ReconciliationStore } from '../src/ports-runs.ts';
import { type Keyed, collectionOf, keysetPage, replaceAll } from './collection.ts';

/** What each day's comparison with the core registry found last. */
export function createReconciliationStore(connection: Connection): ReconciliationStore {
  const found = collectionOf<Reconciliation & Keyed>(connection, 'reconciliations');
  return {
    async save(reconciliation) {
      await replaceAll(found, [{ ...reconciliation, _id: reconciliation.id }]);
    },
    async page({ day }, request) {
      const order = { field: 'day', direction: -1, read: (text: string) => text } as const;
      const page = await keysetPage(found, day ? { day } : {}, order, request);
      return { ...page, items: page.items.map(({ _id, ...reconciliation }) => reconciliation) };
    },
  };
}
