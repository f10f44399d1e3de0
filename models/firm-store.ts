import type { Connection } from 'mongoose';
import type { Firm } from '../src/domain/firm.ts';
import type { FirmId } from '../src/domain/ids.ts';
import type { FirmStore } from '../src/ports.ts';
import { createRegister } from './register.ts';

/** The firms. */
export function createFirmStore(connection: Connection): FirmStore {
  return createRegister<Firm, FirmId>({ connection, collection: 'firms', keyOf: (firm) => firm.id });
}
