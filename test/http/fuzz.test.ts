import { expect } from 'chai';
import fc from 'fast-check';
import { promptIds } from '../../ivr/prompts.ts';
import { roles } from '../../src/domain/api-key.ts';
import { buildOpenApi } from '../../src/http/openapi.ts';
import { type OpenApi, type Operation, createJudge } from '../support/declared-answers.ts';
import { fuzzRuns as numRuns, fuzzSeed as seed } from '../support/fuzz-settings.ts';
import { type Instance, type Line, KEY, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';
import { signInPerson } from '../support/person.ts';
import { type RawRequest, createRawClient } from '../support/raw-request.ts';
import { type Asker, createShots } from '../support/shots.ts';
import { leaveTraces } from '../support/traces.ts';

describe(`the admin API asked anything (seed ${String(seed)}, ${String(numRuns)} requests for each operation)`, () => {
  let line: Line;
  let instance: Instance;
  before(async () => {
    line = await openLine();
    instance = await line.instance();
  });
  after(() => line.close());

  it('never breaks, and answers nothing that its document does not declare', async () => {
    const desk = office(instance.url);
    await line.control('PUT', '/clock', { now: '2026-11-24T07:41:00+09:00' });
    const ours = await registerBuilder(line, desk, 2);
    const traces = await leaveTraces(desk, instance, ours);
    const things = await thingsOf(instance.url, traces);
    const document = JSON.parse(JSON.stringify(buildOpenApi(instance.service.endpoints, { version: '0' }))) as OpenApi;
    const judge = createJudge(document);
    const shots = createShots({
      ...{ document, things, named: named(ours, traces) },
      known: [...Object.values(traces), ...ours.people.map(({ number }) => number), ours.line, '2026-11-24'],
      askers: { admitted: await giveAskers(instance.url, desk, ours), others: NOBODY },
    });
    const client = createRawClient(instance.url);
    const wrong: string[] = [];
    const done = new Set<Operation>();
    const operations = destructiveLast(document);
    for (const [method, path, operation] of operations) {
      const found = await fc.check(
        fc.asyncProperty(shots(method, path, operation), async (shot) => {
          const reply = await client.send(shot);
          if (reply.status < 300) done.add(operation);
          const complaint = judge(isReadable(shot) ? operation : NO_ROUTE, reply);
          if (complaint === undefined) return;
          throw new Error(`${complaint}: ${String(reply.status)} ${reply.text.slice(0, 300)}`);
        }),
        { numRuns, seed, endOnFailure: true },
      );
      if (found.failed) wrong.push(`${textOf(found.counterexample?.[0])} ${String(found.errorInstance)}`);
    }
    client.close();
    expect(wrong.join('\n\n')).to.equal('');
    expect(done.size, 'operations that did something').to.be.above(operations.length / 2);
  }).timeout(600_000);
});

const LIST = '事業者名,事業者カナ,技能者名,技能者カナ,電話番号,有効開始日\n甲,コウ,乙,オツ,090-1111-2222,2026-11-01\n';

describe('the judge of answers', () => {
  const firmSchema = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };
  const judge = createJudge({ paths: {}, components: { schemas: { Firm: firmSchema } } });
  const firm = { schema: { $ref: '#/components/schemas/Firm' } };
  const operation: Operation = {
    operationId: 'one',
    responses: { '200': { description: '', content: { 'application/json': firm } }, '204': { description: '' } },
  };
  const reply = (status: number, text: string, type = 'application/json') =>
    judge(operation, { status, text, headers: { 'content-type': type, 'x-request-id': 'r' } });

  it('complains of every way in which a word is not kept', () => {
    expect(reply(200, '{"id":"a"}')).to.equal(undefined);
    expect(reply(200, '{}')).to.match(/id/);
    expect(reply(200, 'id', 'text/plain')).to.equal('content of the type text/plain');
    expect(reply(204, '{}')).to.equal('a body where none is declared');
    expect(reply(404, '{}')).to.equal('a status that is not declared');
    expect(reply(500, '{"code":"failed"}')).to.equal('it broke');
  });
});

/** What an address is told that cannot be read. */
const NO_ROUTE: Operation = {
  operationId: 'none',
  responses: {
    '404': {
      description: '`route-unknown`',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  },
};

function isReadable({ path }: RawRequest): boolean {
  try {
    decodeURIComponent(path.split('?')[0] ?? '');
    return true;
  } catch {
    return false;
  }
}

function destructiveLast({ paths }: OpenApi) {
  const all = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => [method, path, operation] as const),
  );
  const isEnd = (method: string, path: string) => method === 'delete' || path.endsWith('/leave');
  return all.sort((a, b) => Number(isEnd(a[0], a[1])) - Number(isEnd(b[0], b[1])));
}

