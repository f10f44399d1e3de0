import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import express from 'express';
import request from 'supertest';
import { renderJambonz } from '../../ivr/jambonz.ts';
import { type JambonzParts, jambonzRoutes } from '../../routes/jambonz-webhooks.ts';
import type { CallRequest } from '../../src/services/find-call-facts.ts';
import type { StatusReport } from '../../src/services/note-status.ts';
import { playScript, readScripts } from '../support/scripted-calls.ts';

const SECRET = 'wh_secret_for_tests';
const NOW = new Date('2026-11-24T07:41:00+09:00');
const CALL_SID = '5f3e0d5f-ba6f-4b18-8d80-1f2e3d4c5b6a';
const CALL_ID = 'CA5f3e0d5fba6f4b188d801f2e3d4c5b6a';
const VOICE = '/webhooks/jambonz/voice';

const inbound = (about: object = {}) => ({
  call_sid: CALL_SID,
  direction: 'inbound',
  from: '819012345678',
  to: '05031000801',
  call_status: 'trying',
  sip: { headers: { from: '<sip:819012345678@192.0.2.1>', 'X-Forwarded-For': '192.0.2.7' }, method: 'INVITE' },
  ...about,
});

function signed(json: string, at = NOW, secret = SECRET): string {
  const time = String(Math.floor(at.getTime() / 1000));
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${json}`).digest('hex')}`;
}

describe('the line of a jambonz', () => {
  let asked: CallRequest[];
  let reports: StatusReport[];
  let counted: string[];
  let logged: string;

  function app(other: Partial<JambonzParts> = {}) {
    const replies = playScript(readScripts().get('shared-phone') ?? expect.fail('no script'));
    const write = (fields: object, sentence: string) => void (logged += `${sentence} ${JSON.stringify(fields)}\n`);
    const parts: JambonzParts = {
      keepCall: (call) => {
        asked.push(call);
        const reply = replies[call.turn - 1] ?? expect.fail('a turn too many');
        return Promise.resolve({ how: 'answered', markup: renderJambonz(reply.acts) });
      },
      noteStatus: (report) => Promise.resolve(void reports.push(report)),
      secret: SECRET,
      clock: { now: () => NOW, real: () => NOW },
      log: { info: write, warn: write, error: write },
      count: (what) => void counted.push(what),
      ...other,
    };
    return express().use(jambonzRoutes(parts));
  }

  const post = (path: string, body: object, { on = app(), signature = signed(JSON.stringify(body)) } = {}) =>
    request(on).post(path).set('Jambonz-Signature', signature).type('json').send(JSON.stringify(body));

  beforeEach(() => {
    asked = [];
    reports = [];
    counted = [];
    logged = '';
  });

  it('is answered with verbs, turn by turn', async () => {
    const first = await post(VOICE, inbound());
    expect(first.status).to.equal(200);
    expect(first.type).to.equal('application/json');
    const [gather] = first.body as { verb: string; actionHook: string }[];
    expect(gather?.verb).to.equal('gather');
    const second = await post(gather?.actionHook ?? '', { ...inbound({ digits: '310472' }), sip: undefined });
    expect(second.text).to.include('サトウ ハナコさん');
    expect(asked.map(({ turn, pressed, callId }) => [turn, pressed, callId])).to.deep.equal([
      [1, undefined, CALL_ID],
      [2, '310472', CALL_ID],
    ]);
    expect(counted).to.deep.equal(['answered', 'answered']);
  });

  it('reads numbers in their international form, and whether the call was forwarded', async () => {
    await post(VOICE, inbound());
    await post(VOICE, inbound({ from: 'anonymous', sip: { headers: { Diversion: '<sip:0312345678@192.0.2.1>' } } }));
    expect(asked.map(({ from, to, forwarded }) => [from, to, forwarded])).to.deep.equal([
      ['+819012345678', '+815031000801', false],
      ['anonymous', '+815031000801', true],
    ]);
  });

  it('keeps a call of which something cannot be read', async () => {
    const odd = { from: '<b>', to: undefined, digits: 'A1B2', sip: 'none' };
    expect((await post(`${VOICE}?turn=2`, inbound(odd))).status).to.equal(200);
    expect(asked.map(({ from, to, pressed }) => [from, to, pressed])).to.deep.equal([['unavailable', 'unknown', '12']]);
  });

  it('takes nothing unsigned, wrongly signed, changed or old', async () => {
    const json = JSON.stringify(inbound());
    const signatures = [
      '',
      't=1,v1=00',
      signed(json, NOW, 'another secret'),
      signed(`${json} `),
      signed(json, new Date(NOW.getTime() - 301_000)),
      signed(json).replace('t=', 't=9'),
    ];
    for (const signature of signatures) {
      expect((await post(VOICE, inbound(), { signature })).status).to.equal(403);
    }
    expect((await request(app()).post(VOICE).type('form').send('call_sid=1')).status).to.equal(403);
    expect(asked).to.deep.equal([]);
    expect(new Set(counted)).to.deep.equal(new Set(['refused']));
  });

  it('refuses what is signed but is no incoming call, and what is too large', async () => {
    expect((await post(VOICE, inbound({ direction: 'outbound' }))).status).to.equal(403);
    expect((await post(VOICE, inbound({ call_sid: 'x' }))).status).to.equal(403);
    expect((await post(VOICE, inbound({ more: 'x'.repeat(70_000) }))).status).to.equal(413);
    expect(asked).to.deep.equal([]);
  });

  it('says that the call is kept when the database is away, and to call again when nothing was kept', async () => {
    const away = app({ keepCall: () => Promise.resolve({ how: 'spooled' }) });
    expect((await post(VOICE, inbound(), { on: away })).text).to.match(/お預かりしました.*受付番号は/);
    const lost = app({ keepCall: () => Promise.reject(new Error('disk full')) });
    expect((await post(VOICE, inbound(), { on: lost })).text).to.match(/もう一度おかけください/);
    expect(counted).to.deep.equal(['spooled', 'not-kept']);
    expect(logged)
      .to.include(CALL_ID)
      .and.not.to.match(/9012345678/);
  });

  it('notes how a call ended, and a refused one as busy', async () => {
    const path = '/webhooks/jambonz/status';
    expect((await post(path, { call_sid: CALL_SID, call_status: 'completed', duration: 19 })).status).to.equal(204);
    await post(path, { call_sid: CALL_SID, call_status: 'failed', sip_status: 486 });
    await post(path, { call_sid: CALL_SID, call_status: 'failed', sip_status: 487 });
    expect(reports).to.deep.equal([
      { callId: CALL_ID, status: 'completed', durationSec: 19 },
      { callId: CALL_ID, status: 'busy' },
      { callId: CALL_ID, status: 'failed' },
    ]);
    expect((await post(path, { call_sid: CALL_SID, call_status: 'asleep' })).status).to.equal(403);
  });
});
