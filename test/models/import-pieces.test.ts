import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { collectionOf } from '../../models/collection.ts';
import { connect } from '../../models/connection.ts';
import { createImportStore } from '../../models/import-store.ts';
import type { Deed, ImportId } from '../../src/domain/phone-list/phone-import.ts';
import { createNumberCipher } from '../../src/services/number-cipher.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

describe('the pieces of an uploaded list', () => {
  let database: FreshDatabase;
  let connection: Connection;
  before(async () => {
    database = await freshDatabase();
    connection = await connect(database.uri, 2);
  });
  after(async () => {
    await connection.close();
    await database.drop();
  });

  it('are read, and rid of a person, as they were written before: text in text', async () => {
    const cipher = createNumberCipher(randomBytes(32), randomBytes);
    const imports = createImportStore(connection, cipher);
    const id = 'imp_before000' as ImportId;
    const packed = deflateRawSync(Buffer.from(JSON.stringify([{ row: 1 }, { row: 2 }])), { level: 1 });
    const docs = collectionOf<{ readonly _id: string; readonly sealed: string }>(connection, 'phoneImportPieces');
    await docs.insertOne({ _id: `${id}:deeds:00000`, sealed: cipher.sealText(packed.toString('base64')) });
    const read = async () => {
      const found: unknown[] = [];
      for await (const deeds of imports.deedsOf(id)) found.push(...deeds);
      return found;
    };
    expect(await read()).to.deep.equal([{ row: 1 }, { row: 2 }]);
    await imports.leaveOutDeeds(id, (deed: Deed) => (deed as unknown as { row: number }).row === 1);
    expect(await read()).to.deep.equal([{ row: 2 }]);
  });
});
