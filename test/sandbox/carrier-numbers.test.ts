import { expect } from 'chai';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { runTwilioCommand } from '../support/number-carrier.ts';
import { startSandbox } from './sandbox-server.ts';

const NUMBER = '+815031000101';

describe("the carrier's numbers in the sandbox", () => {
  let database: FreshDatabase;
  let one: Awaited<ReturnType<typeof startSandbox>>;
  const settings = () => ({ CARRIER_API_URL: one.url, PUBLIC_BASE_URL: 'https://calls.example.jp' });
  const held = async () => {
    const url = `${one.url}/2010-04-01/Accounts/AC1/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(NUMBER)}`;
    const answer = await fetch(url, { headers: { authorization: 'Basic x' } });
    return ((await answer.json()) as { incoming_phone_numbers: Record<string, string>[] }).incoming_phone_numbers[0];
  };

  before(async () => {
    database = await freshDatabase();
    one = await startSandbox(database.uri);
  });
  after(async () => {
    await one.stop();
    await database.drop();
  });

  it('are set up by the twilio command as real ones are, and keep it', async () => {
    expect((await held())?.['voice_url']).to.equal('https://demo.twilio.com/welcome/voice/');
    const setup = await runTwilioCommand(['setup', '--number', NUMBER], settings());
    expect(setup.code, setup.err).to.equal(0);
    expect((await held())?.['voice_url']).to.match(/^https:\/\/calls\.example\.jp\/webhooks\/twilio\/voice#/);
  });

  it('are refused by a sentence when the account holds no such number', async () => {
    const setup = await runTwilioCommand(['setup', '--number', '+815031000999'], settings());
    expect(setup.code).to.not.equal(0);
    expect(setup.err + setup.out).to.include('+815031000999');
  });
});
