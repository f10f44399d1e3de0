import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CallWords, planCall } from '../../sandbox/call-plan.ts';
import { CARRIER, newCallId, runCallCommand } from '../support/caller.ts';
import { VOICE, type Writer, serveScripts } from '../support/scripted-service.ts';

const secrets = {
  publicBaseUrl: CARRIER.publicBaseUrl,
  baseUrl: 'http://localhost:3000',
  twilioAccountSid: CARRIER.accountSid,
  twilioAuthTokens: [CARRIER.token, 'an-older-token'],
};
const words: CallWords = { from: '090-1111-2222', to: '050-3100-0001', press: [], withheld: false, repeat: false };
const plan = (more: Partial<CallWords> = {}, env: Record<string, string> = {}, kept: unknown = secrets) =>
  planCall({ ...words, ...more }, { env, secrets: JSON.stringify(kept), newCallId: newCallId() });
const refusal = (outcome: ReturnType<typeof planCall>): string => (outcome.ok ? 'played' : (outcome.detail ?? ''));

describe('a simulated call as typed', () => {
  it('takes numbers in national form and signs with the secrets of the data folder', () => {
    const outcome = plan();
    expect(outcome.ok && outcome.value).to.deep.include({
      from: '+819011112222',
      to: '+815031000001',
      baseUrl: 'http://localhost:3000',
      publicBaseUrl: CARRIER.publicBaseUrl,
      accountSid: CARRIER.accountSid,
      token: CARRIER.token,
    });
  });

  it('lets the environment win over the secrets', () => {
    const env = { PUBLIC_BASE_URL: 'https://other.example/', TWILIO_AUTH_TOKENS: ' , new,old', PORT: '9' };
    const outcome = plan({}, env, { ...secrets, baseUrl: undefined });
    expect(outcome.ok && outcome.value).to.deep.include({
      publicBaseUrl: 'https://other.example',
      token: 'new',
      baseUrl: 'http://127.0.0.1:9',
    });
  });

  it('passes on what a carrier sends instead of a number, and impossible numbers with a plus', () => {
    for (const from of ['anonymous', '', '+266696687', '+811045000', 'client:desk', 'sip:100@example.jp']) {
      const outcome = plan({ from });
      expect(outcome.ok && outcome.value.from, from).to.equal(from);
    }
  });

  it('reads how long the caller stays and takes an empty answer for silence', () => {
    const outcome = plan({ hangupAfter: '1.5s', press: ['', '4021#'] });
    expect(outcome.ok && outcome.value).to.deep.include({ hangupAfterMs: 1500, press: [undefined, '4021#'] });
    const short = plan({ hangupAfter: '200ms' });
    expect(short.ok && short.value.hangupAfterMs).to.equal(200);
  });

  it('says in a sentence what it cannot play', () => {
    expect(refusal(plan({ from: '12' }))).to.match(/"12" is not a telephone number/);
    expect(refusal(plan({ to: 'here' }))).to.match(/"here" is not a telephone number/);
    expect(refusal(plan({ hangupAfter: 'soon' }))).to.match(/"soon" is not a time/);
    expect(refusal(plan({ press: ['1a'] }))).to.match(/"1a" cannot be pressed/);
    expect(refusal(plan({ callId: 'CA1' }))).to.match(/32 characters/);
    expect(refusal(plan({ url: 'localhost' }))).to.match(/"localhost" is not an address/);
    expect(refusal(plan({}, {}, {}))).to.match(/nothing to sign with/);
    expect(refusal(plan({}, {}, []))).to.match(/cannot be read/);
    const { from: _from, ...nobody } = words;
    expect(refusal(planCall(nobody, { env: {}, secrets: JSON.stringify(secrets), newCallId: newCallId() }))).to.match(
      /--withheld/,
    );
  });
});

describe('the call command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'call-'));
  let server: Server | undefined;

  const serve = async (writer: Writer): Promise<string> => {
    server = serveScripts({ [VOICE]: writer }).app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server?.once('listening', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const run = (url: string, ...more: string[]) =>
    runCallCommand(['--from', '090-1111-2222', '--to', '050-3100-0001', '--url', url, '--data-dir', folder, ...more]);

  before(() => writeFileSync(join(folder, 'secrets.json'), JSON.stringify(secrets)));
  afterEach(() => void server?.close());
  after(() => rmSync(folder, { recursive: true }));

  it('prints the conversation', async () => {
    const url = await serve((r, { Digits }) => void (Digits ? r.say(`ハイ ${Digits}`) : r.gather().say('ドウゾ')));
    const { code, out } = await run(url, '--press', '4021#', '--repeat');
    expect(code).to.equal(0);
    for (const line of ['hears    ドウゾ', 'presses  4021#', 'hears    ハイ 4021', 'equal byte for byte'])
      expect(out).to.include(line);
  });

  it('prints one JSON object for a program', async () => {
    const url = await serve((r) => void r.reject());
    const { out } = await run(url, '--json', '--call-id', `CA${'a'.repeat(32)}`);
    expect(JSON.parse(out)).to.deep.equal({
      callId: `CA${'a'.repeat(32)}`,
      turns: [{ say: [], ask: null, press: null }],
      ended: 'rejected',
      answered: false,
    });
  });

  it('fails with a sentence when nobody answers, and on an option it does not know', async () => {
    const silent = await run('http://127.0.0.1:1');
    expect(silent).to.include({ code: 1 });
    expect(silent.err).to.match(/Nobody answers at http:\/\/127\.0\.0\.1:1: is the service running/);
    const unknown = await run('http://127.0.0.1:1', '--loudly');
    expect(unknown).to.include({ code: 1 });
    expect(unknown.err).to.match(/unknown option '--loudly'/);
  });
});
