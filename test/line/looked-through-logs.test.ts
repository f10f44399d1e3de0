import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { expectCleanServiceLog, refuseTraces } from '../support/clean-logs.ts';
import { type Line, KEY, openLine } from '../support/line.ts';
import { office, registerBuilder } from '../support/office.ts';

const complaint = (look: Promise<unknown>) =>
  look.then(
    () => 'nothing',
    (error: unknown) => String(error),
  );

describe('the look through the logs', () => {
  let line: Line;

  it('finds a number in any spelling, a name, a key and keys that were pressed, and ends the test with it', async () => {
    for (const of of ['number', 'national', 'kana', 'key', 'pin'] as const) {
      line = await openLine();
      const { url } = await line.instance();
      const { people } = await registerBuilder(line, office(url), 1);
      const { number = '', kana = '' } = people[0] ?? {};
      const national = number.replace('+81', '0').replace(/^(\d{3})(\d{4})/, '$1-$2-');
      const slips = { number, national, kana, key: `Bearer ${KEY}`, pin: JSON.stringify({ digits: '4711' }) };
      line.logged.push(`somebody slipped ${slips[of]}`);
      expect(await complaint(line.close()), of).to.include('nobody may log');
    }
  }).timeout(120_000);

  it('finds four digits as a value, and no times or ids', () => {
    expect(() => refuseTraces('{"said":"4711"}', [])).to.throw('nobody may log');
    expect(() => refuseTraces('{"at":"2026-11-24T07:41:00+09:00","ms":4711,"id":"wrk_4711"}', [])).to.not.throw();
  });

  it('reads the log of a service in a process of its own, with the secrets that it made', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'genba-call-test-'));
    const secrets = {
      twilioAuthTokens: ['token-of-it'],
      adminApiKey: 'key-of-it',
      masterKey: 'm-of-it',
      registryToken: 'r-of-it',
    };
    await writeFile(join(dataDir, 'secrets.json'), JSON.stringify(secrets));
    const someone = { number: '+819012345678', kana: 'シケン アオ' };
    for (const slip of ['token-of-it', 'key-of-it', 'm-of-it', 'r-of-it', '090-1234-5678', 'シケン アオ']) {
      await writeFile(join(dataDir, 'service.log'), `{"msg":"call ${slip}"}\n`);
      expect(await complaint(expectCleanServiceLog(dataDir, [someone])), slip).to.include(slip);
    }
    await writeFile(join(dataDir, 'service.log'), '{"msg":"call CA00"}\n');
    expect(await complaint(expectCleanServiceLog(dataDir, [someone]))).to.equal('nothing');
    await rm(dataDir, { recursive: true });
  });
});
