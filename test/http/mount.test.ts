import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import { accept, refuse } from '../../src/domain/outcome.ts';
import { type Endpoint, endpoint } from '../../src/http/endpoint.ts';
import { answerRaw } from '../../src/http/raw-answer.ts';
import { type AdminApi, FIRST_KEY, created, expectProblem, openAdminApi } from '../support/admin-api.ts';
import { createWire } from '../support/cut-wire.ts';

/** Endpoints that exist only here: a counter, a break, a stream, an upload. */
function oddEndpoints() {
  const seen = { count: 0, aborted: 0, hold: Promise.resolve(), entered: () => {} };
  const write = { tag: 'odd', scope: 'write' } as const;
  const Count = z.object({ count: z.number() });
  const endpoints: readonly Endpoint[] = [
    endpoint({
      ...write,
      method: 'post',
      path: '/odd/count',
      summary: 'Counts',
      request: { body: z.strictObject({ by: z.number() }) },
      response: { status: 201, body: Count },
      refusals: ['conflict'],
      handle: async ({ body }) => {
        seen.entered();
        await seen.hold;
        seen.count += 1;
        return body.by < 0 ? refuse('conflict') : accept({ count: seen.count, hidden: 'never shown' });
      },
    }),
    endpoint({
      ...write,
      method: 'post',
      path: '/odd/break',
      summary: 'Breaks',
      response: { status: 204 },
      refusals: [],
      handle: () => {
        seen.count += 1;
        throw new Error('broken while dialling 09012345678');
      },
    }),
    endpoint({
      ...write,
      method: 'get',
      path: '/odd/stream',
      summary: 'Streams',
      response: { status: 200, raw: ['text/csv'] },
      refusals: [],
      handle: () => accept(answerRaw({ contentType: 'text/csv; charset=utf-8', body: lines(seen) })),
    }),
    endpoint({
      ...write,
      method: 'get',
      path: '/odd/undeclared',
      summary: 'Answers what it did not declare',
      response: { status: 200, raw: ['text/csv'] },
      refusals: [],
      handle: () => accept(answerRaw({ contentType: 'text/plain', body: 'x' })),
    }),
    endpoint({
      ...write,
      method: 'post',
      path: '/odd/upload',
      summary: 'Takes a file',
      request: {
        upload: { field: 'file', maxBytes: 1000 },
        body: z.strictObject({ encoding: z.string().exactOptional() }),
      },
      response: { status: 201, body: z.object({ name: z.string(), size: z.number(), encoding: z.string() }) },
      refusals: ['file-missing'],
      handle: ({ file, body }) =>
        file
          ? accept({ name: file.name, size: file.bytes.length, encoding: body.encoding ?? 'none' })
          : refuse('file-missing'),
    }),
  ];
  return { seen, endpoints };
}

async function* lines(seen: { aborted: number }) {
  try {
    yield 'a,b\n';
    await Promise.resolve();
    yield '1,2\n';
  } finally {
    seen.aborted += 1;
  }
}

