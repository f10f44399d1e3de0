import type { Connection } from 'mongoose';
import type { ChangeEntry, ChangeLog } from '../src/ports-search.ts';
import { type Keyed, collectionOf } from './collection.ts';
import { isDuplicateKey } from './connection.ts';

/** So many places are looked at by one question. */
const AHEAD = 16;

/** What changed in the registers, under places that are counted up: whoever writes a place first has it. */
export function createChangeLog(connection: Connection): ChangeLog {
  const entries = collectionOf<ChangeEntry & Keyed>(connection, 'registerChanges');
  return {
    async latest() {
      const [last] = await entries.find({}).sort({ _id: -1 }).limit(1).toArray();
      return last?.place ?? 0;
    },
    async after(place) {
      const next = Array.from({ length: AHEAD }, (_unused, step) => keyOf(place + 1 + step));
      const found = await entries.find({ _id: { $in: next } }).toArray();
      return found.sort((a, b) => a.place - b.place);
    },
    async append(entry) {
      try {
        await entries.insertOne({ _id: keyOf(entry.place), ...entry });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async prune(before) {
      await entries.deleteMany({ at: { $lt: before } });
    },
  };
}

function keyOf(place: number): string {
  return String(place).padStart(12, '0');
}
