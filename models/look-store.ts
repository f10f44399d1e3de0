import type { Connection } from 'mongoose';
import { type Look, isOpenLook } from '../src/domain/look.ts';
import type { LookStore } from '../src/ports-looks.ts';
import { type Keyed, collectionOf } from './collection.ts';
import { createRegister } from './register.ts';

export const lookIndexes = [
  { key: { by: 1, until: 1 }, name: 'by' },
  { key: { firmId: 1 }, name: 'firm' },
];

/** Looks of the operator's people into firms. */
export function createLookStore(connection: Connection): LookStore {
  const looks = collectionOf<Look & Keyed>(connection, 'looks');
  return {
    ...createRegister<Look, string>({ connection, collection: 'looks', keyOf: (look) => look.id }),
    async openTo(by, now) {
      const found = await looks.find({ by, until: { $gt: now } }).toArray();
      return [...new Set(found.filter((look) => isOpenLook(look, now)).map(({ firmId }) => firmId))];
    },
  };
}
