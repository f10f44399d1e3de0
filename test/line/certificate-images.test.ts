import { expect } from 'chai';
import { type Keyed, collectionOf } from '../../models/collection.ts';
import { connect } from '../../models/connection.ts';
import { type BranchedSite, openBranchedSite } from '../support/branched-site.ts';

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 1, 2, 3]);
const PDF = Buffer.from('%PDF-1.7 an award');
const SLINGING = { kind: 'skill-training', code: 'TRAINING_SLINGING', name: '玉掛け技能講習', number: '12345' };
const AWARD = { kind: 'award', name: '優秀施工者顕彰' };

interface Image {
  readonly id: string;
  readonly qualification: string;
  readonly base64?: string;
}

describe('images of a worker’s certificates (A-13)', () => {
  let site: BranchedSite;
  let employer: string;
  let himself: string;
  let prime: string;
  before(async () => {
    site = await openBranchedSite();
    const { desk, lower, builder } = site;
    const secretOf = async (fields: object) => {
      const key = { name: 'x', role: 'firm-responsible', scopes: ['read', 'write'], ...fields };
      return (await desk.ask<{ secret: string }>('POST', '/keys', key)).secret;
    };
    employer = await secretOf({ firmId: lower.firmId });
    himself = await secretOf({ role: 'worker', workerId: lower.workerId });
    prime = await secretOf({ firmId: builder.primeId });
    await desk.ask('PATCH', `/workers/${lower.workerId}`, { qualifications: [SLINGING, AWARD] });
  });
  after(() => site.line.close());

  const path = (rest = '') => `/workers/${site.lower.workerId}/certificate-images${rest}`;
  const ask = (secret: string, method: string, address: string, body?: FormData) =>
    fetch(`${site.instance.url}/api/v1${address}`, {
      ...{ method, headers: { authorization: `Bearer ${secret}` } },
      ...(body ? { body } : {}),
    });
  const attach = (secret: string, bytes: Uint8Array<ArrayBuffer>, qualification: string) => {
    const form = new FormData();
    form.set('qualification', qualification);
    form.set('file', new Blob([bytes]), 'certificate.jpg');
    return ask(secret, 'POST', path(), form);
  };
  const attached = async (bytes: Uint8Array<ArrayBuffer>, qualification: string) => {
    const answer = await attach(employer, bytes, qualification);
    expect(answer.status).to.equal(201);
    return (await answer.json()) as Image;
  };
  const refusal = async (answer: Response) => {
    const { code } = (await answer.json()) as { code: string };
    return `${String(answer.status)} ${code}`;
  };
  const stored = async () => {
    const connection = await connect(site.line.uri, 1);
    const images = collectionOf<Keyed & { workerId: string }>(connection, 'certificateImages');
    const kept = await images.find({ workerId: site.lower.workerId }).toArray();
    await connection.close();
    return kept;
  };

  it('hang on a qualification, course or award that is on file, and are kept sealed', async () => {
    const image = await attached(JPEG, 'TRAINING_SLINGING');
    expect(image).to.deep.include({
      ...{ kind: 'skill-training', qualification: '玉掛け技能講習', name: 'certificate.jpg' },
      ...{ contentType: 'image/jpeg', bytes: JPEG.length, on: '2026-11-24' },
    });
    await attached(PDF, '優秀施工者顕彰');
    const worker = await site.desk.ask<{ certificateImages: Image[] }>('GET', `/workers/${site.lower.workerId}`);
    expect(worker.certificateImages.map(({ qualification }) => qualification)).to.deep.equal([
      '玉掛け技能講習',
      '優秀施工者顕彰',
    ]);
    expect(await refusal(await attach(employer, JPEG, '見本のない資格'))).to.equal('422 qualification-unknown');
    expect(await refusal(await attach(employer, Buffer.from('GIF89a'), SLINGING.name))).to.equal('422 paper-unknown');
    const large = Buffer.concat([JPEG, Buffer.alloc(4 * 1024 * 1024)]);
    expect((await attach(employer, large, SLINGING.name)).status).to.equal(413);
    const kept = await stored();
    expect(kept).to.have.length(2);
    expect(JSON.stringify(kept)).not.to.include(JPEG.toString('base64'));
  });

  it('are for him and his employer alone, are written down, and are taken away by the employer', async () => {
    const { id } = await attached(JPEG, SLINGING.name);
    for (const secret of [employer, himself]) {
      const answer = await ask(secret, 'GET', path(`/${id}`));
      expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'image/jpeg']);
      expect(Buffer.from(await answer.arrayBuffer()).equals(JPEG)).to.equal(true);
    }
    expect((await ask(prime, 'GET', path(`/${id}`))).status).to.equal(403);
    expect((await attach(prime, JPEG, SLINGING.name)).status).to.equal(403);
    expect((await attach(himself, JPEG, SLINGING.name)).status).to.equal(403);
    const key = await site.keyOf({ firmId: site.lower.firmId });
    const { items } = await key.get<{ items: { what: string }[] }>('/audit?limit=100');
    expect(items.map(({ what }) => what)).to.include.members([
      'get /workers/{id}/certificate-images/{image}',
      'post /workers/{id}/certificate-images',
    ]);
    expect((await ask(himself, 'DELETE', path(`/${id}`))).status).to.equal(403);
    expect((await ask(employer, 'DELETE', path(`/${id}`))).status).to.equal(204);
    expect((await ask(employer, 'GET', path(`/${id}`))).status).to.equal(404);
  });

  it('are in his own data, and gone when he is deleted', async () => {
    const { desk, lower } = site;
    const own = await ask(himself, 'GET', `/workers/${lower.workerId}/data`);
    const data = (await own.json()) as { certificateImages: Image[]; insuranceCopies: object[] };
    expect(data.insuranceCopies).to.deep.equal([]);
    expect(data.certificateImages.map(({ qualification, base64 }) => [qualification, base64])).to.deep.equal([
      ['玉掛け技能講習', JPEG.toString('base64')],
      ['優秀施工者顕彰', PDF.toString('base64')],
    ]);
    const wish = { reason: 'asked-by-worker', giveUpUndelivered: true };
    await desk.ask('POST', `/workers/${lower.workerId}/erasure`, wish);
    expect(await stored()).to.deep.equal([]);
  });
});
