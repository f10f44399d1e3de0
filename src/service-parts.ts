import type { Connection } from 'mongoose';
import type { Ticker } from '../jobs/ticker.ts';
import type { Secrets } from './config.ts';
import type { Day } from './domain/ids.ts';
import type { RetentionTerms } from './domain/retention.ts';
import type { CanaryCall, CarrierCalls } from './ports-carrier.ts';
import type { KeyRing } from './ports-keys.ts';
import type { Messenger } from './ports-messages.ts';
import type { Spool } from './ports-spool.ts';
import type { Chance, Clock, Log, Registry } from './ports.ts';
import type { MasterCipher } from './services/number-cipher.ts';

/** What the service is made of beside its configuration; tests give their own clock, chance and registry. */
export interface ServiceParts {
  readonly connection: Connection;
  readonly secrets: Secrets;
  readonly cipher: MasterCipher;
  /** Absent: data keys are wrapped by the key of the master key alone. */
  readonly ring?: KeyRing;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
  readonly randomBytes: (size: number) => Buffer;
  readonly registry: Registry;
  readonly carrier: CarrierCalls;
  readonly messenger: Messenger;
  /** Absent: the service does not call itself. */
  readonly canaryCall?: CanaryCall | undefined;
  readonly spool: Spool;
  /** How long the database may take for a call before the call goes to the spool; two seconds. */
  readonly patienceMs?: number;
  /** Terms of retention that differ from the table's. */
  readonly retentionDays?: RetentionTerms;
  /** Rings for what is due in place of the minute; a test that counts what is due rings itself or not at all. */
  readonly ticker?: Ticker;
  /** Daily jobs look back no further. */
  readonly firstDay: Day;
}
