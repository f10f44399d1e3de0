import { expect } from 'chai';
import fc from 'fast-check';
import { type LedgerEntry, recordedBy, standingPassages } from '../../src/domain/ledger.ts';
import { incomingCall, newCallId, signedPost } from '../support/caller.ts';
import type { Instance } from '../support/line.ts';
import { type Morning, openMorning } from '../support/morning.ts';

const VOICE = '/webhooks/twilio/voice';
const RUNS = 12;

/** One request of the carrier: for which of the worker's two calls, to which of two instances, what. */
const Request = fc.record({
  call: fc.nat({ max: 1 }),
  at: fc.nat({ max: 1 }),
  what: fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        turn: fc.constantFrom(1, 1, 2, 2, 3, 4),
        keys: fc.constantFrom('', '9', '0', '*', '1', '8'),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ turn: fc.constantFrom(2, 3), keys: fc.constantFrom('', '9'), over: fc.constant(true) }),
    },
    { weight: 2, arbitrary: fc.record({ status: fc.constantFrom('ringing', 'in-progress', 'completed', 'busy') }) },
  ),
});
type Request = typeof Request extends fc.Arbitrary<infer T> ? T : never;

interface Answered {
  readonly id: string;
  readonly status: number;
  readonly text: string;
  readonly over: boolean;
}

describe('any interleaving of turns, retries, hang-ups and status callbacks', () => {
  let morning: Morning;
  let instances: readonly Instance[];

  before(async () => {
    morning = await openMorning(RUNS * 3);
    instances = [morning.instance, await morning.line.instance()];
  });
  after(() => morning.line.close());

  async function send({ call, at, what }: Request, callIds: readonly string[], place: number): Promise<Answered[]> {
    const { url } = instances[at] ?? morning.instance;
    const callId = callIds[call] ?? '';
    const form = incomingCall({ from: morning.person(place).number, to: morning.builder.line, callId });
    if ('status' in what) {
      await signedPost(url, '/webhooks/twilio/status', { ...form, CallStatus: what.status });
      return [];
    }
    const { turn, keys } = what;
    const over = 'over' in what;
    const answer = await signedPost(url, turn === 1 ? VOICE : `${VOICE}?turn=${String(turn)}`, {
      ...form,
      ...(turn === 1 ? {} : { Digits: keys, CallStatus: over ? 'completed' : 'in-progress' }),
    });
    return [{ id: `${callId}:${String(turn)}`, status: answer.status, text: answer.text, over: over && turn > 1 }];
  }

  /** I1: a turn has one answer, byte for byte; whoever comes before his call began is asked to call again. */
  function expectOneAnswer(answers: readonly Answered[], words: ReadonlyMap<string, string>): void {
    for (const { id, status, text, over } of answers) {
      expect(status).to.equal(200);
      if (over) expect(text).to.match(/<Response\/>$/);
      else if (!text.includes('もう一度おかけください')) expect(text).to.equal(words.get(id));
    }
  }

  /** I3: what is spoken as recorded stands in the ledger, and nothing stands there that was not answered. */
  function expectDurable(answers: readonly Answered[], entries: readonly LedgerEntry[]): void {
    for (const { id, text } of answers) {
      const entry = entries.find((one) => one.id === id);
      if (text.includes('記録しました'))
        expect(entry?.kind === 'turn' && (entry.passages.length > 0 || entry.outcome === 'repeated')).to.equal(true);
    }
    const answered = new Set(answers.map(({ id }) => id));
    expect(entries.filter(({ passages }) => passages.length > 0).every(({ id }) => answered.has(id))).to.equal(true);
  }

  it('leaves one passage of a call at most, one sequence without gaps, and every answer as it was (I1-I3)', async function () {
    this.timeout(120_000);
    let next = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(Request, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 5 }),
        async (waves) => {
          const place = next++ % (RUNS * 3);
          const callIds = [newCallId(), newCallId()];
          const answers: Answered[] = [];
          for (const wave of waves) {
            answers.push(...(await Promise.all(wave.map((one) => send(one, callIds, place)))).flat());
          }
          const workerId = morning.person(place).id as never;
          const touching = await morning.instance.service.stores.ledger.touching([workerId], callIds as never[]);
          const entries = touching.filter(({ callId }) => callIds.includes(callId ?? ''));
          expectOneAnswer(answers, await morning.instance.service.stores.ledger.wordsOf(callIds as never[]));
          expectDurable(answers, entries);
          const recorded = recordedBy(touching, workerId);
          expect(recorded.map(({ seq }) => seq)).to.deep.equal(recorded.map((_one, index) => index + 1));
          const standing = standingPassages(recorded).map(({ callId }) => callId);
          for (const callId of callIds) expect(standing.filter((one) => one === callId).length).to.be.at.most(1);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
