import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { connect } from '../../models/connection.ts';
import { createDataKeyStore } from '../../models/data-key-store.ts';
import type { WorkerId } from '../../src/domain/ids.ts';
import { openKeyRing } from '../../src/keys-file.ts';
import { createNumberCipher } from '../../src/services/number-cipher.ts';
import { createPersonVault } from '../../src/services/person-vault.ts';
import { createKeyRotation } from '../../src/services/rotate-keys.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

const ids = (count: number) => Array.from({ length: count }, (_unused, n) => `wrk_rotate${String(n)}` as WorkerId);

describe('a change of the key-encryption key', () => {
  const cipher = createNumberCipher(Buffer.alloc(32, 4), randomBytes);
  const first = cipher.firstKek();
  let database: FreshDatabase;
  let connection: Connection;
  let dataDir: string;

  /** Everything as a process that was just started has it: nothing is remembered from before. */
  const start = () => {
    const keys = createDataKeyStore(connection);
    const ring = openKeyRing({ config: { dataDir }, first, randomBytes });
    const vault = createPersonVault({ keys, ring, randomBytes, realMs: Date.now });
    return { keys, ring, vault, rotation: createKeyRotation({ keys, ring, randomBytes }) };
  };
  const sealAll = async (owners: readonly WorkerId[]) => {
    const keys = await start().vault.keysFor(owners);
    return new Map(owners.map((owner) => [owner, keys.seal(owner, Buffer.from(owner))]));
  };
  const expectReadable = async (sealed: ReadonlyMap<WorkerId, string>) => {
    const keys = await start().vault.keysOf([...sealed.keys()]);
    for (const [owner, text] of sealed) expect(keys.open(owner, text)?.toString()).to.equal(owner);
  };

  beforeEach(async () => {
    database = await freshDatabase();
    connection = await connect(database.uri, 8);
    dataDir = await mkdtemp(join(tmpdir(), 'genba-call-keys-'));
  });
  afterEach(async () => {
    await connection.close();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('puts every data key under a new key that only the data folder holds, and everything stays readable', async () => {
    const sealed = await sealAll(ids(7));
    const { rotation, ring } = start();
    const { kek, resumed } = await rotation.begin();
    expect(resumed).to.equal(false);
    while ((await rotation.step(3)) > 0) await expectReadable(sealed);
    expect(await rotation.status()).to.have.deep.members([
      { id: first.id, wraps: 0, current: false, kept: true },
      { id: kek, wraps: 7, current: true, kept: true },
    ]);
    await expectReadable(sealed);
    const file = join(dataDir, 'keys.json');
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect(await readFile(file, 'utf8')).to.contain(kek);
    expect((await ring.find(kek))?.key).to.have.length(32);
  });

  it('goes on where it was killed: all is readable in between, and no third key is made', async () => {
    const sealed = await sealAll(ids(9));
    const killed = start();
    const { kek } = await killed.rotation.begin();
    expect(await killed.rotation.step(4)).to.equal(4);
    await expectReadable(sealed);
    const again = start();
    expect(await again.rotation.begin()).to.deep.equal({ kek, resumed: true });
    while ((await again.rotation.step(4)) > 0) await expectReadable(sealed);
    expect((await again.rotation.status()).map(({ wraps }) => wraps).sort()).to.deep.equal([0, 9]);
    await expectReadable(sealed);
  });

  it('goes on when it was killed after the key was made and before anything was wrapped by it', async () => {
    const sealed = await sealAll(ids(2));
    const { kek } = await start().rotation.begin();
    expect(await start().rotation.begin()).to.deep.equal({ kek, resumed: true });
    await expectReadable(sealed);
  });

  it('is seen at once by a service that runs beside it', async () => {
    const service = start();
    await service.vault.keysFor(ids(1));
    const { kek } = await start().rotation.begin();
    const newcomer = 'wrk_rotatenew' as WorkerId;
    await service.vault.keysFor([newcomer]);
    expect((await service.keys.find([newcomer]))[0]?.kek).to.equal(kek);
  });

  it('lets an earlier key be forgotten only when it wraps nothing, and then old copies do not open', async () => {
    const [owner = '' as WorkerId] = ids(1);
    const sealed = await sealAll([owner]);
    const { rotation, keys, ring } = start();
    const second = await rotation.begin();
    while ((await rotation.step()) > 0);
    const [oldCopy] = await keys.find([owner]);
    const third = await rotation.begin();
    expect(await rotation.retire(second.kek)).to.deep.include({ ok: false, code: 'key-in-use' });
    while ((await rotation.step()) > 0);
    expect(await rotation.retire(third.kek)).to.deep.include({ ok: false, code: 'key-in-use' });
    expect(await rotation.retire(second.kek)).to.deep.include({ ok: true });
    expect(await rotation.retire(first.id)).to.deep.include({ ok: false, code: 'not-found' });
    expect(oldCopy?.kek).to.equal(second.kek);
    expect(await ring.find(second.kek)).to.equal(undefined);
    await expectReadable(sealed);
  });

  it('remembers which keys have ever wrapped whose, for the day one of them is in wrong hands', async () => {
    await sealAll(ids(3));
    const { rotation, keys } = start();
    await rotation.begin();
    while ((await rotation.step()) > 0);
    const affected: string[] = [];
    for await (const { owner } of keys.everUnder(first.id)) affected.push(owner);
    expect(affected.sort()).to.deep.equal(ids(3));
  });
});
