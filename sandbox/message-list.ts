import { type Connection, Schema } from 'mongoose';
import type { E164 } from '../src/domain/ids.ts';
import { maskNumber } from '../src/domain/phone-number.ts';

/** Something that would have gone out to a person; `to` is masked. */
export interface OutgoingMessage {
  readonly channel: string;
  readonly to: string;
  readonly text: string;
  readonly at: Date;
}

const schema = new Schema<OutgoingMessage>(
  { channel: String, to: String, text: String, at: Date },
  { versionKey: false, collection: 'messages' },
);

/** What would have been sent, kept instead of sent. */
export function createMessageList(connection: Connection) {
  const Messages = connection.model('Message', schema);
  return {
    async add({ to, ...message }: { channel: string; to: E164; text: string; at: Date }): Promise<void> {
      await Messages.insertOne({ ...message, to: maskNumber(to) });
    },
    /** The latest thousand, in the order in which they would have gone out. */
    async list(): Promise<readonly OutgoingMessage[]> {
      const docs = await Messages.find({}, { _id: 0 }).sort({ at: -1, _id: -1 }).limit(1000).lean<OutgoingMessage[]>();
      return docs.reverse();
    },
  };
}

export type MessageList = ReturnType<typeof createMessageList>;
