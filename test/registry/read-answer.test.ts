import { expect } from 'chai';
import { type WireAnswer, readAnswer } from '../../src/registry/read-answer.ts';

const refusal = { code: 'OUT_OF_PERIOD', sentence: '期間の外です。', who: 'prime' } as const;
const json = (body: object) => JSON.stringify(body);

describe("the registry's answer", () => {
  const cases: readonly [string, WireAnswer, object][] = [
    ['accepted, naming our key', { status: 200, text: json({ key: 'k', state: 'accepted' }) }, { state: 'accepted' }],
    ['superseded', { status: 200, text: json({ key: 'k', state: 'superseded' }) }, { state: 'superseded' }],
    [
      'accepted without job type and position',
      { status: 200, text: json({ key: 'k', state: 'accepted-incomplete', ...refusal }) },
      { state: 'accepted-incomplete', ...refusal },
    ],
    ['2xx naming another key', { status: 200, text: json({ key: 'x', state: 'accepted' }) }, { state: 'ambiguous' }],
    ['2xx with an unknown state', { status: 200, text: json({ key: 'k', state: 'maybe' }) }, { state: 'ambiguous' }],
    [
      '2xx incomplete without a reason',
      { status: 200, text: json({ key: 'k', state: 'accepted-incomplete' }) },
      { state: 'ambiguous' },
    ],
    ['2xx with HTML', { status: 200, text: '<html></html>' }, { state: 'ambiguous' }],
    ['2xx empty', { status: 204, text: '' }, { state: 'ambiguous' }],
    ['2xx longer than we read', { status: 200 }, { state: 'ambiguous' }],
    ['3xx', { status: 302, text: '' }, { state: 'ambiguous' }],
    ...[400, 404, 409, 410, 422].flatMap((status): [string, WireAnswer, object][] => [
      [`${status} with a refusal`, { status, text: json({ key: 'k', ...refusal }) }, { state: 'rejected', ...refusal }],
      [`${status} without one`, { status, text: 'Not Found' }, { state: 'ambiguous' }],
      [`${status} naming another key`, { status, text: json({ key: 'x', ...refusal }) }, { state: 'ambiguous' }],
    ]),
    ['401', { status: 401, text: '' }, { state: 'forbidden', reason: 'http-401' }],
    ['403', { status: 403, text: json({ key: 'k', ...refusal }) }, { state: 'forbidden', reason: 'http-403' }],
    ['429 with seconds', { status: 429, text: '', retryAfter: '7' }, { state: 'busy', retryAfterMs: 7000 }],
    ['429 without', { status: 429, text: '' }, { state: 'busy', retryAfterMs: 30_000 }],
    ['503 with seconds', { status: 503, text: '', retryAfter: '0' }, { state: 'busy', retryAfterMs: 0 }],
    [
      '503 asking for a day',
      { status: 503, text: '', retryAfter: '86400' },
      { state: 'busy', retryAfterMs: 3_600_000 },
    ],
    [
      '503 with a date',
      { status: 503, retryAfter: 'Tue, 24 Nov 2026 08:00:05 GMT', date: 'Tue, 24 Nov 2026 08:00:00 GMT' },
      { state: 'busy', retryAfterMs: 5000 },
    ],
    ['503 with nonsense', { status: 503, retryAfter: 'soon' }, { state: 'busy', retryAfterMs: 30_000 }],
    ['503 without', { status: 503, text: '' }, { state: 'unreachable', reason: 'http-503' }],
    ['500', { status: 500, text: json({ key: 'k', state: 'accepted' }) }, { state: 'unreachable', reason: 'http-500' }],
  ];
  for (const [name, answer, expected] of cases) {
    it(`${name} is ${JSON.stringify((expected as { state: string }).state)}`, () => {
      expect(readAnswer(answer, 'k')).to.include(expected);
    });
  }
});
