import { validate } from '@jambonz/verb-specifications';
import { DOMParser } from '@xmldom/xmldom';
import { expect } from 'chai';
import { readAgiCall, readAgiVariables } from '../../ivr/agi-call.ts';
import { readAgiSteps, renderAgi } from '../../ivr/agi.ts';
import { renderJambonz } from '../../ivr/jambonz.ts';
import { internationalForm } from '../../ivr/network-number.ts';
import type { Prompt } from '../../ivr/prompt-words.ts';
import { sentenceOf } from '../../ivr/prompts.ts';
import { type Carrier, carriers, renderActs } from '../../ivr/render-acts.ts';
import { renderTwiml } from '../../ivr/twiml.ts';
import type { Act } from '../../ivr/verbs.ts';
import { CallId } from '../../src/domain/ids.ts';
import { readCaller } from '../../src/domain/phone-number.ts';
import { announcement } from '../support/asterisk.ts';
import { goldenFiles, goldenText, playScript, readScripts } from '../support/scripted-calls.ts';

const scripts = readScripts();

interface Answer {
  readonly pressed: string | undefined;
  readonly acts: readonly Act[];
}

const answers = new Map<string, readonly Answer[]>(
  [...scripts].map(([name, script]) => [
    name,
    playScript(script).map(({ acts }, place) => ({ acts, pressed: script.turns[place]?.pressed })),
  ]),
);
const everyAnswer = [...answers.values()].flat().map(({ acts }) => acts);

/** The whole call as one adapter renders it, turn by turn. */
function transcript(name: string, adapter: Carrier): string {
  const turns = (answers.get(name) ?? []).map(
    ({ acts, pressed }, place) =>
      `== turn ${String(place + 1)}${pressed === undefined ? '' : ` after ${pressed}`}\n${renderActs(acts, adapter)}\n`,
  );
  return turns.join('');
}

/** After an intended change: `UPDATE_GOLDEN=1 npm test -- test/ivr/adapters.test.ts`, and read the difference before it is committed. */
describe('the scripted calls', () => {
  for (const [name, script] of scripts) {
    for (const adapter of carriers) {
      it(`${adapter}: ${script.name}`, () => {
        const rendered = transcript(name, adapter);
        expect(rendered).to.equal(goldenText(name, adapter, rendered));
      });
    }
  }

  it('leave no expected output without its script', () => {
    const expected = [...scripts.keys()].flatMap((name) => carriers.map((adapter) => `${name}.${adapter}.txt`));
    expect(goldenFiles()).to.deep.equal(expected.sort());
  });

  it('together use every verb', () => {
    const verbs = new Set(everyAnswer.flat().map(({ verb }) => verb));
    expect([...verbs].sort()).to.deep.equal(['ask', 'end', 'listen', 'reject', 'tell']);
  });
});

const logger = { info: () => undefined };

describe('jambonz', () => {
  it('is answered with verbs that its own specification accepts', () => {
    for (const acts of everyAnswer) validate(logger, JSON.parse(renderJambonz(acts)));
  });

  it('would be told by that specification of a verb or a property that does not exist', () => {
    expect(() => validate(logger, [{ verb: 'gather', digits: 4 }])).to.throw('unknown property');
    expect(() => validate(logger, [{ verb: 'reject' }])).to.throw('invalid instruction');
  });

  it('hears every question at an address it can complete', () => {
    const hooks = everyAnswer.flatMap((acts) => renderJambonz(acts).match(/"actionHook":"[^"]*"/g) ?? []);
    expect(hooks).to.have.length.above(10);
    for (const hook of hooks) expect(hook).to.match(/^"actionHook":"\/webhooks\/jambonz\/voice\?turn=\d+"$/);
  });
});

const hostile: readonly Act[] = [
  {
    verb: 'tell',
    prompt: {
      id: 'today',
      words: { name: 'A"; \\touch x, $(id) `id` </Say>\nHANGUP' },
    } satisfies Prompt,
  },
];

describe('a name with signs in it', () => {
  it('stays text in TwiML', () => {
    const [say, ...more] = new DOMParser()
      .parseFromString(renderTwiml(hostile), 'text/xml')
      .getElementsByTagName('Say');
    expect(more).to.deep.equal([]);
    expect(say?.textContent).to.equal(hostile.flatMap((act) => ('prompt' in act ? [sentenceOf(act.prompt)] : []))[0]);
  });

  it('stays one argument of one AGI command, without a sign that a dialplan or a shell would act on', () => {
    const sends = readAgiSteps(renderAgi(hostile)).map(({ send }) => send);
    expect(sends.filter((send) => send.includes('\n'))).to.deep.equal([]);
    const text = /^SET VARIABLE GENBA_TEXT "(.*)"$/.exec(sends[1] ?? '')?.[1] ?? expect.fail('no text');
    expect(text)
      .to.include('HANGUP')
      .and.not.match(/["\\$`'(),;<>&|]/);
  });
});

const announced = (about: Readonly<Record<string, string>> = {}) =>
  readAgiCall(readAgiVariables(announcement(about))) ?? expect.fail('not a call');

describe('a call announced by Asterisk', () => {
  it('is read with numbers in their international form', () => {
    const { from, to, forwarded } = announced();
    expect({ from, to, forwarded }).to.deep.equal({ from: '+819012345678', to: '+815031000801', forwarded: false });
  });

  it('has the same id whenever it is the same call, in the form of all our calls', () => {
    expect(CallId.safeParse(announced().callId).success).to.equal(true);
    expect(announced({ callingpres: '32' }).callId).to.equal(announced().callId);
    expect(announced({ uniqueid: '1795641234.18' }).callId).not.to.equal(announced().callId);
  });

  it('tells a withheld number from one that could not be passed on, and reads neither', () => {
    expect(announced({ callingpres: '32' }).from).to.equal('anonymous');
    expect(announced({ callingpres: '35' }).from).to.equal('anonymous');
    expect(announced({ callingpres: '67' }).from).to.equal('unavailable');
    expect(announced({ callerid: 'unknown' }).from).to.equal('unavailable');
    for (const word of ['anonymous', 'unavailable']) expect(readCaller(word).kind).to.equal('withheld');
  });

  it('takes a number that the network has checked', () => {
    expect(announced({ callingpres: '1' }).from).to.equal('+819012345678');
    expect(announced({ callingpres: '3' }).from).to.equal('+819012345678');
  });

  it('says when it was forwarded, and falls back to the extension where no number was dialled', () => {
    expect(announced({ rdnis: '0312345678' }).forwarded).to.equal(true);
    expect(announced({ dnid: 'unknown', extension: '05031000801' }).to).to.equal('+815031000801');
  });

  it('is not a call without its id', () => {
    expect(readAgiCall(readAgiVariables(['agi_callerid: 09012345678', 'noise', '']))).to.equal(undefined);
  });
});

describe('a number as the network writes it', () => {
  it('is completed where that is certain, and otherwise left alone', () => {
    const written = [
      '0312345678',
      '03-1234-5678',
      '819012345678',
      '0101 2025550123',
      '+819012345678',
      '5001',
      'anonymous',
    ];
    expect(written.map(internationalForm)).to.deep.equal([
      '+81312345678',
      '+81312345678',
      '+819012345678',
      '+12025550123',
      '+819012345678',
      '5001',
      'anonymous',
    ]);
  });

  it('never makes a Japanese number of a keypad word for a withheld one', () => {
    for (const word of ['266696687', '7378742833', '2562533', '8656696', '86282452253']) {
      expect(readCaller(internationalForm(word)).kind).to.equal('withheld');
    }
  });
});
