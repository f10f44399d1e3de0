import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'node:querystring';
import { collectionOf } from '../models/collection.ts';
import { connect } from '../models/connection.ts';
import { checkDatabase } from '../models/startup-checks.ts';
import { createChance, createRandomDraw } from '../src/chance.ts';
import { compose } from '../src/compose.ts';
import type { Day } from '../src/domain/ids.ts';
import type { Messenger } from '../src/ports-messages.ts';
import type { Registry } from '../src/ports.ts';
import { createNumberCipher } from '../src/services/number-cipher.ts';
import { openSpool } from '../src/spool/spool-folder.ts';
import { BENCH } from './settings.ts';

const nobodyToReach: Messenger = {
  sendsTexts: false,
  sendText: () => Promise.resolve('refused'),
  placeCall: () => Promise.resolve('refused'),
};

/** A server in a process of its own: `bare` or `service`. Told to it: mode, database, and whether to be quiet about failures. Tells: its port; on 'rss', its memory. */
const [mode, uri, quietly] = process.argv.slice(2);
const spoolFolder = join(tmpdir(), `genba-call-bench-${String(process.pid)}`);
const connection = await connect(uri ?? '');
const listener = mode === 'bare' ? bare() : await service();
const server = createServer(listener);
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', (asked) => {
  if (asked === 'rss') process.send?.({ rss: process.memoryUsage.rss() });
});
process.on('disconnect', () => {
  rmSync(spoolFolder, { recursive: true, force: true });
  process.exit(0);
});

/** The least that could be called durable: form, signature, one acknowledged insert, a constant answer. */
function bare(): RequestListener {
  const calls = collectionOf(connection, 'bare');
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = parse(Buffer.concat(chunks).toString());
      const text = Object.keys(form)
        .sort()
        .reduce((sum, key) => sum + key + String(form[key]), BENCH.publicBaseUrl + String(request.url));
      const expected = createHmac('sha1', BENCH.token).update(text).digest();
      const given = Buffer.from(String(request.headers['x-twilio-signature']), 'base64');
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        return void response.writeHead(403).end();
      void calls.insertOne({ _id: String(form['CallSid']), form, at: new Date() } as { _id: string }).then(() => {
        response
          .writeHead(200, { 'content-type': 'text/xml; charset=utf-8' })
          .end('<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>');
      });
    });
  };
}

/** The service as it is, with a registry that takes everything at once, so that the edge is measured and not the outside. */
async function service(): Promise<RequestListener> {
  const real = { now: () => new Date(), real: () => new Date() };
  const draw = createRandomDraw(randomBytes);
  const cipher = createNumberCipher(BENCH.masterKey, draw);
  await checkDatabase(connection, cipher.fingerprint(), real.real);
  const quiet = {
    info: () => undefined,
    warn: () => undefined,
    error: (fields: object) => void (quietly || process.stderr.write(`${JSON.stringify(fields)}\n`)),
  };
  const accepting: Registry = {
    sendTree: () => Promise.resolve({ state: 'accepted' }),
    sendRosterLine: () => Promise.resolve({ state: 'accepted' }),
    sendHistory: () => Promise.resolve({ state: 'accepted' }),
    historiesOf: () => Promise.resolve([]),
    digestsOf: () => Promise.resolve([]),
  };
  const composed = compose(
    { publicBaseUrl: BENCH.publicBaseUrl },
    {
      connection,
      secrets: {
        twilioAccountSid: BENCH.accountSid,
        twilioAuthTokens: [BENCH.token],
        adminApiKey: BENCH.adminApiKey,
        masterKey: BENCH.masterKey.toString('base64'),
        registryToken: 'not-used-here',
      },
      cipher,
      clock: real,
      chance: createChance({ randomBytes: draw, randomInt }),
      log: quiet,
      randomBytes: draw,
      spool: openSpool({
        folder: spoolFolder,
        sealer: cipher,
        log: quiet,
        newName: () => randomBytes(6).toString('hex'),
      }),
      registry: accepting,
      carrier: { callsTo: () => Promise.resolve([]) },
      messenger: nobodyToReach,
      firstDay: new Date().toISOString().slice(0, 10) as Day,
    },
  );
  await composed.start();
  return composed.app;
}
