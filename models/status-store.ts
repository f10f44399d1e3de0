import type { Connection } from 'mongoose';
import { terminalStatuses } from '../src/domain/call-status.ts';
import type { CallId } from '../src/domain/ids.ts';
import type { CallStatus, StatusStore } from '../src/ports.ts';
import { type Keyed, collectionOf } from './collection.ts';
import { isDuplicateKey } from './connection.ts';

type StatusDoc = CallStatus & Keyed & { readonly terminal: boolean };

/** What the carrier said of a call, kept in the order of its events and not of their arrival; an end is never taken back. */
export function createStatusStore(connection: Connection): StatusStore {
  const statuses = collectionOf<StatusDoc>(connection, 'callStatuses');
  return {
    async note(status) {
      const terminal = terminalStatuses.has(status.status);
      const older = { order: { $lte: status.order }, ...(terminal ? {} : { terminal: false }) };
      try {
        await statuses.updateOne({ _id: status.callId, ...older }, { $set: { ...status, terminal } }, { upsert: true });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error; // a later status stands already
        if (!terminal) return;
        // An end counts even where its number is lower than that of a status which arrived before it.
        await statuses.updateOne({ _id: status.callId, terminal: false }, { $set: { ...status, terminal } });
      }
    },
    async ofCalls(callIds) {
      const docs = await statuses.find({ _id: { $in: [...callIds] } }).toArray();
      return new Map(docs.map(({ _id, terminal: _terminal, ...status }) => [_id as CallId, status]));
    },
  };
}
