import { mkdtempSync, rmSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import express, { type Express } from 'express';
import { createCarrierConsole } from '../../src/carrier/carrier-console.ts';
import { checkLine } from '../../src/carrier/check-numbers.ts';
import { planNumber } from '../../src/carrier/number-plan.ts';
import { setupNumber } from '../../src/carrier/setup-number.ts';
import type { E164 } from '../../src/domain/ids.ts';
import { renderTwiml } from '../../ivr/twiml.ts';
import { createCallLimits } from '../../routes/call-limits.ts';
import { webhookRoutes } from '../../routes/webhooks.ts';
import { CARRIER } from '../support/caller.ts';
import { type NumberCarrier, boughtNumber, runTwilioCommand, serveNumbers } from '../support/number-carrier.ts';

const NUMBER = '+815031000101' as E164;
const RETRIES = '#ct=2000&rt=4000&tt=10000&rc=2&rp=ct,rt,5xx';

describe('the twilio command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twilio-'));
  const app: Express = express();
  const statuses: string[] = [];
  let service: Server;
  let publicBaseUrl = '';
  let carrier: NumberCarrier;

  before(async () => {
    service = createServer(app);
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    publicBaseUrl = `http://127.0.0.1:${String((service.address() as AddressInfo).port)}`;
    app.get('/elsewhere.xml', (_request, response) => void response.type('text/xml').send('<Response></Response>'));
    app.get('/elsewhere.txt', (_request, response) => void response.type('text/plain').send('<Response></Response>'));
    app.use(
      webhookRoutes({
        answerNotice: () => Promise.resolve(''),
        answerReminder: () => Promise.reject(new Error('not asked here')),
        keepCall: () => Promise.reject(new Error('no call is made here')),
        noteStatus: ({ callId, status }) => Promise.resolve(void statuses.push(`${callId} ${status}`)),
        render: renderTwiml,
        publicBaseUrl,
        accountSid: CARRIER.accountSid,
        tokens: [CARRIER.token],
        log: { info: () => {}, warn: () => {}, error: () => {} },
        count: () => {},
        noteCarrierTime: () => {},
        limits: createCallLimits({
          clock: { real: () => new Date() },
          isRegistered: () => Promise.resolve(false),
          render: renderTwiml,
          log: { error: () => {} },
          count: () => {},
          alarm: () => {},
        }),
      }),
    );
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    service.closeAllConnections();
    await new Promise((resolve) => service.close(resolve));
  });
  beforeEach(async () => {
    statuses.length = 0;
    carrier = await serveNumbers(boughtNumber(NUMBER));
  });
  afterEach(() => carrier.close());

  /** The command as an operator runs it, with a carrier of our own. */
  const run = (words: readonly string[], other: Record<string, string> = {}) =>
    runTwilioCommand(words, {
      PUBLIC_BASE_URL: publicBaseUrl,
      CARRIER_API_URL: carrier.url,
      DATA_DIR: folder,
      ...other,
    });

  /** The same without the command around it. */
  const access = { accountSid: CARRIER.accountSid, token: CARRIER.token };
  const openConsole = (other: { token?: string } = {}) =>
    createCarrierConsole({ ...access, apiUrl: carrier.url, ...other });
  const elsewhere = (file: string) => `${publicBaseUrl.replace('127.0.0.1', 'localhost')}/${file}`;
  function setup(fallbackUrl?: string) {
    const plan = planNumber({ publicBaseUrl, ...(fallbackUrl ? { fallbackUrl } : {}) });
    return setupNumber({ console: openConsole(), number: NUMBER, plan, dryRun: false });
  }
  async function check(other: { sandbox?: boolean; token?: string; number?: E164; fallbackUrl?: string } = {}) {
    const console = openConsole(other.token === undefined ? {} : { token: other.token });
    const findings = await checkLine({ ...access, console, publicBaseUrl, sandbox: true, ...other });
    return findings.map(({ level, sentence }) => `${level}: ${sentence}`).join('\n');
  }

  it('answers --help, for itself and for each of its parts', async () => {
    const all = await Promise.all([run(['--help']), run(['setup', '--help']), run(['check', '--help'])]);
    expect(all.map(({ code }) => code)).to.deep.equal([0, 0, 0]);
    expect(all[0]?.out).to.match(/setup[\s\S]*check/);
    expect(all[1]?.out).to.match(/--number[\s\S]*--fallback-url[\s\S]*--dry-run/);
    expect(all[2]?.out).to.match(/--number/);
  });

  it('shows with --dry-run what it would write, and writes nothing', async () => {
    const { code, out } = await run(['setup', '--number', '050-3100-0101', '--dry-run']);
    expect(code).to.equal(0);
    expect(out).to.include(`"https://demo.twilio.com/welcome/voice/" → "${publicBaseUrl}/webhooks/twilio/voice`);
    expect(out).to.include('Nothing was written');
    expect(carrier.writes).to.deep.equal([]);
  });

  it('writes the three addresses with their retries, checks them, and the second time writes nothing', async () => {
    const first = await run(['setup', '--number', NUMBER]);
    expect(first.code, first.err).to.equal(0);
    expect(carrier.writes).to.deep.equal([
      {
        VoiceUrl: `${publicBaseUrl}/webhooks/twilio/voice${RETRIES}`,
        VoiceFallbackUrl: `${publicBaseUrl}/webhooks/twilio/fallback${RETRIES}`,
        StatusCallback: `${publicBaseUrl}/webhooks/twilio/status${RETRIES}`,
      },
    ]);
    const { code, out, err } = await run(['check']);
    expect(code, out + err).to.equal(0);
    expect(out).to.include(`${NUMBER} is set up as it should be.`);
    expect(out).to.include('A signed request came through (204).');
    expect(out).to.include('A wrongly signed request was refused (403).');
    expect(out).to.match(/mind .*how many calls .* at once/i);
    expect(statuses).to.deep.equal([`CA${'0'.repeat(32)} completed`]);
    expect((await run(['setup', '--number', NUMBER])).out).to.include('nothing was written');
    expect(carrier.writes).to.have.length(1);
  });

  it('takes away what would win over the addresses, and fetches a fallback elsewhere with GET', async () => {
    Object.assign(carrier.numbers[0] ?? {}, {
      voice_application_sid: `AP${'2'.repeat(32)}`,
      api_version: '2008-08-01',
    });
    expect(await setup(elsewhere('elsewhere.xml'))).to.deep.include({ ok: true });
    expect(carrier.writes[0]).to.deep.include({
      VoiceFallbackUrl: elsewhere('elsewhere.xml'),
      VoiceFallbackMethod: 'GET',
      VoiceApplicationSid: '',
      ApiVersion: '2010-04-01',
    });
    expect(await check())
      .to.include('fine: The fallback elsewhere is there.')
      .and.not.include('wrong:');
  });

  it('finds a fallback elsewhere wanting that the carrier could not read', async () => {
    await setup(elsewhere('elsewhere.txt'));
    expect(await check()).to.match(/wrong: .*elsewhere\.txt is served as "text\/plain/);
    expect(await check({ fallbackUrl: elsewhere('nowhere.xml') })).to.match(
      /wrong: .*nowhere\.xml was answered with 404/,
    );
  });

  it('names every setting that is not what it should be', async () => {
    const { code, out, err } = await run(['check', '--number', NUMBER]);
    expect(code).to.equal(1);
    expect(out).to.match(/WRONG .*voiceUrl is "https:\/\/demo.*" and should be/);
    expect(out).to.match(/WRONG .*statusCallback is "" and should be/);
    expect(err).to.match(/Calls may not arrive: 3 of \d+ findings are wrong\./);
  });

  it('warns of a trial account and finds a suspended one wrong', async () => {
    await setup();
    carrier.account.type = 'Trial';
    expect(await check()).to.match(/warning: .*trial account.*five calls at once/);
    carrier.account.status = 'suspended';
    expect(await check()).to.match(/wrong: The account is suspended/);
  });

  it('finds it wrong when the service has another token (failure mode 22)', async () => {
    await setup();
    const found = await check({ token: 'a-token-of-somebody-else' });
    expect(found).to.match(/wrong: .*does not know this account and token/);
    expect(found).to.match(/wrong: A signed request .* was refused \(403\)/);
  });

  it('finds an address wrong that the real carrier cannot reach', async () => {
    expect(await check({ sandbox: false })).to.match(/wrong: .*which the carrier cannot reach/);
    expect(await check()).to.not.match(/cannot reach/);
  });

  it('says in a sentence what it cannot do', async () => {
    const nobody = { TWILIO_ACCOUNT_SID: '', TWILIO_AUTH_TOKENS: '' };
    const away = { CARRIER_API_URL: 'http://127.0.0.1:9' };
    const failures: [string[], RegExp, Record<string, string>?, number?][] = [
      [['setup', '--number', '12'], /"12" is not a telephone number/],
      [['setup', '--number', '+815031000999'], /does not hold \+815031000999; it holds \+815031000101/],
      [['setup', '--number', NUMBER, '--fallback-url', 'here'], /"here" is not an address/],
      [['setup'], /required option '--number/],
      [['check'], /Calls may not arrive/],
      [['setup', '--number', NUMBER], /carrier at .* does not answer/, away],
      [['check'], /PUBLIC_BASE_URL/, { PUBLIC_BASE_URL: 'nowhere' }, 78],
      [['check'], /TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKENS are needed/, nobody, 78],
    ];
    const done = await Promise.all(failures.map(([words, , other]) => run(words, other)));
    for (const [place, [words, sentence, , expected = 1]] of failures.entries()) {
      expect(done[place]?.code, words.join(' ')).to.equal(expected);
      expect(done[place]?.err)
        .to.match(sentence)
        .and.not.match(/\n\s+at /);
    }
  });
});
