import { expect } from 'chai';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Day } from '../../src/domain/ids.ts';
import { createHttpRegistry } from '../../src/registry/http-registry.ts';
import type { Registry } from '../../src/ports.ts';
import { aHistory, aLine, aTree } from '../sandbox/sandbox-server.ts';

type Script = (request: IncomingMessage, response: ServerResponse) => void;

const day = '2026-11-24' as Day;

describe('the registry over HTTP', () => {
  let server: Server;
  let registry: Registry;
  /** Waits only as long as a test likes to wait for nothing. */
  let hasty: Registry;
  let script: Script;
  const seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = [];

  before(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
        script(request, response);
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base/`;
    const open = (ms: number) => createHttpRegistry({ url, token: 'secret', timeouts: { connectMs: ms, totalMs: ms } });
    [registry, hasty] = [open(20_000), open(500)];
  });
  after(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  const accepting: Script = (request, response) =>
    response.end(JSON.stringify({ key: request.headers['idempotency-key'], state: 'accepted' }));

  it('puts each kind at its address, with our key and the token', async () => {
    script = accepting;
    seen.length = 0;
    for (const answer of [
      await registry.sendTree(aTree(), 'k1'),
      await registry.sendRosterLine(aLine(), 'k2'),
      await registry.sendHistory(aHistory(), 'k3'),
    ]) {
      expect(answer).to.deep.equal({ state: 'accepted' });
    }
    const { siteId, workerId } = aHistory();
    expect(seen.map(({ method, url }) => `${method} ${url}`)).to.deep.equal([
      `PUT /base/v1/sites/${siteId}/tree`,
      `PUT /base/v1/sites/${siteId}/roster/${workerId}`,
      `PUT /base/v1/histories/${workerId}/${siteId}/2026-11-24`,
    ]);
    expect(seen.map(({ headers }) => headers['idempotency-key'])).to.deep.equal(['k1', 'k2', 'k3']);
    expect(seen[0]?.headers.authorization).to.equal('Bearer secret');
    expect(JSON.parse(seen[2]?.body ?? '')).to.deep.equal(aHistory());
  });

  it('lets no item leave its path', async () => {
    script = accepting;
    seen.length = 0;
    await registry.sendTree(aTree({ siteId: '../../x?y' }), 'k');
    expect(seen[0]?.url).to.equal('/base/v1/sites/..%2F..%2Fx%3Fy/tree');
  });

  const endless = ['silence', 'an answer that drips for longer than we wait'];
  const spoiled: readonly [string, Script, string][] = [
    ['silence', () => undefined, 'unreachable'],
    ['a reset before the answer', (request) => request.socket.resetAndDestroy(), 'unreachable'],
    [
      'a reset in the middle of the answer',
      (request, response) => {
        response.writeHead(200, { 'content-length': 100 });
        response.write('{"key":', () => request.socket.destroy());
      },
      'unreachable',
    ],
    [
      'an answer that drips for longer than we wait',
      (request, response) => {
        const drip = setInterval(() => response.write(' '), 50);
        request.socket.once('close', () => clearInterval(drip));
      },
      'unreachable',
    ],
    ['what is not HTTP', (request) => request.socket.end('hello\r\n\r\n'), 'unreachable'],
    [
      'more than a megabyte',
      (_request, response) => response.end(`{"key":"k","state":"accepted","more":"${'x'.repeat(1_100_000)}"}`),
      'ambiguous',
    ],
    ['a redirection', (_request, response) => response.writeHead(307, { location: '/' }).end(), 'ambiguous'],
    ['bytes that are no text', (_request, response) => response.end(Buffer.from([0xff, 0xfe, 0x00])), 'ambiguous'],
  ];
  for (const [name, answering, state] of spoiled) {
    it(`takes ${name} for "${state}" and does not throw`, async () => {
      script = answering;
      const asked = endless.includes(name) ? hasty : registry;
      expect(await asked.sendHistory(aHistory(), 'k')).to.include({ state });
      expect(await asked.digestsOf(day)).to.equal(undefined);
    });
  }

  it('goes on by itself after the fault', async () => {
    script = accepting;
    expect(await registry.sendHistory(aHistory(), 'k')).to.deep.equal({ state: 'accepted' });
  });

  it('is unreachable when nobody listens or the name does not exist', async () => {
    for (const url of ['http://127.0.0.1:1', 'http://registry.invalid', 'no address at all']) {
      const nobody = createHttpRegistry({ url, token: 't', timeouts: { connectMs: 1000, totalMs: 1000 } });
      const answer = await nobody.sendTree(aTree(), 'k');
      expect(answer).to.include({ state: 'unreachable' });
      expect(JSON.stringify(answer)).to.not.include('secret');
    }
  });

  it('believes a list only when it is about what was asked', async () => {
    const { siteId } = aHistory();
    const held = { siteId, day, items: [aHistory()] };
    script = (_request, response) => response.end(JSON.stringify(held));
    expect(await registry.historiesOf(siteId, day)).to.deep.equal([aHistory()]);
    expect(await registry.historiesOf(siteId, '2026-11-25' as Day)).to.equal(undefined);
    script = (_request, response) => response.end(JSON.stringify({ ...held, items: [{ siteId }] }));
    expect(await registry.historiesOf(siteId, day)).to.equal(undefined);
    script = (_request, response) => response.writeHead(401).end(JSON.stringify(held));
    expect(await registry.historiesOf(siteId, day)).to.equal(undefined);
  });
});
