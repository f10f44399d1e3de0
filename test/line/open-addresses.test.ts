import { expect } from 'chai';
import { roles } from '../../src/domain/api-key.ts';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { office, registerBuilder } from '../support/office.ts';
import { type SignedInPerson, signInPerson } from '../support/person.ts';
import { leaveTraces } from '../support/traces.ts';

/** Every address outside the admin API's declarations, why it asks no key, and what a stranger is told there. */
const OUTSIDE: Readonly<Record<string, readonly [reason: string, status: number]>> = {
  'post /webhooks/twilio/voice': ['the carrier’s; it signs', 403],
  'post /webhooks/twilio/fallback': ['the carrier’s; it signs', 403],
  'post /webhooks/twilio/reminder': ['the carrier’s; it signs', 403],
  'post /webhooks/twilio/notice': ['the carrier’s; it signs', 403],
  'post /webhooks/twilio/status': ['the carrier’s; it signs', 403],
  'post /webhooks/jambonz/voice': ['the carrier’s; it signs', 403],
  'post /webhooks/jambonz/status': ['the carrier’s; it signs', 403],
  'get /healthz': ['whether the process lives; nothing of anybody', 200],
  'get /readyz': ['whether calls can be recorded; nothing of anybody', 200],
  'get /metrics': ['figures without names, for a scraper on the same network', 200],
  'get /': ['figures without names, for whoever keeps the machine', 200],
  'get /invitations/:token': ['what a link offers, to whoever holds it; its token is 256 random bits', 404],
  'post /invitations/:token': ['answers it, as the admin API does; tried with a guessed password', 401],
  'post /invitations/password': ['asks the initial password and the security code', 401],
  'post /invitations/sign-in': ['asks mail address and password', 401],
  'get /invitations/passkey.js': ['the script of that page', 200],
  'get /invitations/sign-in.js': ['the script of that page', 200],
  'get /api/v1/openapi.json': ['the document of the addresses', 200],
  'get /api/v1/docs': ['the document as a page', 200],
  'get /api/v1/docs/start.js': ['the script of that page', 200],
};

/** Every declared address that asks no key, and why; what it wants instead is tried below. */
const OPEN: Readonly<Record<string, string>> = {
  'post /sessions': 'signing in: asks mail address and password, and shows what the person may do',
  'post /sessions/password': 'asks a sign-in or a recovery code, and the security code; answers nothing',
  'post /sessions/passkey/options': 'a random challenge, the same for everybody',
  'post /sessions/passkey': 'signing in: asks a signature over that challenge',
  'post /invitations/{token}/accept': 'asks the token, which was handed to one person',
};

/** Every address that asks a sign-in instead of a right: it is about the person himself, whoever he acts for. */
const OWN: Readonly<Record<string, string>> = {
  'get /sessions': 'his own sign-in',
  'delete /sessions': 'his own sign-ins',
  'put /sessions/acting': 'his own acts',
  'get /sessions/open': 'his own sign-ins',
  'delete /sessions/open/{id}': 'one of his own sign-ins',
  'post /sessions/recovery-codes': 'his own codes',
  'post /passkeys/options': 'his own passkeys',
  'post /passkeys': 'his own passkeys',
  'get /passkeys': 'his own passkeys',
  'delete /passkeys/{id}': 'one of his own passkeys',
};

