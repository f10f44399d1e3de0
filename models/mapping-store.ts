import type { Connection } from 'mongoose';
import type { FirmId } from '../src/domain/ids.ts';
import type { ColumnMapping, MappingStore } from '../src/ports-imports.ts';
import { type Keyed, collectionOf } from './collection.ts';

type MappingDoc = Keyed &
  Omit<ColumnMapping, 'name' | 'columns'> & {
    readonly columns: string;
    readonly owner?: FirmId;
    readonly name?: string;
  };

/** Mappings of columns under their names; headings may hold dots and dollars, so the columns are kept as text. */
export function createMappingStore(connection: Connection): MappingStore {
  const mappings = collectionOf<MappingDoc>(connection, 'columnMappings');
  const read = ({ _id, owner: _owner, name = _id, columns, ...rest }: MappingDoc): ColumnMapping => ({
    name,
    columns: JSON.parse(columns) as ColumnMapping['columns'],
    ...rest,
  });
  return {
    async save({ name, columns, ...rest }, owner) {
      const doc = { columns: JSON.stringify(columns), ...rest, ...(owner ? { owner, name } : {}) };
      await mappings.replaceOne({ _id: keyOf(name, owner) }, doc, { upsert: true });
    },
    async find(name, owner) {
      const doc = await mappings.findOne({ _id: keyOf(name, owner) });
      return doc ? read(doc) : undefined;
    },
    async all(owner) {
      const whose = owner ? { owner } : { owner: { $exists: false } };
      return (await mappings.find(whose).sort({ _id: 1 }).limit(500).toArray()).map(read);
    },
    async remove(name, owner) {
      return (await mappings.deleteOne({ _id: keyOf(name, owner) })).deletedCount === 1;
    },
  };
}

/** A name is one line of text, so no name of the operator's is a firm's key. */
function keyOf(name: string, owner: FirmId | undefined): string {
  return owner === undefined ? name : `${owner}\n${name}`;
}
