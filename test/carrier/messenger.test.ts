import { expect } from 'chai';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMessenger } from '../../src/carrier/messenger.ts';
import type { E164 } from '../../src/domain/ids.ts';
import { CARRIER } from '../support/caller.ts';

const TO = '+819011112201' as E164;
const LINE = '+815031000101' as E164;

describe('the messenger', () => {
  let carrier: Server;
  let url = '';
  let status = 201;
  let cut = false;
  const seen: { path: string; authorization: string; form: Record<string, string> }[] = [];

  before(async () => {
    carrier = createServer((request, response) => {
      void read(request).then((form) => {
        seen.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '', form });
        if (cut) return request.socket.destroy();
        response.writeHead(status, { 'content-type': 'application/json' }).end('{"sid":"SM1"}');
      });
    });
    await new Promise<void>((resolve) => carrier.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${String((carrier.address() as AddressInfo).port)}`;
  });
  after(() => carrier.close());
  const messenger = (more: object = { from: 'Genba' }) => createMessenger({ ...CARRIER, url, ...more });

  it("hands a text and a call in as Twilio's REST API wants them", async () => {
    expect(await messenger().sendText({ to: TO, text: 'お疲れさまです' })).to.equal('accepted');
    expect(await messenger().placeCall({ to: TO, from: LINE, path: '/webhooks/twilio/reminder?of=a%3Ab' })).to.equal(
      'accepted',
    );
    const authorization = `Basic ${Buffer.from(`${CARRIER.accountSid}:${CARRIER.token}`).toString('base64')}`;
    const account = `/2010-04-01/Accounts/${CARRIER.accountSid}`;
    expect(seen).to.deep.equal([
      { path: `${account}/Messages.json`, authorization, form: { To: TO, From: 'Genba', Body: 'お疲れさまです' } },
      {
        path: `${account}/Calls.json`,
        authorization,
        form: {
          ...{ To: TO, From: LINE, Method: 'POST', Timeout: '18' },
          Url: `${CARRIER.publicBaseUrl}/webhooks/twilio/reminder?of=a%3Ab`,
        },
      },
    ]);
  });

  it('tells what was refused, what was not reached, and what nobody knows', async () => {
    const sent = async (code: number) => {
      status = code;
      return messenger().sendText({ to: TO, text: 'x' });
    };
    expect(await sent(400)).to.equal('refused');
    expect(await sent(429)).to.equal('not-reached');
    expect(await sent(500)).to.equal('unknown');
    cut = true;
    expect(await sent(201)).to.equal('unknown');
    cut = false;
    expect(await messenger({ from: 'Genba', url: 'http://127.0.0.1:9' }).sendText({ to: TO, text: 'x' })).to.equal(
      'not-reached',
    );
  });

  it('sends no text without a number to send it from', async () => {
    expect(messenger({}).sendsTexts).to.equal(false);
    expect(await messenger({}).sendText({ to: TO, text: 'x' })).to.equal('refused');
  });
});

async function read(request: IncomingMessage): Promise<Record<string, string>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString()));
}
