import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readScript } from '../../sandbox/call-script.ts';
import { CARRIER, newCallId, runCallCommand } from '../support/caller.ts';
import { type Line, openLine } from '../support/line.ts';
import { type Builder, office, registerBuilder } from '../support/office.ts';

const secrets = { twilioAccountSid: CARRIER.accountSid, twilioAuthTokens: [CARRIER.token] };
const around = { env: {}, secrets: JSON.stringify(secrets), newCallId, words: {} };
const read = (script: unknown) => readScript(typeof script === 'string' ? script : JSON.stringify(script), around);
const refusal = (script: unknown): string => {
  const outcome = read(script);
  return outcome.ok ? 'played' : (outcome.detail ?? '');
};
const call = { from: '090-1111-2222', to: '050-3100-0001' };

describe('a script of calls', () => {
  it('gives every call its moment, its caller by name and its line', () => {
    const script = read({
      ...{ day: '2026-11-24', to: '050-3100-0001', people: { 二郎: '090-1111-2222' } },
      calls: [
        { time: '07:41', from: '二郎', press: ['1', '4021#'], faults: ['duplicate'], expect: '入場' },
        { day: '2026-11-25', time: '00:05:30', withheld: true, hangupAfterTurns: 1, ended: 'caller hung up' },
      ],
    });
    if (!script.ok) throw new Error(script.detail);
    const [first, second] = script.value.calls;
    expect(first).to.deep.include({ time: '07:41', who: '二郎', pressed: '1 4021#', expect: ['入場'] });
    expect(first?.scene).to.deep.include({ at: '2026-11-24T07:41:00+09:00', databaseAway: false });
    expect(first?.scene.call).to.deep.include({ from: '+819011112222', to: '+815031000001', press: ['1', '4021#'] });
    expect(second).to.deep.include({ who: 'withheld', ended: 'caller hung up' });
    expect(second?.scene.at).to.equal('2026-11-25T00:05:30+09:00');
    expect(second?.scene.call).to.deep.include({ withheld: true, hangupAfterTurns: 1 });
  });

  it('says in a sentence where it cannot be read', () => {
    expect(refusal('{')).to.match(/^The script is not JSON: /);
    expect(refusal({ calls: [] })).to.match(/calls: /);
    expect(refusal({ calls: [{ ...call, who: 'me' }] })).to.match(/calls\.0: .*who/);
    expect(refusal({ day: '2026-02-30', calls: [call] })).to.match(/day: must be a day/);
    expect(refusal({ calls: [{ ...call, time: '7:41' }] })).to.match(/calls\.0\.time: must be a time of the day/);
    expect(refusal({ calls: [call, { ...call, time: '07:41' }] })).to.match(/Call 2 .* needs a "day"/);
    expect(refusal({ calls: [{ from: '090-1111-2222' }] })).to.match(/Call 1 .* nothing is dialled/);
    expect(refusal({ calls: [{ ...call, press: '1a' }] })).to.match(/Call 1 .* cannot be pressed/);
    expect(refusal({ calls: [{ ...call, faults: ['thunder'] }] })).to.match(/Call 1 .* is not a fault/);
  });

  it('has a sample that can be played', () => {
    expect(read(readFileSync('sandbox/scripts/morning.json', 'utf8'))).to.include({ ok: true });
  });
});

describe('the call command with a script', () => {
  const folder = mkdtempSync(join(tmpdir(), 'script-'));
  let line: Line;
  let builder: Builder;
  let url: string;

  before(async () => {
    line = await openLine();
    ({ url } = await line.instance());
    builder = await registerBuilder(line, office(url), 2);
    const reached = { baseUrl: url, sandboxUrl: line.sandboxUrl, publicBaseUrl: CARRIER.publicBaseUrl };
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ ...secrets, ...reached }));
  });
  after(async () => {
    await line.close();
    rmSync(folder, { recursive: true });
  });

  const run = (script: object, ...more: string[]) => {
    const file = join(folder, 'script.json');
    writeFileSync(file, JSON.stringify({ day: '2026-11-24', to: builder.line, ...script }));
    return runCallCommand(['--script', file, '--data-dir', folder, ...more]);
  };
  const from = (place: number) => builder.people[place]?.number;

  it('plays the morning by the sandbox clock and prints what was heard', async () => {
    const { code, out, err } = await run({
      calls: [
        { time: '07:41', from: from(0), faults: ['duplicate'], expect: ['入場', '7時41分'] },
        { time: '07:52', from: from(1), faults: ['drop-last'], listed: true, ended: 'lost on the way' },
        { time: '17:12', from: from(0), expect: ['退場', '17時12分'] },
      ],
    });
    expect(code, out + err).to.equal(0);
    expect(out).to.match(/^A scripted morning: 3 calls$/m);
    expect(out).to.match(/^07:41 .* ok .*7時41分/m);
    expect(out).to.include('3 calls, 3 with an expectation, 0 not as expected.');
    const { items } = (await line.control('GET', '/carrier/calls')) as { items: { from: string; startTime: string }[] };
    expect(items).to.have.length(1);
    expect(items[0]).to.include({ from: from(1) });
    expect(items[0]?.startTime).to.match(/^2026-11-23T22:52:0/);
  });

  it('fails with what was expected and did not come', async () => {
    const { code, out, err } = await run({ calls: [{ from: '090-9999-0001', expect: '入場' }] });
    expect(code).to.equal(1);
    expect(out).to.include('expected to hear "入場"');
    expect(err).to.include('1 calls did not go as the script says.');
  });

  it('gives a program one JSON object with the documents of single calls on demand', async () => {
    const scripted = await run({ calls: [{ from: from(0), ended: 'hangup' }] }, '--json');
    expect(JSON.parse(scripted.out)).to.nested.include({ 'calls[0].ended': 'hangup', 'calls[0].missed.length': 0 });
    const single = ['--from', from(0) ?? '', '--to', builder.line, '--data-dir', folder];
    const { out } = await runCallCommand([...single, '--json', '--twiml', '--at', '2026-11-25T07:41']);
    const { turns } = JSON.parse(out) as { turns: { twiml: string; say: string[] }[] };
    expect(turns[0]?.twiml).to.include('<Response>');
    expect(turns[0]?.say.join('')).to.include('7時41分');
    expect((await runCallCommand([...single, '--twiml'])).out).to.include('│ <Response>');
  });

  it('refuses what does not go together, and a script that is not there', async () => {
    const both = await run({ calls: [call] }, '--from', '090-1111-2222');
    expect(both).to.include({ code: 1 });
    expect(both.err).to.match(/cannot be used with option '--from/);
    const gone = await runCallCommand(['--script', join(folder, 'gone.json')]);
    expect(gone).to.deep.include({ code: 1 });
    expect(gone.err).to.match(/cannot be read/);
    const lineless = await runCallCommand(['--from', '090-1111-2222']);
    expect(lineless.err).to.match(/Say which line is dialled/);
  });
});
