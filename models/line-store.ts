import type { Connection } from 'mongoose';
import type { E164 } from '../src/domain/ids.ts';
import type { Line } from '../src/domain/line-use.ts';
import type { LineStore } from '../src/ports.ts';
import { createRegister } from './register.ts';

/** The lines, by the number that people dial. */
export function createLineStore(connection: Connection): LineStore {
  return createRegister<Line, E164>({ connection, collection: 'lines', keyOf: (line) => line.number });
}
