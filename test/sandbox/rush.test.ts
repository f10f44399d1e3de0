import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createBoardScreen, tally, writeBoard, writeSummary } from '../../sandbox/rush-board.ts';
import type { RushCall } from '../../sandbox/rush-board.ts';
import { createCrew, crewFirms, crewPrime, crewSite, writeCrewList } from '../../sandbox/rush-crew.ts';
import { callsOf, eveningOf, morningAt, nextMorning, planArrivals } from '../../sandbox/rush-plan.ts';
import { planRush } from '../../sandbox/rush-words.ts';
import { ccusIdWarnings } from '../../src/domain/ccus-id.ts';
import type { Day } from '../../src/domain/ids.ts';
import { readLineNumber, readPersonalNumber } from '../../src/domain/phone-number.ts';
import { CARRIER, runRushCommand } from '../support/caller.ts';
import { KEY, type Line, openLine } from '../support/line.ts';
import { office } from '../support/office.ts';

const secrets = { twilioAccountSid: CARRIER.accountSid, twilioAuthTokens: [CARRIER.token], adminApiKey: KEY };

describe('the crew of a rush', () => {
  const crew = createCrew(200);

  it('is the same at every call, and nobody has the name, id or number of another', () => {
    expect(createCrew(200)).to.deep.equal(crew);
    for (const key of ['name', 'ccusId', 'number'] as const)
      expect(new Set(crew.map((member) => member[key])).size, key).to.equal(200);
  });

  it('has ids with a right digit, names in katakana, and telephones that people can have', () => {
    for (const { ccusId, kana, number } of crew) {
      expect(ccusIdWarnings(ccusId, 'worker')).to.deep.equal([]);
      expect(kana).to.match(/^[ァ-ヶー ]+$/);
      expect(readPersonalNumber(number)).to.deep.equal({ ok: true, value: number });
    }
    for (const { ccusId } of [crewPrime, ...crewFirms]) expect(ccusIdWarnings(ccusId, 'firm')).to.deep.equal([]);
    expect(ccusIdWarnings(crewSite.ccusId, 'site')).to.deep.equal([]);
    expect(readLineNumber(crewSite.line)).to.deep.equal({ ok: true, value: crewSite.line });
  });

  it('stands in a list with a row each', () => {
    const [headings, first, ...rest] = writeCrewList(crew).trimEnd().split('\r\n');
    expect(rest).to.have.length(199);
    expect(first?.split(',')).to.have.length(headings?.split(',').length ?? 0);
    expect(first).to.include('演習 一郎').and.include('090-8700-0001');
  });
});

describe('the morning of a rush', () => {
  const arrivals = planArrivals(createCrew(40));

  it('lets everybody arrive once, in order, within the rush', () => {
    expect(new Set(arrivals.map(({ member }) => member.number)).size).to.equal(40);
    const shares = arrivals.map(({ share }) => share);
    expect(shares).to.deep.equal([...shares].sort((one, other) => one - other));
    for (const share of shares) expect(share).to.be.within(0, 1);
  });

  it('has some calls that are not simple', () => {
    expect(arrivals.flatMap(({ odd }) => odd ?? []).sort()).to.deep.equal([
      ...['calls twice', 'calls twice', 'hangs up', 'other phone', 'sent twice', 'withheld'],
    ]);
    expect(arrivals.flatMap(callsOf)).to.have.length(42);
  });

  it('is today, or the day after the last one that the site knows', () => {
    const today = '2026-11-24' as Day;
    expect(nextMorning(today, [])).to.equal('2026-11-24');
    expect(nextMorning(today, [{ workDate: '2026-11-20' }])).to.equal('2026-11-24');
    expect(nextMorning(today, [{ workDate: '2026-11-30' }, { workDate: '2026-11-24' }])).to.equal('2026-12-01');
    expect(morningAt(today, 0.5)).to.equal('2026-11-24T07:40:00+09:00');
    expect(eveningOf(today)).to.equal('2026-11-24T17:10:00+09:00');
  });
});

