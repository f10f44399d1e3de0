import type { Connection, mongo } from 'mongoose';
import type { Day } from '../src/domain/ids.ts';
import { alarmIndexes } from './alarm-store.ts';
import { sessionIndexes } from './account-store.ts';
import { auditIndexes } from './audit-store.ts';
import { callIndexes } from './call-record-store.ts';
import { type Keyed, collectionOf } from './collection.ts';
import { copyIndexes } from './copy-store.ts';
import { correctionIndexes } from './correction-store.ts';
import { departureIndexes } from './departure-store.ts';
import { hiringIndexes } from './hiring-store.ts';
import { isDuplicateKey } from './connection.ts';
import { dataKeyIndexes } from './data-key-store.ts';
import { consentIndexes } from './disclosure-store.ts';
import { erasureIndexes } from './erasure-store.ts';
import { exceptionIndexes } from './exception-store.ts';
import { forwardingIndexes } from './forwarding-store.ts';
import { headIndexes } from './head-store.ts';
import { historyIndexes } from './history-store.ts';
import { challengeIndexes, passkeyIndexes } from './passkey-store.ts';
import { mergeIndexes } from './merge-store.ts';
import { noticeIndexes } from './notice-store.ts';
import { lookIndexes } from './look-store.ts';
import { planIndexes } from './plan-store.ts';
import { ledgerIndexes } from './ledger-store.ts';
import { phoneIndexes } from './phone-store.ts';
import { reminderIndexes } from './reminder-store.ts';
import { relationIndexes } from './relation-store.ts';
import { rosterVersionIndexes } from './roster-version-store.ts';
import { StartRefusal } from './start-refusal.ts';
import { rosterIndexes } from './tree-store.ts';

const INDEXES: Readonly<Record<string, readonly mongo.IndexDescription[]>> = {
  ledger: ledgerIndexes,
  histories: [...historyIndexes, ...relationIndexes.histories],
  heads: headIndexes,
  roster: [...rosterIndexes, ...relationIndexes.roster],
  sites: relationIndexes.sites,
  trees: relationIndexes.trees,
  workers: relationIndexes.workers,
  calls: callIndexes,
  exceptions: exceptionIndexes,
  rosterVersions: rosterVersionIndexes,
  rosterSubmissions: [{ key: { siteId: 1, version: 1 }, name: 'site' }],
  forwardings: forwardingIndexes,
  plans: planIndexes,
  departures: departureIndexes,
  notices: noticeIndexes,
  merges: mergeIndexes,
  corrections: correctionIndexes,
  phoneNumbers: phoneIndexes,
  reminders: reminderIndexes,
  alarms: alarmIndexes,
  sessions: sessionIndexes,
  passkeys: passkeyIndexes,
  passkeyChallenges: challengeIndexes,
  audit: auditIndexes,
  looks: lookIndexes,
  proxyConsents: consentIndexes,
  insuranceCopies: copyIndexes,
  certificateImages: copyIndexes,
  hirings: hiringIndexes,
  facePhotos: copyIndexes,
  dataKeys: dataKeyIndexes,
  erasures: erasureIndexes,
  runs: [{ key: { job: 1, date: 1 }, name: 'job' }],
};

const OLDEST_MAJOR = 5;
const CLOCK_TOLERANCE_MS = 30_000;

/** What is said where the key and the database do not belong together. */
export const OTHER_MASTER_KEY =
  'MASTER_KEY is not the key that this database was written with; its telephone numbers could not be read.';

interface Setting extends Keyed {
  readonly value: string;
}

/** Looks at the database before anything is promised: version, acknowledged writes, clocks, master key, indexes. Answers its version. */
export async function checkDatabase(connection: Connection, fingerprint: string, now: () => Date): Promise<string> {
  const version = await checkVersion(connection);
  await checkClock(connection, now);
  await checkWrites(connection, now());
  await checkMasterKey(connection, fingerprint);
  await buildIndexes(connection);
  return version;
}

async function checkVersion(connection: Connection): Promise<string> {
  const info = await connection.db?.admin().command({ buildInfo: 1 });
  const version = String(info?.['version'] ?? '');
  if (Number.parseInt(version, 10) >= OLDEST_MAJOR) return version;
  throw new StartRefusal(`The database speaks version ${version || 'unknown'}; ${OLDEST_MAJOR}.0 or newer is needed.`);
}

async function checkClock(connection: Connection, now: () => Date): Promise<void> {
  const greeting = await connection.db?.admin().command({ isMaster: 1 });
  const theirs: unknown = greeting?.['localTime'];
  if (!(theirs instanceof Date)) return;
  const apart = Math.abs(theirs.getTime() - now().getTime());
  if (apart <= CLOCK_TOLERANCE_MS) return;
  throw new StartRefusal(
    `The clocks of this machine and of the database are ${Math.round(apart / 1000)} s apart; set them right.`,
  );
}

async function checkWrites(connection: Connection, now: Date): Promise<void> {
  const settings = collectionOf<Setting>(connection, 'settings');
  const value = now.toISOString();
  const written = await settings.updateOne({ _id: 'last-start' }, { $set: { value } }, { upsert: true });
  const read = await settings.findOne({ _id: 'last-start' });
  if (written.acknowledged && read) return;
  throw new StartRefusal('The database does not acknowledge writes; nothing could be called recorded.');
}

async function checkMasterKey(connection: Connection, fingerprint: string): Promise<void> {
  const kept = await keepSetting(connection, 'master-key', fingerprint);
  if (kept !== fingerprint) throw new StartRefusal(OTHER_MASTER_KEY);
}

/** Whether a database was written with this master key, or with none yet. */
export async function knowsMasterKey(connection: Connection, fingerprint: string): Promise<boolean> {
  const kept = await collectionOf<Setting>(connection, 'settings').findOne({ _id: 'master-key' });
  return !kept || kept.value === fingerprint;
}

/** The day on which this database was first used: daily jobs look back no further. */
export async function firstDay(connection: Connection, today: Day): Promise<Day> {
  return (await keepSetting(connection, 'first-day', today)) as Day;
}

/** Keeps the first value ever given under a name, and answers it. */
async function keepSetting(connection: Connection, name: string, value: string): Promise<string> {
  const settings = collectionOf<Setting>(connection, 'settings');
  try {
    await settings.insertOne({ _id: name, value });
    return value;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return (await settings.findOne({ _id: name }))?.value ?? value;
  }
}

async function buildIndexes(connection: Connection): Promise<void> {
  for (const [name, indexes] of Object.entries(INDEXES)) {
    await collectionOf(connection, name).createIndexes([...indexes]);
  }
  for (const model of Object.values(connection.models)) await model.createIndexes();
}
