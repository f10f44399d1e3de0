import { expect } from 'chai';
import { type Role, roles } from '../../src/domain/api-key.ts';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';
import { leaveTraces } from '../support/traces.ts';

/** Who asks: one key per role, all of the stranger's firm, or of one of its workers. */
interface Asker {
  readonly role: Role;
  readonly secret: string;
}

/** Addresses that hold nothing of anybody, with the reason why every key may read them. */
const NOBODYS = new Map([
  ['get /postal-codes/{code}', 'what the post publishes'],
  ['get /catalogs', 'code lists are public data'],
  ['get /catalogs/{name}', 'code lists are public data'],
  ['get /catalogs/{name}/export', 'code lists are public data'],
  ['get /phones/template', 'an empty form'],
]);

/** Addresses that act on what is the asker's own, with the reason why others' things cannot be named there. */
const OWN = new Map([
  ['post /phones/imports', 'a list of one’s own; what it says of others is refused row by row: `firm-lists.test.ts`'],
  ['put /phones/column-mappings/{name}', 'each firm has names of its own'],
  ['delete /keys', 'revokes the keys of the asker’s own firm, whatever is asked: held against others’ at the end'],
]);

/** The rest, which asks no key, is gone through with its reasons in `open-addresses.test.ts`. */
const needsKey = ({ scope }: Endpoint) => scope !== 'none' && scope !== 'session';

/** What the prime of a site sees of it. */
const atSites: readonly string[] = ['firm', 'site', 'line', 'history', 'call', 'exception', 'correction', 'forwarding'];

const everywhere = [...roles].filter((role) => role !== 'operator');

describe('what belongs to others', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let ours: Builder;
  let askers: readonly Asker[];
  /** Ids of the first builder: none of them may be seen by the second one's people. */
  let foreign: Readonly<Record<string, string>>;

  const ask = (asker: Asker, method: string, path: string, body?: unknown) =>
    fetch(`${instance.url}/api/v1${path}`, {
      method: method.toUpperCase(),
      headers: {
        authorization: `Bearer ${asker.secret}`,
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
    await line.control('PUT', '/clock', { now: '2026-11-24T07:41:00+09:00' });
    ours = await registerBuilder(line, desk, 2);
    const theirs = await registerBuilder(line, desk, 1);
    foreign = await leaveTraces(desk, instance, ours);
    askers = await giveKeys(desk, theirs);
  });
  after(() => line.close());

  it('is named by every endpoint: a right of the table, or a written reason', () => {
    const unnamed = instance.service.endpoints.filter(
      (one) => needsKey(one) && !one.right && !one.closed && !NOBODYS.has(nameOf(one)),
    );
    expect(unnamed.map(nameOf)).to.deep.equal([]);
    const closed = instance.service.endpoints.filter((one) => one.closed);
    for (const one of closed)
      expect(one.roles, nameOf(one)).to.have.members(['operator', ...(one.scope === 'read' ? ['auditor'] : [])]);
  });

  it('is refused to every role at every address, and no answer holds a trace of it', async () => {
    const seen: string[] = [];
    // The audit first: later it holds what the askers themselves have asked.
    const inOrder = [...instance.service.endpoints.filter(needsKey)].sort(
      (a, b) => Number(b.path === '/audit') - Number(a.path === '/audit'),
    );
    for (const endpoint of inOrder) {
      if (NOBODYS.has(nameOf(endpoint)) || OWN.has(nameOf(endpoint))) continue;
      for (const asker of askers) {
        for (const address of addressesOf(endpoint, foreign)) {
          const answer = await ask(asker, endpoint.method, address, bodyFor(endpoint, foreign));
          const text = await answer.text();
          const verdict = `${endpoint.method} ${address} as ${asker.role}: ${String(answer.status)} ${text.slice(0, 200)}`;
          if (!isRefused(endpoint, asker, answer.status)) seen.push(verdict);
          const trace = Object.values(foreign).find((id) => text.includes(id));
          if (trace !== undefined) seen.push(`${trace} in ${verdict}`);
        }
      }
    }
    expect(seen).to.deep.equal([]);
  }).timeout(120_000);

  it('has reasons only for addresses that there are', () => {
    const names = instance.service.endpoints.map(nameOf);
    expect([...NOBODYS.keys(), ...OWN.keys()].filter((name) => !names.includes(name))).to.deep.equal([]);
  });

  it('is all there for whoever it belongs to', async () => {
    const { secret } = await desk.ask<Asker>('POST', '/keys', {
      ...{ name: 'prime', role: 'firm-responsible', firmId: ours.primeId, scopes: ['read'] },
    });
    const prime = { role: 'firm-responsible', secret } as const;
    const things = instance.service.endpoints.filter(({ method, path }) => method === 'get' && path.includes('{'));
    for (const endpoint of things) {
      const [subject, right] = endpoint.right ?? ['none', 'none'];
      const [address = ''] = addressesOf(endpoint, foreign);
      const { status } = await ask(prime, 'get', address);
      if (atSites.includes(subject)) expect(status, nameOf(endpoint)).to.equal(200);
      if (subject === 'worker' && right === 'read') expect(status, nameOf(endpoint)).to.equal(403);
    }
  });

  it('keeps its keys when others revoke all of theirs', async () => {
    const mine = { name: 'x', role: 'firm-responsible', firmId: ours.firmId, scopes: ['read'] };
    const { secret } = await desk.ask<Asker>('POST', '/keys', mine);
    for (const asker of askers) {
      const status = asker.role === 'firm-responsible' ? 200 : [401, 403];
      expect((await ask(asker, 'delete', '/keys')).status, asker.role).to.be.oneOf([status].flat());
    }
    expect((await ask({ role: 'firm-responsible', secret }, 'get', '/firms')).status).to.equal(200);
  });
});