describe('the board of a rush', () => {
  const crew = createCrew(3);
  const callOf = (place: number, markup: string, ended: 'hangup' | 'http 503' = 'hangup'): RushCall => ({
    member: crew[place]!,
    played: {
      ...{ callId: `call-${String(place)}`, ended, answered: true, seconds: 5 },
      turns: [{ path: '/', status: 200, markup, say: [] }],
    },
    tookMs: [10 * (place + 1)],
  });
  const calls = [
    callOf(0, '記録しました'),
    callOf(0, '記録しました'),
    callOf(1, 'お預かりしました'),
    callOf(2, '', 'http 503'),
  ];
  const outside = { exceptionCalls: ['call-1', 'of-somebody-else'], atRegistry: new Set([crew[0]!.ccusId]) };

  it('counts people, not calls', () => {
    expect(tally(crew, calls, outside)).to.deep.equal({
      ...{ people: 3, arrived: 3, recorded: 1, kept: 1, refused: 1, exceptions: 1, atRegistry: 1 },
    });
    expect(writeSummary(tally(crew, calls, outside), calls)).to.deep.equal([
      '4 calls of 3 people: 1 recorded, 1 kept for later, 1 exceptions, 1 at the registry.',
      'Answers: p50 20 ms, p99 30 ms, slowest 30 ms; 1 errors.',
      'http 503',
    ]);
  });

  it('draws the table anew in its place, or writes a line only when something changed', () => {
    const board = writeBoard('2026-11-24', { crew, calls, outside });
    expect(board).to.have.length(6);
    for (const isTty of [true, false]) {
      const written: string[] = [];
      const screen = createBoardScreen({ write: (text) => void written.push(text), isTty });
      screen.show(board, 'a line');
      screen.show(board, 'a line');
      if (isTty) expect(written[1]?.startsWith('\x1b[6A\x1b[2K2026-11-24 ')).to.equal(true);
      else expect(written).to.deep.equal(['a line\n']);
    }
  });
});

describe('the rush command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rush-'));
  let line: Line;
  let url: string;

  before(async () => {
    line = await openLine();
    ({ url } = await line.instance());
    const reached = { baseUrl: url, sandboxUrl: line.sandboxUrl, publicBaseUrl: CARRIER.publicBaseUrl };
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ ...secrets, ...reached }));
  });
  after(async () => {
    await line.close();
    rmSync(folder, { recursive: true });
  });

  it('registers a builder, plays the morning and says what became of it', async () => {
    const { code, out, err } = await runRushCommand(['--people', '8', '--seconds', '1', '--data-dir', folder]);
    expect(code, out + err).to.equal(0);
    expect(out).to.include('8 of them were new or changed.');
    expect(out).to.include('9 calls of 8 people: 7 recorded, 0 kept for later, 1 exceptions, 7 at the registry.');
    expect(out).to.match(/p50 \d+ ms, p99 \d+ ms, slowest \d+ ms; 0 errors\./);
  });

  it('uses the same builder again: who is still in goes home, and the next day comes', async () => {
    const { code, out, err } = await runRushCommand(['--people', '8', '--seconds', '1', '--data-dir', folder]);
    expect(code, out + err).to.equal(0);
    expect(out)
      .to.include('All of them stood already.')
      .and.match(/7 people of \d{4}-\d\d-\d\d go home first/);
    expect(out).to.include('7 recorded, 0 kept for later, 1 exceptions, 7 at the registry.');
    const sites = (await office(url).all<{ id: string; ccusId?: string }>('/sites')).filter(
      ({ ccusId }) => ccusId === crewSite.ccusId,
    );
    expect(sites).to.have.length(1);
    const days = await office(url).all<{ exitAt: string | null }>(`/histories?siteId=${sites[0]!.id}`);
    expect(days).to.have.length(14);
    expect(days.filter(({ exitAt }) => exitAt === null)).to.have.length(7);
  });

  it('refuses in a sentence what it cannot play', async () => {
    const around = { env: {}, secrets: JSON.stringify(secrets) };
    const refusal = (words: object, secretsText = around.secrets) => {
      const outcome = planRush({ people: '40', seconds: '20', ...words }, { env: {}, secrets: secretsText });
      return outcome.ok ? 'played' : (outcome.detail ?? '');
    };
    expect(refusal({})).to.equal('played');
    expect(refusal({ people: '0' })).to.match(/"0" is not a number of people/);
    expect(refusal({ seconds: 'soon' })).to.match(/"soon" is not a time/);
    expect(refusal({ sandbox: 'there' })).to.match(/"there" is not an address/);
    expect(refusal({}, JSON.stringify({ ...secrets, adminApiKey: '' }))).to.match(/no key of the admin API/);
    const silent = await runRushCommand(['--url', 'http://127.0.0.1:1', '--data-dir', folder]);
    expect(silent.code).to.equal(1);
    expect(silent.err).to.match(/^Nobody answers at http:\/\/127\.0\.0\.1:1: is the service running/);
    expect((await runRushCommand(['--loudly'])).err).to.match(/unknown option '--loudly'/);
  });
});
