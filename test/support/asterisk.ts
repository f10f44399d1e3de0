import { once } from 'node:events';
import { connect } from 'node:net';
import { readLines } from '../../src/agi/socket-lines.ts';

/** What Asterisk says to a command, or `hang-up` when the caller ends the call there. */
export type Behaviour = (command: string) => readonly string[] | 'hang-up';

/** A caller who presses these keys, question by question, and then nothing more. */
export function pressing(...keys: string[]): Behaviour {
  return (command) => {
    if (command.startsWith('GOSUB')) return ['100 result=0 Trying...', '200 result=0 Gosub complete'];
    if (!command.startsWith('GET DATA')) return ['200 result=0'];
    const next = keys.shift();
    return [next === undefined ? '200 result= (timeout)' : `200 result=${next}`];
  };
}

/** The lines with which Asterisk announces a call from a mobile telephone; name only what is different. */
export function announcement(about: Readonly<Record<string, string>> = {}): readonly string[] {
  const variables = {
    network: 'yes',
    request: 'agi://127.0.0.1:4573',
    channel: 'PJSIP/trunk-00000001',
    uniqueid: '1795641234.17',
    callerid: '09012345678',
    calleridname: 'unknown',
    callingpres: '0',
    dnid: '05031000801',
    rdnis: 'unknown',
    extension: 's',
    ...about,
  };
  return Object.entries(variables).map(([name, value]) => `agi_${name}: ${value}`);
}

/** Plays Asterisk for one call; tells the commands it was given. */
export async function dial(port: number, behaviour: Behaviour, announced = announcement()): Promise<readonly string[]> {
  const socket = connect(port, '127.0.0.1');
  const lines = readLines(socket);
  const closed = once(socket, 'close');
  socket.write(`${announced.join('\n')}\n\n`);
  const commands: string[] = [];
  for (let command = await lines.next(); command !== undefined; command = await lines.next()) {
    commands.push(command);
    const said = behaviour(command);
    if (said === 'hang-up') socket.end('HANGUP\n');
    else socket.write(`${said.join('\n')}\n`);
  }
  socket.end();
  await closed;
  return commands;
}

/** The sentences that were to be spoken. */
export function spokenIn(commands: readonly string[]): readonly string[] {
  return commands.flatMap((command) => /^SET VARIABLE GENBA_TEXT "(.*)"$/.exec(command)?.[1] ?? []);
}