/** What stands at `{id}`: the first builder's things, and a list that was uploaded. */
async function thingsOf(url: string, traces: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const form = new FormData();
  form.append('text', LIST);
  const headers = { authorization: `Bearer ${KEY}` };
  const uploaded = await fetch(`${url}/api/v1/phones/imports`, { method: 'POST', headers, body: form });
  const { id } = (await uploaded.json()) as { readonly id: string };
  const singular = (name: string) => traces[name] ?? '';
  const own = ['firm', 'worker', 'site', 'key', 'account', 'exception', 'correction', 'forwarding', 'phone'];
  return {
    'phones/imports': id,
    histories: singular('history'),
    prompts: promptIds[0] ?? '',
    ...Object.fromEntries(own.map((name) => [`${name}s`, singular(name)])),
  };
}

/** What stands behind names whose schema says only that they are texts. */
function named(ours: Builder, traces: Readonly<Record<string, string>>): Record<string, readonly unknown[]> {
  return {
    number: ['090-2222-3333', ours.line, '050-3100-1234', ...ours.people.map(({ number }) => number)],
    kana: ['ミホン', 'みほん', 'ﾐﾎﾝ'],
    jobType: ['34-01'],
    jobTypes: [['34-01']],
    position: ['FOREMAN', 'OTHER'],
    reasonCode: ['wrong-key', 'wrong-person', 'other'],
    actionCode: ['confirmed-on-site', 'other'],
    pin: ['4711', '1234'],
    row: [1, 2],
    ...{ text: [LIST], file: [LIST], encoding: ['utf-8', 'auto'], columns: ['{"氏名":null}'] },
    workerIds: ours.people.map(({ id }) => [id]),
    ...{ validFrom: ['2026-11-01'], validTo: ['2027-03-31'], from: ['2026-11-01'], upperFirms: [[]] },
    format: ['csv', 'xlsx'],
    callId: [traces['call']],
    workDate: ['2026-11-24'],
    date: ['2026-11-24', '2026-11-25'],
    name: ['見本', 'reason-codes', 'いつもの'],
    acts: [[{ role: 'firm-responsible', firmId: ours.firmId }]],
    historyPeriod: [{ from: '2026-01-01', to: '2027-12-31' }],
  };
}

/** Keys of every role with whole rights, one with few, and somebody who signed in. */
async function giveAskers(url: string, desk: Office, ours: Builder): Promise<readonly Asker[]> {
  const keys = roles.map(async (role) => {
    const whose = role === 'worker' ? { workerId: ours.people[0]?.id } : { firmId: ours.primeId };
    const scopes = role === 'auditor' ? ['read'] : ['read', 'write', 'keys'];
    return bearer((await desk.ask<{ secret: string }>('POST', '/keys', { name: role, role, scopes, ...whose })).secret);
  });
  const few = await desk.ask<{ secret: string }>('POST', '/keys', { name: 'few', role: 'operator', scopes: ['read'] });
  const people = [{ role: 'operator' }, { role: 'firm-responsible', firmId: ours.primeId }];
  const cookies = people.map(async (act) => ({ ...(await signInPerson(url, desk, [act])).headers }));
  const first = bearer(KEY);
  return [
    ...Array.from({ length: 8 }, () => first),
    ...(await Promise.all(keys)),
    bearer(few.secret),
    ...(await Promise.all(cookies)),
  ];
}

function bearer(secret: string): Asker {
  return { authorization: `Bearer ${secret}` };
}

/** Such as hold nothing that admits them. */
const NOBODY: readonly Asker[] = [
  {},
  ...['Bearer', 'Bearer x', 'Bearer key_0000.00', 'Basic eDp5', `Bearer ${KEY}x`, 'Bearer \u00e9'].map(
    (authorization) => ({ authorization }),
  ),
  ...['genba_session=', `genba_session=${'0'.repeat(64)}`, '__Host-genba_session=%00; a'].map((cookie) => ({ cookie })),
];

function textOf(shot: RawRequest | undefined): string {
  if (!shot) return '';
  const { method, path, headers, body } = shot;
  return `${method} ${path} ${JSON.stringify(headers)} ${body?.toString().slice(0, 400) ?? ''}`;
}
