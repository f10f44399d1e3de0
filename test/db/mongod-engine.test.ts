import { expect } from 'chai';
import { access, chmod, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { env as inherited, execPath } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { createHolders } from '../support/holders.ts';

/** Listens where mongod would, and leaves a note in its folder when it is asked to shut down. */
const STAND_IN = `#!${execPath}
const { createServer } = require('node:net');
const { writeFileSync } = require('node:fs');
const value = (name) => process.argv[process.argv.indexOf(name) + 1];
if (process.argv.includes('--version')) {
  console.log('db version v8.0.4');
} else {
  writeFileSync(value('--dbpath') + '/arguments', process.argv.slice(2).join(' '));
  process.on('SIGTERM', () => {
    writeFileSync(value('--dbpath') + '/closed', 'yes');
    process.exit(0);
  });
  createServer((socket) => socket.end()).listen(Number(value('--port')), value('--bind_ip'));
}
`;

async function appears(path: string): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return true;
    await pause(50);
  }
  return false;
}

describe('mongod on the PATH', () => {
  const holders = createHolders();
  let env: Record<string, string>;
  before(async () => {
    const bin = await holders.folder();
    await writeFile(join(bin, 'mongod'), STAND_IN);
    await chmod(join(bin, 'mongod'), 0o755);
    env = { PATH: `${bin}${delimiter}${inherited['PATH'] ?? ''}` };
  });
  after(() => holders.clear());

  it('is used before any other engine, on loopback and with its journal', async () => {
    const dataDir = await holders.folder();
    const { said, end } = await holders.hold(dataDir, 'auto', env);
    expect(said).to.include({ engine: 'mongod', version: '8.0.4', why: 'mongod is on the PATH' });
    expect(said.uri).to.match(/^mongodb:\/\/127\.0\.0\.1:\d+\/genba_call$/);
    const used = await readFile(join(dataDir, 'mongod', 'arguments'), 'utf8');
    expect(used)
      .to.include('--bind_ip 127.0.0.1')
      .and.to.include('--storageEngine wiredTiger')
      .and.not.to.include('nojournal');
    expect(await end('SIGTERM')).to.equal(0);
    expect(await readFile(join(dataDir, 'mongod', 'closed'), 'utf8')).to.equal('yes');
  });

  it('shuts down in order when its service is killed', async () => {
    const dataDir = await holders.folder();
    const { end } = await holders.hold(dataDir, 'mongod', env);
    await end('SIGKILL');
    expect(await appears(join(dataDir, 'mongod', 'closed'))).to.equal(true);
  });

  it('is needed for a folder that it wrote, and its absence is said', async () => {
    const dataDir = await holders.folder();
    await (await holders.hold(dataDir, 'mongod', env)).end('SIGTERM');
    const without = await holders.hold(dataDir, 'auto', { MONGOMS_DOWNLOAD_MIRROR: 'http://127.0.0.1:9' });
    expect(without.said.refusal).to.include('The mongod engine is needed (it wrote this data folder)');
  });
});
