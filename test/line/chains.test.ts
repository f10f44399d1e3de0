import { expect } from 'chai';
import { heardIn, phone } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder, registerWorker } from '../support/office.ts';

interface Node {
  readonly firmId: string;
  readonly upperFirmId: string | null;
  readonly evidence: { readonly calls: number };
}
type Someone = Awaited<ReturnType<typeof registerWorker>>;

const QUESTION = 'どちらの会社の仕事ですか';

describe('a firm in two chains of one site (D-04)', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  let uppers: readonly { readonly id: string; readonly kana: string }[];
  let undeclared: Someone;
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  const call = (who: Someone, press: string[] = []) =>
    phone(instance.url).call({ from: who.number, to: builder.line, press });
  const rows = async () => {
    const { nodes } = await desk.ask<{ nodes: Node[] }>('GET', `/sites/${builder.siteId}/tree`);
    return nodes.filter(({ firmId, evidence }) => firmId === builder.firmId && evidence.calls > 0);
  };
  const dayOf = async (who: Someone, workDate: string) =>
    (
      await desk.all<{ workDate: string; upperFirmId?: string; exitAt: string | null; version: number }>(
        `/histories?workerId=${who.id}`,
      )
    ).find((day) => day.workDate === workDate);
  const someone = (upperFirmId?: string) =>
    registerWorker(desk, { firmId: builder.firmId, ...(upperFirmId ? { upperFirmId } : {}) });

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
    await at('2026-11-24 07:30');
    builder = await registerBuilder(line, desk, 0);
    const firm = (name: string, kana: string) =>
      desk.ask<{ id: string; kana: string }>('POST', '/firms', { name, kana, kind: 'corporation' });
    uppers = [await firm('上田設備', 'ウエダセツビ'), await firm('下川電工', 'シモカワデンコウ')];
    for (const { id } of uppers) await call(await someone(id));
    await desk.until('two chains', async () => (await rows()).length === 2);
    // A change in the registers makes the line forget what it remembered of the tree.
    undeclared = await someone();
  });
  after(() => line.close());

  it('asks whoever names none, after the receipt, and takes the answer into the record', async () => {
    const played = await call(undeclared, ['2']);
    const said = heardIn(played);
    expect(said).to.match(/入場、7時30分、記録しました.*どちらの会社の仕事ですか/);
    const order = uppers.map(({ id, kana }) => ({ id, place: said.indexOf(kana) })).sort((a, b) => a.place - b.place);
    const chosen = order[1]?.id ?? expect.fail('two firms are named');
    await desk.until('the day', async () => (await dayOf(undeclared, '2026-11-24'))?.upperFirmId === chosen);
    await desk.until('the row', async () =>
      (await rows()).some(({ upperFirmId, evidence }) => upperFirmId === chosen && evidence.calls === 2),
    );
  });

  it('does not ask him again, neither when he leaves nor on the next day', async () => {
    await at('2026-11-24 17:05');
    expect(heardIn(await call(undeclared)))
      .to.include('退場')
      .and.not.include(QUESTION);
    await at('2026-11-25 07:40');
    expect(heardIn(await call(undeclared)))
      .to.include('入場')
      .and.not.include(QUESTION);
    const first = await dayOf(undeclared, '2026-11-24');
    await desk.until('the same firm', async () => {
      const next = await dayOf(undeclared, '2026-11-25');
      return next?.upperFirmId !== undefined && next.upperFirmId === first?.upperFirmId;
    });
  });

  it('never asks whoever declared one, and keeps the entry of whoever answers nothing', async () => {
    const declared = await someone(uppers[0]?.id);
    const silent = await someone();
    expect(heardIn(await call(declared)))
      .to.include('入場')
      .and.not.include(QUESTION);
    expect(heardIn(await call(silent)))
      .to.include('記録しました')
      .and.include(QUESTION);
    await desk.until('the day', async () => dayOf(silent, '2026-11-25'));
    await at('2026-11-25 17:30');
    expect(heardIn(await call(silent)))
      .to.include('退場')
      .and.not.include(QUESTION);
  });

  it('listens to the keys of every receipt too: 9 turns the direction round', async () => {
    const wrong = await someone();
    await at('2026-11-26 07:45');
    expect(heardIn(await call(wrong, ['9']))).to.match(/入場、7時45分.*退場、7時45分/);
  });

  it('offers the other languages there as well', async () => {
    const guest = await someone();
    await at('2026-11-27 07:45');
    const said = heardIn(await call(guest, ['8', '8', '1', '1']));
    expect(said).to.match(/入場、7時45分.*English.*Which company is your work for\?.*Your work is for/);
  });
});
