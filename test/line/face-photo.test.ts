import { expect } from 'chai';
import { type Keyed, collectionOf } from '../../models/collection.ts';
import { connect } from '../../models/connection.ts';
import { type BranchedSite, openBranchedSite } from '../support/branched-site.ts';

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 1, 2, 3]);
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 9]);

describe('the photo of a worker’s face', () => {
  let site: BranchedSite;
  let url: string;
  before(async () => {
    site = await openBranchedSite();
    ({ url } = site.instance);
  });
  after(() => site.line.close());

  const path = () => `/workers/${site.lower.workerId}/photo`;
  const secretOf = async (fields: object) => {
    const key = { name: 'x', role: 'firm-responsible', scopes: ['read', 'write'], ...fields };
    return (await site.desk.ask<{ secret: string }>('POST', '/keys', key)).secret;
  };
  const send = async (secret: string, bytes: Uint8Array<ArrayBuffer>) => {
    const form = new FormData();
    form.set('file', new Blob([bytes]), 'face.jpg');
    const headers = { authorization: `Bearer ${secret}` };
    return fetch(`${url}/api/v1${path()}`, { method: 'PUT', headers, body: form });
  };
  const read = (secret: string) => fetch(`${url}/api/v1${path()}`, { headers: { authorization: `Bearer ${secret}` } });

  const stored = async () => {
    const connection = await connect(site.line.uri, 1);
    const photos = collectionOf<Keyed & { workerId: string }>(connection, 'facePhotos');
    const kept = await photos.find({ workerId: site.lower.workerId }).toArray();
    await connection.close();
    return kept;
  };

  it('is taken as JPEG or PNG by its first bytes, kept as it came, and replaced whole', async () => {
    const employer = await secretOf({ firmId: site.lower.firmId });
    expect((await read(employer)).status).to.equal(404);
    const refused = await send(employer, Buffer.from('%PDF-1.7 no photo'));
    expect([refused.status, ((await refused.json()) as { code: string }).code]).to.deep.equal([422, 'photo-unknown']);
    expect((await send(employer, Buffer.from('GIF89a'))).status).to.equal(422);
    const first = await send(employer, JPEG);
    expect(first.status).to.equal(200);
    expect(await first.json()).to.deep.include({ contentType: 'image/jpeg', bytes: JPEG.length, on: '2026-11-24' });
    expect((await send(employer, PNG)).status).to.equal(200);
    const answer = await read(employer);
    expect(answer.headers.get('content-type')).to.equal('image/png');
    expect(Buffer.from(await answer.arrayBuffer()).equals(PNG)).to.equal(true);
    const kept = await stored();
    expect(kept).to.have.length(1);
    expect(JSON.stringify(kept)).not.to.include(PNG.toString('base64'));
  });

  it('is shown to others only where worker and employer both disclose it (item 07, R-134, R-135)', async () => {
    const { lower, beside, builder, keyOf } = site;
    const prime = await secretOf({ firmId: builder.primeId });
    const himself = await secretOf({ role: 'worker', firmId: undefined, workerId: lower.workerId });
    expect((await read(himself)).status).to.equal(200);
    expect((await read(prime)).status).to.equal(403);
    expect((await send(prime, JPEG)).status).to.equal(403);
    const disclosure = `/workers/${lower.workerId}/disclosure`;
    const [employer, worker] = [
      await keyOf({ firmId: lower.firmId }),
      await keyOf({ role: 'worker', workerId: lower.workerId }),
    ];
    await employer.raw('PATCH', disclosure, { employer: { facePhoto: true } });
    expect((await read(prime)).status).to.equal(403);
    await worker.raw('PATCH', disclosure, { worker: { facePhoto: true } });
    expect((await read(prime)).status).to.equal(200);
    expect((await read(await secretOf({ firmId: beside.firmId }))).status).to.equal(200);
    await worker.raw('PATCH', disclosure, { worker: { facePhoto: false } });
    expect((await read(await secretOf({ firmId: beside.firmId }))).status).to.equal(404);
  });

  it('is in his own data with the copies of his papers, which is written down, and gone when he is deleted', async () => {
    const { lower, keyOf, desk } = site;
    const worker = await keyOf({ role: 'worker', workerId: lower.workerId });
    interface Own {
      readonly facePhoto: { contentType: string; base64: string };
      readonly insuranceCopies: readonly { insurance: string; base64: string }[];
      readonly looks: readonly { what: string }[];
    }
    const own = () => worker.get<Own>(`/workers/${lower.workerId}/data`);
    expect((await own()).insuranceCopies).to.deep.equal([]);
    const attach = async (bytes: Uint8Array<ArrayBuffer>, insurance: string) => {
      const form = new FormData();
      form.set('insurance', insurance);
      form.set('file', new Blob([bytes]), 'copy');
      const headers = { authorization: `Bearer ${await secretOf({ firmId: lower.firmId })}` };
      const address = `${url}/api/v1/workers/${lower.workerId}/insurance-copies`;
      expect((await fetch(address, { method: 'POST', headers, body: form })).status).to.equal(201);
    };
    await attach(JPEG, 'health');
    await attach(PNG, 'pension');
    const data = await own();
    expect(data.facePhoto).to.deep.include({ contentType: 'image/png', base64: PNG.toString('base64') });
    expect(data.insuranceCopies.map(({ insurance, base64 }) => [insurance, base64])).to.deep.equal([
      ['health', JPEG.toString('base64')],
      ['pension', PNG.toString('base64')],
    ]);
    expect((await own()).looks.map(({ what }) => what)).to.include('get /workers/{id}/data');
    const employer = await secretOf({ firmId: lower.firmId });
    await desk.ask('POST', `/workers/${lower.workerId}/erasure`, {
      reason: 'asked-by-worker',
      giveUpUndelivered: true,
    });
    expect((await read(employer)).status).to.be.oneOf([403, 404]);
    expect((await worker.raw('GET', `/workers/${lower.workerId}/data`)).status).to.be.oneOf([401, 403, 404]);
    expect((await read(await secretOf({ role: 'operator', firmId: undefined }))).status).to.equal(404);
    expect(await stored()).to.deep.equal([]);
  });

  it('is taken away by the employer', async () => {
    const { beside, keyOf } = site;
    const employer = await keyOf({ firmId: beside.firmId });
    const secret = await secretOf({ firmId: beside.firmId });
    const form = new FormData();
    form.set('file', new Blob([JPEG]), 'face.jpg');
    const address = `/workers/${beside.workerId}/photo`;
    const headers = { authorization: `Bearer ${secret}` };
    expect((await fetch(`${url}/api/v1${address}`, { method: 'PUT', headers, body: form })).status).to.equal(200);
    expect(await employer.get(`/workers/${beside.workerId}`)).to.have.nested.property('facePhoto.on');
    expect((await employer.raw('DELETE', address)).status).to.equal(204);
    expect((await employer.raw('DELETE', address)).status).to.equal(404);
    expect(await employer.get(`/workers/${beside.workerId}`)).not.to.have.property('facePhoto');
  });
});
