import { expect } from 'chai';
import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import { DatabaseRefusal } from '../../db/database-refusal.ts';
import { prepareJavaEngine } from '../../db/java-engine.ts';
import { createHolders } from '../support/holders.ts';

describe('preparing the Java engine', () => {
  const folders = createHolders();
  const path = env['PATH'];
  afterEach(() => {
    env['PATH'] = path;
  });
  after(() => folders.clear());

  /** Prepares with nothing on the PATH but the tools given, each saying its version. */
  async function refusalWith(tools: Record<string, string>): Promise<string> {
    const bin = await folders.folder();
    const cacheDir = await folders.folder();
    for (const [name, said] of Object.entries(tools)) {
      await writeFile(join(bin, name), `#!/bin/sh\necho '${said}'\n`);
      await chmod(join(bin, name), 0o755);
    }
    env['PATH'] = bin;
    const error: unknown = await prepareJavaEngine({ cacheDir, progress: () => undefined }).catch(
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(DatabaseRefusal);
    expect(await readdir(cacheDir)).to.deep.equal([]);
    return (error as DatabaseRefusal).sentence;
  }

  it('says what to install where there is no JDK', async () => {
    expect(await refusalWith({})).to.match(/there is no JDK on this machine; install a JDK 17 or newer with Maven/);
  });

  it('says so where the JDK is too old', async () => {
    expect(await refusalWith({ javac: 'javac 11.0.2', mvn: 'Apache Maven 3.8.7' })).to.include('the JDK here is 11');
  });

  it('says so where there is no Maven', async () => {
    expect(await refusalWith({ javac: 'javac 17.0.15' })).to.include('there is no Maven on this machine');
  });
});