async function giveKeys({ ask }: Office, theirs: Builder): Promise<readonly Asker[]> {
  const keys = everywhere.map(async (role) => {
    const whose = role === 'worker' ? { workerId: theirs.people[0]?.id } : { firmId: theirs.firmId };
    const scopes = ['read', 'write', 'keys'];
    return { role, ...(await ask<{ secret: string }>('POST', '/keys', { name: role, role, scopes, ...whose })) };
  });
  return Promise.all(keys);
}

function nameOf({ method, path }: Endpoint): string {
  return `${method} ${path}`;
}

type Ids = Readonly<Record<string, string>>;

/** Whose parameter `{id}` is, by the first word of the path. */
const ID_OF: Ids = {
  firms: 'firm',
  workers: 'worker',
  sites: 'site',
  phones: 'phone',
  keys: 'key',
  histories: 'history',
  exceptions: 'exception',
  corrections: 'correction',
  forwardings: 'forwarding',
  runs: 'site',
  accounts: 'account',
  'agent-applications': 'application',
};

/** The endpoint's address with foreign ids; a list also once per filter that takes one. */
function addressesOf({ path, method, request }: Endpoint, foreign: Ids): readonly string[] {
  const id = foreign[ID_OF[path.split('/')[1] ?? ''] ?? ''] ?? 'imp_none0000';
  const values: Ids = {
    ...foreign,
    id,
    number: foreign['line'] ?? '',
    callId: foreign['call'] ?? '',
    date: '2026-11-24',
    copy: 'cpy_none0000',
    image: 'crt_none0000',
    from: '2027-01-01',
  };
  const address = path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(values[name] ?? '1'));
  if (method !== 'get' || !request.query) return [address];
  const filters: Ids = { siteId: 'site', workerId: 'worker', employerId: 'firm', callId: 'call' };
  const known = Object.entries(filters).filter(([name, of]) => takes(request.query, name, foreign[of] ?? ''));
  return [address, ...known.map(([name, of]) => `${address}?${name}=${encodeURIComponent(foreign[of] ?? '')}`)];
}

function takes(query: Endpoint['request']['query'], name: string, value: string): boolean {
  return query?.safeParse({ [name]: value }).success === true;
}

