import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { sampleOf } from '../../ivr/prompt-samples.ts';
import { promptIds } from '../../ivr/prompts.ts';
import { type Dialect, renderTwiml } from '../../ivr/twiml.ts';
import type { Act } from '../../ivr/verbs.ts';
import { languages } from '../../src/domain/worker.ts';
import { playScript, readScripts } from '../support/scripted-calls.ts';
import { knownElements, twimlFaults } from '../support/twiml-rules.ts';

const DIALECTS: readonly Dialect[] = ['twilio', 'somleng'];

const prompts = languages.flatMap((language) => promptIds.map((id) => sampleOf(id, language)));

describe('TwiML by the typings of the carrier', () => {
  it('is told from what only looks like it', () => {
    expect(knownElements()).to.include.members([
      'Response',
      'Gather',
      'Say',
      'Reject',
      'Redirect',
      'Hangup',
      'phoneme',
    ]);
    const faults = (inside: string) => twimlFaults(`<Response>${inside}</Response>`);
    expect(faults('<Say voice="Polly.Kazuha-Neural" language="ja-JP">a</Say><Hangup/>')).to.deep.equal([]);
    expect(faults('<Say voice="Polly.Nobody">a</Say>')).to.deep.equal([
      'cannot have voice="Polly.Nobody" in <Say>: it is SayVoice',
    ]);
    expect(faults('<Gather numDigit="1"/>')).to.deep.equal(['knows no "numDigit" of <Gather>']);
    expect(faults('<Gather timeout="soon" actionOnEmptyResult="yes" input="dtmf keys"/>')).to.have.length(3);
    expect(faults('<Gather><Redirect>x</Redirect></Gather>')).to.deep.equal(['cannot have <Redirect> in <Gather>']);
    expect(faults('<Say>a</Say><Reject reason="busy"/>')).to.deep.equal(['does not refuse with its only verb']);
    expect(faults('<Hangup/><Say> </Say><Answer/>')).to.have.length(4);
    expect(twimlFaults('<Response>')).to.deep.equal(['is not well-formed XML']);
    expect(twimlFaults(`<Response><Say>${'a'.repeat(65_536)}</Say></Response>`)).to.have.length(1);
  });

  for (const dialect of DIALECTS) {
    it(`allows every turn of every scripted call (${dialect})`, () => {
      for (const [name, script] of readScripts()) {
        for (const [place, { acts }] of playScript(script).entries())
          expect(twimlFaults(renderTwiml(acts, dialect)), `${name}, turn ${String(place + 1)}`).to.deep.equal([]);
      }
    });

    it(`allows every sentence in every language, said, asked and listened after (${dialect})`, () => {
      for (const prompt of prompts) {
        const question = { prompt, timeoutSec: 8, turn: 2 };
        const answers: readonly (readonly Act[])[] = [
          [{ verb: 'tell', prompt }, { verb: 'end' }],
          [{ verb: 'ask', ...question }],
          [{ verb: 'listen', ...question }, { verb: 'end' }],
        ];
        for (const acts of answers) {
          const markup = renderTwiml(acts, dialect);
          expect(twimlFaults(markup), prompt.id).to.deep.equal([]);
          expect(markup, prompt.id).to.not.match(/undefined|NaN|\[object/);
        }
      }
    });
  }

  it('allows a refusal, an empty answer and the fallback that is hosted elsewhere', () => {
    expect(twimlFaults(renderTwiml([{ verb: 'reject' }]))).to.deep.equal([]);
    expect(twimlFaults(renderTwiml([]))).to.deep.equal([]);
    const fallback = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'fallback.xml'), 'utf8');
    expect(twimlFaults(fallback)).to.deep.equal([]);
  });
});
