import { expect } from 'chai';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { newCallId, signedPost, incomingCall } from '../support/caller.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';

interface Message {
  readonly channel: string;
  readonly to: string;
  readonly text: string;
}
interface Notice {
  readonly id: string;
  readonly state: string;
  readonly why: string | null;
  readonly channel: string | null;
}

describe('somebody whose number was registered', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const messages = async () => ((await line.control('GET', '/messages')) as { items: Message[] }).items;
  const register = (place: number, number: string, fields: object = {}) =>
    desk.ask<{ id: string }>('POST', '/phones', {
      ...{ number, workerIds: [person(place).id], validFrom: '2026-01-01' },
      ...fields,
    });
  const tell = (one = instance) => one.service.watch.tellHolders();
  const noticesOf = (place: number) => desk.all<Notice>(`/phones/notices?workerId=${person(place).id}`);

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
    await line.control('PUT', '/clock', { now: '2026-11-24T10:00:00+09:00' });
    builder = await registerBuilder(line, desk, 8);
  });
  after(() => line.close());

  it('is texted once in his language, with what to do about a mistake and without a name', async () => {
    await desk.ask('PATCH', `/workers/${person(0).id}`, { language: 'vi' });
    const { id } = await register(0, '+819031230001');
    const second = await line.instance();
    await Promise.all([tell(), tell(second), tell(), tell(second)]);
    await tell();
    const sent = await messages();
    expect(sent.map(({ channel }) => channel)).to.deep.equal(['sms']);
    expect(sent[0]?.text).to.include('検査工業').and.match(/nhầm/).and.not.include(person(0).kana);
    const [notice] = await noticesOf(0);
    expect(notice).to.include({ id: `${id}:${person(0).id}`, state: 'sent', channel: 'sms', why: null });
  });

  it('is called where the number is a landline, and hears who registered it', async () => {
    await register(1, '+81332100001');
    await tell();
    const call = (await messages()).find(({ channel }) => channel === 'call') ?? expect.fail('no call');
    const path = call.text.slice(call.text.indexOf('/webhooks'));
    const form = incomingCall({ from: builder.line, to: '+81332100001', callId: newCallId() });
    const answer = await signedPost(instance.url, path, form);
    expect(answer.text).to.include('ケンサコウギョウです').and.include('登録');
    expect((await signedPost(instance.url, '/webhooks/twilio/notice?of=nothing', form)).text).to.not.include('登録');
  });

  it('is told of a telephone of several on one of his own, and listed where he has none', async () => {
    const before = (await messages()).length;
    const fresh = await desk.ask<{ id: string }>('POST', '/workers', {
      ...{ name: '試験 無電話', kana: 'シケン ムデンワ', employerId: builder.firmId },
    });
    await register(2, '+819031230002', { workerIds: [person(2).id, fresh.id] });
    await tell();
    expect((await messages()).slice(before).map(({ to }) => to.slice(-2))).to.deep.equal([person(2).number.slice(-2)]);
    const untold = await desk.all<Notice & { workerId: string }>('/phones/notices?state=unsent');
    expect(untold.filter(({ workerId }) => workerId === fresh.id).map(({ why }) => why)).to.deep.equal(['shared']);
  });

  it('is not told where he does not want it, nor of what ended before, nor where nobody asked for it', async () => {
    const before = (await messages()).length;
    await desk.ask('PUT', `/workers/${person(3).id}/notices`, { wanted: false });
    await register(3, '+819031230003');
    const { id } = await register(4, '+819031230004', { validFrom: '2026-11-24' });
    await desk.ask('DELETE', `/phones/${id}`);
    await register(5, '+819031230005', { inform: false });
    await tell();
    expect(await messages()).to.have.length(before);
    expect((await noticesOf(3)).map(({ why }) => why)).to.deep.equal(['not-wanted']);
    expect(await noticesOf(5)).to.deep.equal([]);
  });

  it('is listed as not told while no number to send texts from is set', async () => {
    await register(6, '+819031230006');
    await tell(await line.instance({ messageFrom: null }));
    expect((await noticesOf(6)).map(({ state, why }) => [state, why])).to.deep.equal([['unsent', 'no-sender']]);
  });

  it('is not told a second time after a process ended in the middle, and not forgotten by one that ended before', async () => {
    const { id } = await register(7, '+819031230007');
    const { notices, phones } = instance.service.stores;
    const noticeId = `${id}:${person(7).id}`;
    expect((await phones.untold(10)).flatMap(({ registrations }) => registrations.map((one) => one.id))).to.include(id);
    const before = (await messages()).length;
    // The notice was opened, and the process ended before the note on the registration was taken off.
    await tell();
    expect(await phones.untold(10)).to.deep.equal([]);
    expect(await notices.move(noticeId, 'sent', { state: 'sending' })).to.equal(true);
    await tell();
    expect(await messages()).to.have.length(before + 1);
    expect((await noticesOf(7))[0]?.state).to.equal('sending');
  });
});
