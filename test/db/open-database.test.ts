import { expect } from 'chai';
import { access } from 'node:fs/promises';
import { kill } from 'node:process';
import mongoose from 'mongoose';
import { attachDatabase } from '../../db/attach-database.ts';
import { readDatabaseRecord, writeDatabaseRecord } from '../../db/data-folder.ts';
import { DatabaseRefusal } from '../../db/database-refusal.ts';
import { nameDatabase, openDatabase } from '../../db/open-database.ts';
import { createHolders } from '../support/holders.ts';

const quiet = { progress: () => undefined };

async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.catch((reason: unknown) => reason);
  expect(error).to.be.instanceOf(DatabaseRefusal);
  return (error as DatabaseRefusal).sentence;
}

async function withClient<T>(uri: string, use: (client: mongoose.mongo.MongoClient) => Promise<T>): Promise<T> {
  const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 5_000 });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

const count = (uri: string) => withClient(uri, (client) => client.db().collection('kept').countDocuments());
const insert = (uri: string) => withClient(uri, (client) => client.db().collection('kept').insertOne({}));
const enginePid = (uri: string) =>
  withClient(uri, async (client) => Number((await client.db().admin().serverStatus())['pid']));

describe('the address of a database', () => {
  it('gets the name of the database where it has none', () => {
    expect(nameDatabase('mongodb://h:1', 'x')).to.equal('mongodb://h:1/x');
    expect(nameDatabase('mongodb://h:1/', 'x')).to.equal('mongodb://h:1/x');
    expect(nameDatabase('mongodb://u:p@h:1,i:2/?w=1', 'x')).to.equal('mongodb://u:p@h:1,i:2/x?w=1');
    expect(nameDatabase('mongodb+srv://h/own?w=1', 'x')).to.equal('mongodb+srv://h/own?w=1');
  });

  it('is refused where it is none', async () => {
    const attempt = openDatabase({ ...quiet, uri: 'http://h', engine: 'auto', dataDir: 'unused' });
    expect(await refusal(attempt)).to.include('MONGODB_URI is not a MongoDB address');
  });
});

describe('the database of a data folder', () => {
  const holders = createHolders();
  after(() => holders.clear());

  it('is the server named, and then nothing is started', async () => {
    const dataDir = await holders.folder();
    const database = await openDatabase({ ...quiet, uri: 'mongodb://h:1', engine: 'java', dataDir });
    expect(database).to.include({ uri: 'mongodb://h:1/genba_call', engine: 'external', why: 'MONGODB_URI is set' });
    expect((await readDatabaseRecord(dataDir)).running?.uri).to.equal('mongodb://h:1/genba_call');
    await database.close();
    expect(await readDatabaseRecord(dataDir)).to.deep.equal({});
  });

  it('is found again by the next start, and a record names its engine', async () => {
    const dataDir = await holders.folder();
    const first = await openDatabase({ ...quiet, engine: 'java', dataDir });
    await insert(first.uri);
    await first.close();
    expect(await readDatabaseRecord(dataDir)).to.deep.equal({ engine: 'java' });
    const second = await openDatabase({ ...quiet, engine: 'auto', dataDir });
    expect(second).to.include({ engine: 'java', why: 'it wrote this data folder' });
    expect(await count(second.uri)).to.equal(1);
    await second.close();
  });

  it('is never opened with another engine than the one that wrote it', async () => {
    const dataDir = await holders.folder();
    await writeDatabaseRecord(dataDir, { engine: 'mongod' });
    const sentence = await refusal(openDatabase({ ...quiet, engine: 'java', dataDir }));
    expect(sentence).to.include('was written by the mongod engine and is not opened with another');
  });

  it('ends with its service, also when that is killed, and keeps what was acknowledged', async () => {
    const dataDir = await holders.folder();
    const killed = await holders.hold(dataDir, 'java');
    await insert(killed.said.uri);
    await killed.end('SIGKILL');
    const stopped = await holders.hold(dataDir, 'java');
    expect(await count(stopped.said.uri)).to.equal(1);
    expect(await stopped.end('SIGTERM')).to.equal(0);
    expect(await refusedConnection(stopped.said.uri)).to.equal(true);
  });

  it('outlives the signals that reach only its own process', async () => {
    const holder = await holders.hold(await holders.folder(), 'java');
    const pid = await enginePid(holder.said.uri);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) kill(pid, signal);
    await insert(holder.said.uri);
    expect(await count(holder.said.uri)).to.equal(1);
    expect(await holder.end('SIGTERM')).to.equal(0);
  });

  it('says so when it dies by itself', async () => {
    const database = await openDatabase({ ...quiet, engine: 'java', dataDir: await holders.folder() });
    kill(await enginePid(database.uri), 'SIGKILL');
    expect(await database.ended).to.equal(undefined);
    await database.close();
  });

  it('is shared with a command beside the service, and opened by the command when there is none', async () => {
    const dataDir = await holders.folder();
    const holder = await holders.hold(dataDir, 'java');
    const beside = await attachDatabase({ ...quiet, engine: 'auto', dataDir });
    expect(beside.uri).to.equal(holder.said.uri);
    await beside.close();
    await insert(beside.uri);
    await holder.end('SIGKILL');
    const alone = await attachDatabase({ ...quiet, engine: 'auto', dataDir });
    expect(alone.uri).not.to.equal(holder.said.uri);
    expect(await count(alone.uri)).to.equal(1);
    await alone.close();
    await access(`${dataDir}/database.json`);
  });
});

function refusedConnection(uri: string): Promise<boolean> {
  const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 200 });
  return client.connect().then(
    async () => {
      await client.close();
      return false;
    },
    () => true,
  );
}
