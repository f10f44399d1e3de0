import { expect } from 'chai';
import request from 'supertest';
import { refusalCodes } from '../../src/domain/refusal.ts';
import { problems } from '../../src/http/problem-words.ts';
import { type AdminApi, openAdminApi } from '../support/admin-api.ts';

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content: object }>>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: object };
}

describe('the OpenAPI document', () => {
  let api: AdminApi;
  before(async () => {
    api = await openAdminApi();
  });
  after(() => api.close());

  const read = async () => (await request(api.app).get('/api/v1/openapi.json')).body as Document;

  it('is 3.1, needs no key and holds every endpoint of the registers', async () => {
    const document = await read();
    expect(document.openapi).to.equal('3.1.0');
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(operations).to.have.members([
      'get /firms',
      'post /firms',
      'get /firms/{id}',
      'patch /firms/{id}',
      'get /workers',
      'post /workers',
      'get /workers/{id}',
      'patch /workers/{id}',
      'get /workers/{id}/employments',
      'post /workers/{id}/employments',
      'delete /workers/{id}/employments/{from}',
      'get /workers/{id}/leave',
      'post /workers/{id}/leave',
      'delete /workers/{id}/leave',
      'post /workers/leave',
      'post /workers/{id}/certificate-images',
      'get /workers/{id}/certificate-images/{image}',
      'delete /workers/{id}/certificate-images/{image}',
      'post /workers/{id}/insurance-copies',
      'get /workers/{id}/insurance-copies/{copy}',
      'delete /workers/{id}/insurance-copies/{copy}',
      'put /workers/{id}/photo',
      'get /workers/{id}/photo',
      'delete /workers/{id}/photo',
      'get /tasks',
      'post /sites/bulk',
      'post /sites/{id}/copy',
      'put /workers/{id}/pin',
      'post /workers/{id}/pin/unlock',
      'get /sites',
      'post /sites',
      'get /sites/{id}',
      'patch /sites/{id}',
      'put /sites/{id}/plans/{date}',
      'get /sites/{id}/plans/{date}',
      'get /lines',
      'post /lines',
      'get /lines/{number}',
      'patch /lines/{number}',
      'get /phones',
      'post /phones',
      'get /phones/{id}',
      'patch /phones/{id}',
      'delete /phones/{id}',
      'get /catalogs',
      'get /postal-codes/{code}',
      'get /catalogs/{name}',
      'get /catalogs/{name}/versions',
      'get /catalogs/{name}/export',
      'post /catalogs/{name}/imports',
      'get /catalogs/{name}/imports/{id}',
      'post /catalogs/{name}/imports/{id}/commit',
      'get /keys',
      'post /keys',
      'delete /keys/{id}',
      'delete /keys',
      'post /keys/{id}/rotate',
      'get /audit',
      'post /agent-applications',
      'get /agent-applications',
      'get /agent-applications/{id}',
      'put /agent-applications/{id}/consent',
      'put /agent-applications/{id}/employer-consent',
      'post /agent-applications/{id}/submit',
      'post /agent-applications/{id}/withdraw',
      'post /looks',
      'get /looks',
      'delete /looks/{id}',
      'get /workers/{id}/disclosure',
      'patch /workers/{id}/disclosure',
      'get /workers/{id}/profile',
      'put /proxy-consents',
      'get /proxy-consents',
      'get /accounts',
      'post /accounts',
      'get /accounts/{id}',
      'delete /accounts/{id}',
      'post /invitations/{token}/accept',
      'post /sessions',
      'get /sessions',
      'delete /sessions',
      'put /sessions/acting',
      'post /sessions/password',
      'get /sessions/open',
      'delete /sessions/open/{id}',
      'post /sessions/recovery-codes',
      'post /sessions/passkey/options',
      'post /sessions/passkey',
      'post /passkeys/options',
      'post /passkeys',
      'get /passkeys',
      'delete /passkeys/{id}',
    ]);
  });

  it('resolves every reference, repeats no operation id and describes every answer', async () => {
    const document = await read();
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      expect(document.components.schemas, name).to.have.property(String(name));
    }
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).to.equal(operations.length);
    for (const { responses } of operations) {
      for (const answer of Object.values(responses)) expect(answer).to.have.property('description');
    }
  });

  it('lists the refusals of an endpoint under their status', async () => {
    const responses = (await read()).paths['/phones']?.['post']?.responses ?? {};
    expect(Object.keys(responses)).to.include.members(['201', '400', '401', '403', '409', '413', '415', '422', '503']);
    expect(responses['409']?.description).to.contain('number-taken');
    expect(responses['409']?.content).to.have.property('application/problem+json');
  });

  it('says of every answer that passes by itself when to ask again', async () => {
    const { paths } = await read();
    const busy = Object.values(paths).flatMap((item) =>
      Object.values(item).flatMap(({ responses }) => [responses['429'], responses['503']]),
    );
    for (const answer of busy) if (answer) expect(answer).to.have.nested.property('headers.Retry-After.schema');
    expect(busy.some((answer) => answer?.description.includes('login-locked'))).to.equal(true);
  });

  it('has a page that loads nothing from elsewhere', async () => {
    const page = await request(api.app).get('/api/v1/docs');
    expect(page.status).to.equal(200);
    expect(page.text).not.to.match(/https?:/);
    expect(page.headers['content-security-policy']).to.contain("default-src 'none'").and.contain("script-src 'self'");
    for (const [, address] of page.text.matchAll(/(?:src|href)="([^"]+)"/g)) {
      const asset = await request(api.app).get(`/api/v1/${String(address)}`);
      expect(asset.status, address).to.equal(200);
    }
    expect((await request(api.app).get('/api/v1/docs/package.json')).status).to.equal(404);
  });
});

describe('the words of the refusals', () => {
  it('stand in both languages, with a status of their own kind', () => {
    for (const code of refusalCodes) {
      const { status, title, titleJa, en, ja } = problems[code];
      expect(status, code).to.be.within(400, 503);
      expect(title + en, code).to.match(/^[\x20-\x7e]+$/);
      expect(titleJa, code).to.match(/[ぁ-んァ-ヶ一-龠]/);
      expect(ja, code).to.match(/。$/);
    }
  });
});