/** A body that fits the endpoint and names foreign things; one that is missing here fails the test. */
function bodyFor(endpoint: Endpoint, foreign: Ids): unknown {
  if (endpoint.request.upload) return uploadFor(endpoint.request.upload.field, endpoint.path);
  if (!endpoint.request.body) return undefined;
  const { firm, worker, site } = foreign;
  const period = { from: '2026-01-01', to: '2027-12-31' };
  const grounds = { reasonCode: 'wrong-person', actionCode: 'confirmed-on-site' };
  const bodies: Readonly<Record<string, unknown>> = {
    'post /firms': { name: '甲', kana: 'コウ', kind: 'corporation' },
    'patch /firms/{id}': { name: '乙' },
    'post /workers': { name: '丙', kana: 'ヘイ', employerId: firm },
    'patch /workers/{id}': { name: '丁' },
    'post /workers/{id}/employments': { firmId: firm, from: '2026-01-01' },
    'post /workers/{id}/leave': {},
    'post /workers/{id}/erasure': { reason: 'asked-by-worker' },
    'put /workers/{id}/notices': { wanted: false },
    'post /workers/{id}/merge': { otherId: foreign['second'], reason: 'x' },
    'post /workers/{id}/part': {},
    'post /workers/leave': { workerIds: [worker] },
    'patch /workers/{id}/disclosure': { worker: { level: true } },
    'put /proxy-consents': { employerId: firm, proxyFirmId: foreign['prime'], status: 'consented' },
    'put /workers/{id}/pin': { pin: '1234' },
    'post /sites': { name: '戊', kana: 'ボ', primeId: foreign['prime'], historyPeriod: period },
    'patch /sites/{id}': { name: '己' },
    'post /sites/bulk': { primeId: foreign['prime'], rows: [{}] },
    'post /sites/{id}/copy': { name: '己', kana: 'キ', historyPeriod: period },
    'post /sites/{id}/roster/versions/{version}/submissions': { state: 'submitted' },
    'put /sites/{id}/plans/{date}': { workerIds: [worker] },
    'post /lines': { number: '050-3100-0001', siteId: site },
    'patch /lines/{number}': { state: 'closed' },
    'post /phones': { number: '090-7777-0002', workerIds: [worker], validFrom: '2026-01-01' },
    'patch /phones/{id}': { groupCall: true },
    'post /keys': { name: 'x', role: 'site-manager', firmId: firm, scopes: ['read'] },
    'put /phones/column-mappings/{name}': { columns: { 氏名: 'name' } },
    'post /keys/{id}/rotate': {},
    'patch /phones/imports/{id}': {},
    'patch /phones/imports/{id}/rows/{row}': {},
    'post /exceptions/{id}/link': { ...grounds, workerId: worker },
    'post /exceptions/{id}/reject': grounds,
    'post /exceptions/{id}/acknowledge': grounds,
    'post /corrections': { siteId: site, workerId: worker, workDate: '2026-11-24', reasonCode: 'wrong-key' },
    'post /corrections/{id}/approve': {},
    'post /corrections/{id}/reject': {},
    'post /runs': { job: 'sweep' },
    'post /agent-applications': { agentFirmId: firm, subject: { workerId: worker } },
    'put /agent-applications/{id}/consent': { papers: ['privacy'], consent: true },
    'put /agent-applications/{id}/employer-consent': { consent: true },
    'post /looks': { firmId: firm, reason: '問い合わせ', minutes: 5 },
    'post /accounts': { mail: 'a@example.jp', name: '庚', acts: [{ role: 'auditor', firmId: firm }] },
  };
  const body = bodies[nameOf(endpoint)];
  if (body === undefined) throw new Error(`no body for ${nameOf(endpoint)}`);
  return body;
}

function uploadFor(field: string, path: string): FormData {
  const form = new FormData();
  if (path.includes('insurance')) form.set('insurance', 'health');
  if (path.includes('certificate')) form.set('qualification', '玉掛け技能講習');
  form.set(field, new Blob(['%PDF-1.7']), 'copy.pdf');
  return form;
}

/** A right that the role never has is 403; a thing of others is 404 or unknown; a list is empty of it. */
function isRefused(endpoint: Endpoint, { role }: Asker, status: number): boolean {
  if (endpoint.closed || !endpoint.roles.includes(role)) return status === 403;
  if (endpoint.path.includes('{')) return status === 404;
  return endpoint.method === 'get' ? status === 200 : status === 422 || status === 403;
}
