import { type Connection, Schema } from 'mongoose';
import { isDuplicateKey } from '../models/connection.ts';

interface SettingDoc {
  readonly _id: string;
  readonly value: unknown;
}

const schema = new Schema<SettingDoc>(
  { _id: { type: String, required: true }, value: { type: Schema.Types.Mixed, required: true } },
  { versionKey: false, collection: 'settings' },
);

/** Switches of the sandbox that all its instances obey; whoever reads one checks its form. */
export function createSettingsStore(connection: Connection) {
  const Settings = connection.model('Setting', schema);

  async function put(name: string, value: object): Promise<void> {
    try {
      await Settings.updateOne({ _id: name }, { $set: { value } }, { upsert: true });
    } catch (error) {
      // Another instance inserted it first: now it can be replaced.
      if (!isDuplicateKey(error)) throw error;
      await Settings.updateOne({ _id: name }, { $set: { value } });
    }
  }

  return {
    async read(name: string): Promise<unknown> {
      const doc = await Settings.findById(name).lean<SettingDoc>();
      return doc?.value;
    },
    put,
    async remove(name: string): Promise<void> {
      await Settings.deleteOne({ _id: name });
    },
  };
}

export type SettingsStore = ReturnType<typeof createSettingsStore>;