describe('the addresses that ask no key', () => {
  let line: Line;
  let instance: Instance;
  let foreign: Readonly<Record<string, string>>;
  let victim: SignedInPerson;
  before(async () => {
    line = await openLine();
    instance = await line.instance({ jambonzSecret: 'a-secret-for-tests' });
    const desk = office(instance.url);
    await line.control('PUT', '/clock', { now: '2026-11-24T07:41:00+09:00' });
    const ours = await registerBuilder(line, desk, 2);
    victim = await signInPerson(instance.url, desk, [{ role: 'firm-responsible', firmId: ours.firmId }]);
    foreign = { ...(await leaveTraces(desk, instance, ours)), victim: victim.accountId, mail: victim.mail };
  });
  after(() => line.close());

  const send = async (
    method: string,
    path: string,
    more: { headers?: Record<string, string>; body?: unknown; raw?: string } = {},
  ) => {
    const { headers = {}, body, raw = body === undefined ? undefined : JSON.stringify(body) } = more;
    const answer = await fetch(`${instance.url}${path}`, {
      method: method.toUpperCase(),
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(raw === undefined ? {} : { body: raw }),
    });
    const text = await answer.text();
    const trace = Object.values(foreign).find((id) => text.includes(id));
    return { status: answer.status, trace, what: `${method} ${path}: ${text.slice(0, 200)}` };
  };

  it('each have a written reason, and no reason stands for an address that is gone', () => {
    const declared = instance.service.endpoints;
    const open = declared.filter(({ scope }) => scope === 'none').map(nameOf);
    const own = declared.filter(({ scope }) => scope === 'session').map(nameOf);
    expect(Object.keys(OPEN)).to.have.members(open);
    expect(Object.keys(OWN)).to.have.members(own);
    const api = new Set(declared.map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`));
    const outside = routesOf(instance.service.app).filter((name) => !api.has(name));
    expect(Object.keys(OUTSIDE).map((name) => name.replace('/api/v1', ''))).to.have.members(outside);
  });

  it('outside the admin API tell a stranger nothing of anybody', async () => {
    for (const [name, [, status]] of Object.entries(OUTSIDE)) {
      const [method = '', path = ''] = name.split(' ');
      const form = {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        raw: `CallSid=${foreign['call'] ?? ''}`,
      };
      const guess = {
        mail: 'nobody@example.jp',
        initial: 'a-guess',
        securityCode: '12345678',
        password: 'a-guess-of-it',
      };
      const page = { ...form, raw: new URLSearchParams(guess).toString() };
      const isPage = path.startsWith('/invitations');
      const more = path.includes('/twilio/') ? form : method === 'post' ? (isPage ? page : { body: foreign }) : {};
      const answer = await send(
        method,
        `${path.replace(':token', `acc_${'0'.repeat(32)}.0`)}?worker=${foreign['worker'] ?? ''}`,
        more,
      );
      expect(answer.status, answer.what).to.equal(status);
      expect(answer.trace, answer.what).to.equal(undefined);
    }
  });

  it('of the admin API refuse whoever does not show what they want instead', async () => {
    const credential = { id: 'AA', rawId: 'AA', type: 'public-key' };
    const response = { clientDataJSON: 'e30', authenticatorData: 'AA', signature: 'AA' };
    const bodies: Readonly<Record<string, unknown>> = {
      'post /sessions': { mail: victim.mail, password: 'a-guess-of-somebody', firmId: foreign['firm'] },
      'post /sessions/password': { mail: victim.mail, securityCode: '12345678', password: 'a-guess-of-somebody' },
      'post /sessions/passkey': { credential: { ...credential, response } },
    };
    for (const name of Object.keys(OPEN)) {
      const [method = '', path = ''] = name.split(' ');
      const address = `/api/v1${path.replace('{token}', `${victim.accountId}.${'0'.repeat(64)}`)}`;
      const answer = await send(method, address, { body: bodies[name] });
      expect(answer.status, answer.what).to.be.oneOf(path.endsWith('/options') ? [200] : [401, 404]);
      expect(answer.trace, answer.what).to.equal(undefined);
    }
  });

  it('act for whoever is signed in on his own things alone, whatever his role', async () => {
    const desk = office(instance.url);
    const theirs = await registerBuilder(line, desk, 1);
    const session = await sessionOf(instance.url, victim);
    const inOrder = Object.keys(OWN).sort(
      (a, b) => Number(a === 'delete /sessions') - Number(b === 'delete /sessions'),
    );
    for (const role of roles.filter((one) => one !== 'operator')) {
      const whose = role === 'worker' ? { workerId: theirs.people[0]?.id } : { firmId: theirs.firmId };
      const { headers } = await signInPerson(instance.url, desk, [{ role, ...whose }]);
      for (const name of inOrder) {
        const [method = '', path = ''] = name.split(' ');
        const address = `/api/v1${path.replace('{id}', path.includes('open') ? session : 'AAAA')}`;
        const answer = await send(method, address, { headers: { ...headers }, body: bodyFor(name, foreign) });
        const refused = path.includes('{') || name === 'put /sessions/acting' ? [404] : [200, 204, 401, 422];
        expect(answer.status, `${role}: ${answer.what}`).to.be.oneOf(refused);
        expect(answer.trace, `${role}: ${answer.what}`).to.equal(undefined);
      }
    }
    expect((await send('get', '/api/v1/sessions', { headers: { ...victim.headers } })).status).to.equal(200);
  });
});

function bodyFor(name: string, foreign: Readonly<Record<string, string>>): unknown {
  const response = { clientDataJSON: 'e30', attestationObject: 'AA' };
  const bodies: Readonly<Record<string, unknown>> = {
    'put /sessions/acting': { firmId: foreign['firm'] },
    'post /sessions/recovery-codes': { securityCode: '12345678' },
    'post /passkeys': { name: '甲', credential: { id: 'AA', rawId: 'AA', type: 'public-key', response } },
  };
  return bodies[name];
}

async function sessionOf(url: string, { headers }: SignedInPerson): Promise<string> {
  const answer = await fetch(`${url}/api/v1/sessions/open`, { headers: { ...headers } });
  const { items } = (await answer.json()) as { readonly items: readonly { readonly id: string }[] };
  return items[0]?.id ?? '';
}

function nameOf({ method, path }: Endpoint): string {
  return `${method} ${path}`;
}

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle?: { readonly stack?: readonly Layer[] };
}

/** Every route that Express knows, however deep; `_all` is what refuses other methods. */
function routesOf(app: object): readonly string[] {
  const walk = (layers: readonly Layer[]): readonly string[] =>
    layers.flatMap(({ route, handle }) =>
      route ? Object.keys(route.methods).map((method) => `${method} ${route.path}`) : walk(handle?.stack ?? []),
    );
  const { router } = app as { readonly router: { readonly stack: readonly Layer[] } };
  return walk(router.stack).filter((name) => !name.startsWith('_all '));
}