describe('the mount of the admin API', () => {
  const odd = oddEndpoints();
  let api: AdminApi;
  before(async () => {
    api = await openAdminApi({ more: odd.endpoints });
  });
  after(() => api.close());

  const count = (by: number, key: string) => api.post('/odd/count', { by }).set('Idempotency-Key', key);

  it('cuts answers to their schema and names every request', async () => {
    const answer = await api.post('/odd/count', { by: 1 });
    expect(Object.keys(created(answer))).to.deep.equal(['count']);
    expect(answer.headers['x-request-id']).to.match(/^req_/);
    expect(answer.headers['cache-control']).to.equal('private, no-cache');
  });

  it('does a repeated request once and answers it again', async () => {
    const before = odd.seen.count;
    const first = await count(5, 'k1');
    const second = await count(5, 'k1');
    expect(odd.seen.count).to.equal(before + 1);
    expect(second.status).to.equal(201);
    expect(second.body).to.deep.equal(first.body);
    expect(second.headers['idempotent-replayed']).to.equal('true');
    expectProblem(await count(6, 'k1'), 422, 'idempotency-reused');
  });

  it('repeats refusals too, but not complaints about the input', async () => {
    expectProblem(await count(-1, 'k2'), 409, 'conflict');
    const before = odd.seen.count;
    expectProblem(await count(-1, 'k2'), 409, 'conflict');
    expect(odd.seen.count).to.equal(before);
    const bad = await api.post('/odd/count', { by: 'x' }).set('Idempotency-Key', 'k3');
    expectProblem(bad, 400, 'input-invalid');
    created(await count(1, 'k3'));
  });

  it('tells who repeats a request too early that it is being done', async () => {
    let open = () => {};
    const entered = new Promise<void>((resolve) => (odd.seen.entered = resolve));
    odd.seen.hold = new Promise<void>((resolve) => (open = resolve));
    const first = count(1, 'k4').then((answer) => answer);
    await entered;
    const second = await count(1, 'k4');
    expectProblem(second, 409, 'in-progress');
    expect(second.headers['retry-after']).to.equal('1');
    open();
    expect((await first).status).to.equal(201);
  });

  it('does a request once though it comes ten times at once', async () => {
    const before = odd.seen.count;
    const answers = await Promise.all(Array.from({ length: 10 }, () => count(7, 'k5')));
    expect(odd.seen.count).to.equal(before + 1);
    for (const { status } of answers) expect(status).to.be.oneOf([201, 409]);
    expect(answers.some(({ status }) => status === 201)).to.equal(true);
  });

  it('keeps idempotency keys of different askers apart, and refuses odd ones', async () => {
    const other = created(await api.post('/keys', { name: '別', role: 'operator', scopes: ['write'] })).secret;
    const first = await count(8, 'k6');
    const second = await api.post('/odd/count', { by: 8 }, other).set('Idempotency-Key', 'k6');
    expect(second.body.count).to.equal(first.body.count + 1);
    expectProblem(await count(8, 'a key with spaces'), 400, 'input-invalid');
  });

  it('answers a bug with 500 and no detail, logs it without numbers, and lets it be tried again', async () => {
    const before = odd.seen.count;
    const answer = await api.send('post', '/odd/break').set('Idempotency-Key', 'k7');
    const problem = expectProblem(answer, 500, 'failed');
    expect(answer.text).not.to.contain('dialling');
    const logged = JSON.stringify(api.logged);
    expect(logged).to.contain(problem.requestId).and.contain('broken while dialling #').and.not.contain('09012345678');
    expectProblem(await api.send('post', '/odd/break').set('Idempotency-Key', 'k7'), 500, 'failed');
    expect(odd.seen.count).to.equal(before + 2);
  });

  it('streams raw answers, and only of declared types', async () => {
    const answer = await api.get('/odd/stream');
    expect(answer.text).to.equal('a,b\n1,2\n');
    expect(answer.headers['content-type']).to.equal('text/csv; charset=utf-8');
    expectProblem(await api.get('/odd/undeclared'), 500, 'failed');
  });

  it('takes a file of a form with its name in Japanese, within its limit', async () => {
    const small = await api
      .send('post', '/odd/upload')
      .field('encoding', 'utf-8')
      .attach('file', Buffer.alloc(10), '名簿.csv');
    expect(created(small)).to.deep.equal({ name: '名簿.csv', size: 10, encoding: 'utf-8' });
    const large = api.send('post', '/odd/upload').attach('file', Buffer.alloc(1001), 'a.csv');
    expectProblem(await large, 413, 'body-too-large');
    expectProblem(await api.send('post', '/odd/upload').field('encoding', 'x'), 400, 'file-missing');
    const elsewhere = api.send('post', '/odd/upload').attach('other', Buffer.alloc(1), 'a.csv');
    expectProblem(await elsewhere, 400, 'body-malformed');
    expectProblem(await api.post('/odd/upload', {}), 415, 'content-type-unknown');
    const torn = api.send('post', '/odd/upload').type('multipart/form-data; boundary=x').send('--x\r\nContent');
    expectProblem(await torn, 400, 'body-malformed');
  });

  it('refuses bodies that are malformed, of another type, compressed oddly or too large', async () => {
    const post = () => api.send('post', '/firms');
    expectProblem(await post().type('application/json').send('{"name":'), 400, 'body-malformed');
    expectProblem(await post().type('text/plain').send('hello'), 415, 'content-type-unknown');
    expectProblem(await post().type('application/json; charset=x-odd').send('{}'), 415, 'content-type-unknown');
    const large = JSON.stringify({ name: 'x'.repeat(300_000) });
    expectProblem(await post().type('application/json').send(large), 413, 'body-too-large');
    expectProblem(await post().type('application/json').send('[]'), 400, 'input-invalid');
    expectProblem(await post().type('application/json').send('null'), 400, 'input-invalid');
    const proto = '{"__proto__":{"x":1},"name":"あ","kana":"ア","kind":"corporation"}';
    expect((await post().type('application/json').send(proto)).status).to.be.oneOf([201, 400]);
  });

  it('never breaks on what it is sent', async () => {
    const firm = await api.firm();
    const worker = await api.worker(firm.id);
    const paths = ['/firms', '/workers', '/sites', '/lines', '/phones', '/keys', `/workers/${worker.id}/leave`];
    const field = fc.constantFrom(
      'name',
      'kana',
      'number',
      'workerIds',
      'historyPeriod',
      'validFrom',
      'on',
      '__proto__',
    );
    const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('2026-13-01', '\ud800', '+266696687', 1e308));
    const body = fc.oneof(fc.dictionary(field, value), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), body, async (path, sent) => {
        const answer = await api.send('post', path).type('application/json').send(JSON.stringify(sent));
        expect(answer.status, answer.text).to.be.lessThan(500);
      }),
      { numRuns: 150 },
    );
  });

  it('knows no other addresses and methods', async () => {
    expectProblem(await api.get('/nothing'), 404, 'route-unknown');
    expectProblem(await api.get('/firms/%zz'), 404, 'route-unknown');
    const wrong = await api.send('put', '/firms');
    expectProblem(wrong, 405, 'method-unknown');
    expect(String(wrong.headers['allow']).split(', ')).to.have.members(['GET', 'POST']);
  });

  it('logs one line per request with the pattern of its address, never the address', async () => {
    const before = api.logged.length;
    await api.get('/lines/+815031230000');
    const text = JSON.stringify(api.logged.slice(before));
    expect(text).to.contain('/lines/:number').and.not.contain('815031230000').and.not.contain(FIRST_KEY);
  });

  it('answers 503 while the database is away', async () => {
    let cut = () => {};
    const away = await openAdminApi({
      by: async (uri) => {
        const wire = await createWire(uri);
        cut = () => wire.cut();
        return wire.uri;
      },
    });
    expect((await away.get('/firms')).status).to.equal(200);
    cut();
    const answer = await away.get('/firms');
    expectProblem(answer, 503, 'database-away');
    expect(answer.headers['retry-after']).to.equal('2');
    await away.close();
  });
});
