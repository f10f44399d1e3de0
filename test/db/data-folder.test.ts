import { expect } from 'chai';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pid } from 'node:process';
import { claimFolder, findHolder, readDatabaseRecord, writeDatabaseRecord } from '../../db/data-folder.ts';
import { DatabaseRefusal } from '../../db/database-refusal.ts';
import { createHolders } from '../support/holders.ts';

describe('a data folder', () => {
  const holders = createHolders();
  after(() => holders.clear());

  it('belongs to one service, and the second is told which process has it', async () => {
    const folder = await holders.folder();
    const release = await claimFolder(folder);
    const refusal = await claimFolder(folder, { waitMs: 0 }).catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(DatabaseRefusal);
    expect((refusal as DatabaseRefusal).sentence).to.include(`in use by another service (process ${pid})`);
    await release();
    await (
      await claimFolder(folder, { waitMs: 0 })
    )();
  });

  it('is waited for while its service ends', async () => {
    const folder = await holders.folder();
    const release = await claimFolder(folder);
    const next = claimFolder(folder, { waitMs: 5_000 });
    await release();
    await (
      await next
    )();
  });

  it('is claimed by whatever name it is reached, however long', async () => {
    const folder = join(await holders.folder(), 'deep'.repeat(40), 'deeper'.repeat(30));
    await mkdir(folder, { recursive: true });
    const release = await claimFolder(folder);
    const other = await claimFolder(join(folder, '..', 'deeper'.repeat(30)), { waitMs: 0 }).catch(
      (error: unknown) => error,
    );
    expect(other).to.be.instanceOf(DatabaseRefusal);
    await release();
  });

  it('is free again when its service was killed', async () => {
    const folder = await holders.folder();
    const holder = await holders.hold(folder, 'java');
    expect(await findHolder(folder)).to.equal(String(holder.child.pid));
    await holder.end('SIGKILL');
    await (
      await claimFolder(folder)
    )();
  });

  it('remembers its engine in a file that only its owner reads', async () => {
    const folder = await holders.folder();
    expect(await readDatabaseRecord(folder)).to.deep.equal({});
    await writeDatabaseRecord(folder, { engine: 'java' });
    expect(await readDatabaseRecord(folder)).to.deep.equal({ engine: 'java' });
    expect((await stat(join(folder, 'database.json'))).mode & 0o777).to.equal(0o600);
  });
});
