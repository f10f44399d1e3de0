import type { Connection } from 'mongoose';
import type { ColumnMapping, MappingStore } from '../src/ports-imports.ts';
import { type Keyed, collectionOf } from './collection.ts';

type MappingDoc = Keyed & Omit<ColumnMapping, 'name' | 'columns'> & { readonly columns: string };

/** Mappings of columns under their names; headings may hold dots and dollars, so the columns are kept as text. */
export function createMappingStore(connection: Connection): MappingStore {
  const mappings = collectionOf<MappingDoc>(connection, 'columnMappings');
  const read = ({ _id, columns, ...rest }: MappingDoc): ColumnMapping => ({
    name: _id,
    columns: JSON.parse(columns) as ColumnMapping['columns'],
    ...rest,
  });
  return {
    async save({ name, columns, ...rest }) {
      await mappings.replaceOne({ _id: name }, { columns: JSON.stringify(columns), ...rest }, { upsert: true });
    },
    async find(name) {
      const doc = await mappings.findOne({ _id: name });
      return doc ? read(doc) : undefined;
    },
    async all() {
      return (await mappings.find({}).sort({ _id: 1 }).limit(500).toArray()).map(read);
    },
    async remove(name) {
      return (await mappings.deleteOne({ _id: name })).deletedCount === 1;
    },
  };
}
