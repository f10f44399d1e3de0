import type { Router } from 'express';
import type { Carrier } from '../ivr/render-acts.ts';
import { jambonzRoutes } from '../routes/jambonz-webhooks.ts';
import { type AgiServer, createAgiServer } from './agi/agi-server.ts';
import type { Attendance } from './compose-attendance.ts';
import type { Clock, Log } from './ports.ts';
import type { KeepCall } from './services/keep-call.ts';

interface Ground {
  readonly attendance: Pick<Attendance, 'keepCall' | 'noteStatus'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly count: (what: 'answered' | 'spooled' | 'refused' | 'not-kept') => void;
  /** Without it jambonz has no webhooks here. */
  readonly jambonzSecret?: string;
}

export interface OwnLines {
  readonly jambonz?: Router;
  /** The line of an Asterisk; it is heard only after `listen`. */
  readonly agi: AgiServer;
}

/** Lines beside the carrier's: a jambonz, when it has a secret, and an Asterisk, when it is listened for. */
export function composeOwnLines({ attendance, jambonzSecret, ...ground }: Ground): OwnLines {
  const { noteStatus } = attendance;
  const keepFor =
    (carrier: Carrier): KeepCall =>
    (call) =>
      attendance.keepCall({ ...call, carrier });
  const agi = createAgiServer({ ...ground, noteStatus, keepCall: keepFor('agi') });
  if (jambonzSecret === undefined) return { agi };
  const keepCall = keepFor('jambonz');
  return { agi, jambonz: jambonzRoutes({ ...ground, noteStatus, keepCall, secret: jambonzSecret }) };
}
