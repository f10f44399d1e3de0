import { expect } from 'chai';
import { renderAgi } from '../../ivr/agi.ts';
import { type AgiParts, type AgiServer, createAgiServer } from '../../src/agi/agi-server.ts';
import type { CallRequest } from '../../src/services/find-call-facts.ts';
import type { StatusReport } from '../../src/services/note-status.ts';
import { type Behaviour, dial, pressing, spokenIn } from '../support/asterisk.ts';
import { type CallScript, playScript, readScripts } from '../support/scripted-calls.ts';

const named = (name: string): CallScript => readScripts().get(name) ?? expect.fail(`no script ${name}`);
const verbs = (commands: readonly string[]) => commands.map((command) => command.split(' ')[0]);

describe('the line of an Asterisk', () => {
  let server: AgiServer | undefined;
  let asked: CallRequest[];
  let ends: StatusReport[];
  let counted: string[];
  let warned: object[];

  /** A server whose calls go as a script says. */
  async function serve(script: CallScript, other: Partial<AgiParts> = {}): Promise<number> {
    const replies = playScript(script);
    const write = (fields: object) => void warned.push(fields);
    server = createAgiServer({
      keepCall: (request) => {
        asked.push(request);
        const reply = replies[request.turn - 1] ?? expect.fail('a turn too many');
        return Promise.resolve({ how: 'answered', markup: renderAgi(reply.acts) });
      },
      noteStatus: (report) => Promise.resolve(void ends.push(report)),
      log: { info: write, warn: write, error: write },
      count: (what) => void counted.push(what),
      ...other,
    });
    return server.listen(0, '127.0.0.1');
  }

  beforeEach(() => {
    asked = [];
    ends = [];
    counted = [];
    warned = [];
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it('is asked who is calling, and hears the receipt', async () => {
    const commands = await dial(await serve(named('shared-phone')), pressing('310472'));
    expect(verbs(commands)).to.deep.equal([
      ...['ANSWER', 'SET', 'SET', 'SET', 'GOSUB', 'GET'],
      ...['ANSWER', 'SET', 'SET', 'SET', 'GOSUB', 'GET', 'HANGUP'],
    ]);
    expect(spokenIn(commands)[1]).to.match(/^サトウ ハナコさん/);
    expect(asked.map(({ turn, pressed }) => [turn, pressed])).to.deep.equal([
      [1, undefined],
      [2, '310472'],
    ]);
    expect(asked.every(({ from, to }) => from === '+819012345678' && to === '+815031000801')).to.equal(true);
    expect(new Set(asked.map(({ callId }) => callId)).size).to.equal(1);
    expect(ends.map(({ callId, status }) => [callId, status])).to.deep.equal([[asked[0]?.callId, 'completed']]);
    expect(counted).to.deep.equal(['answered', 'answered']);
  });

  it('asks for the next turn too when nothing was pressed at a question', async () => {
    await dial(await serve(named('unknown-number-silent')), pressing());
    expect(asked.map(({ turn, pressed }) => [turn, pressed])).to.deep.equal([
      [1, undefined],
      [2, undefined],
    ]);
  });

  it('ends after a receipt when nothing is pressed, and goes on with a key', async () => {
    const port = await serve(named('key-nine'));
    await dial(port, pressing());
    expect(asked).to.have.length(1);
    const commands = await dial(port, pressing('9', '0', '1'));
    expect(spokenIn(commands)).to.have.length(4);
  });

  it('does not take a call that is to be refused', async () => {
    expect(await dial(await serve(named('busy-reject')), () => ['200 result=-1'])).to.deep.equal(['EXEC Hangup 17']);
    expect(ends.map(({ status }) => status)).to.deep.equal(['busy']);
  });

  it('asks nothing more of somebody who has hung up', async () => {
    const port = await serve(named('shared-phone'));
    await dial(port, (command) => (command.startsWith('GET DATA') ? 'hang-up' : pressing()(command)));
    await dial(port, (command) => (command.startsWith('GET DATA') ? ['200 result=-1'] : pressing()(command)));
    await dial(port, () => ['511 Command Not Permitted on a dead channel or intercept routine']);
    expect(asked.map(({ turn }) => turn)).to.deep.equal([1, 1, 1]);
    expect(ends).to.have.length(3);
  });

  it('goes on without speech where the dialplan has none, and says so in the log', async () => {
    const silent: Behaviour = (command) =>
      command.startsWith('GOSUB') ? ['200 result=-1 Gosub label not found'] : pressing()(command);
    expect(verbs(await dial(await serve(named('own-phone-entry')), silent)).at(-1)).to.equal('HANGUP');
    expect(warned).to.deep.include({
      call: asked[0]?.callId,
      command: 'GOSUB',
      code: 'no-subroutine',
    });
  });

  it('says that the call is kept when the database is away, and to call again when nothing was kept', async () => {
    const spooled = await serve(named('own-phone-entry'), { keepCall: () => Promise.resolve({ how: 'spooled' }) });
    expect(spokenIn(await dial(spooled, pressing()))[0]).to.match(/お預かりしました.*受付番号は/);
    await server?.close();
    const lost = await serve(named('own-phone-entry'), { keepCall: () => Promise.reject(new Error('disk full')) });
    expect(spokenIn(await dial(lost, pressing()))[0]).to.match(/もう一度おかけください/);
    expect(counted).to.deep.equal(['spooled', 'not-kept']);
  });

  it('takes nothing from a stranger: no id, too much to say', async () => {
    const port = await serve(named('own-phone-entry'));
    expect(await dial(port, pressing(), ['GET / HTTP/1.1', 'Host: here'])).to.deep.equal([]);
    expect(await dial(port, pressing(), ['x'.repeat(100_000)])).to.deep.equal([]);
    expect(asked).to.deep.equal([]);
    expect(counted).to.include('refused');
  });

  it('passes over a command that Asterisk explains at length, without a word of it or of the call in the log', async () => {
    const usage = [
      '520-Invalid command syntax.  Proper usage follows:',
      ' Usage: ANSWER 09012345678',
      '520 End of proper usage.',
    ];
    const commands = await dial(await serve(named('own-phone-entry')), (command) =>
      command === 'ANSWER' ? usage : pressing()(command),
    );
    expect(verbs(commands)).to.deep.equal(['ANSWER', 'SET', 'SET', 'SET', 'GOSUB', 'GET', 'HANGUP']);
    expect(warned).to.deep.equal([{ call: asked[0]?.callId, command: 'ANSWER', code: '520' }]);
  });
});
