import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { readAgiAnswer } from '../../ivr/agi-answer.ts';
import { type AgiCall, readAgiCall, readAgiVariables } from '../../ivr/agi-call.ts';
import { type AgiStep, isRejection, readAgiSteps, renderAgi } from '../../ivr/agi.ts';
import { CALL_AGAIN, spooledActs } from '../../ivr/last-words.ts';
import { receiptOf } from '../domain/receipt.ts';
import type { Log } from '../ports.ts';
import type { CallRequest } from '../services/find-call-facts.ts';
import type { KeepCall } from '../services/keep-call.ts';
import type { NoteStatus, StatusReport } from '../services/note-status.ts';
import { type Lines, readLines } from './socket-lines.ts';

export interface AgiParts {
  /** Answers in AGI commands. */
  readonly keepCall: KeepCall;
  readonly noteStatus: NoteStatus;
  readonly log: Log;
  readonly count: (what: 'answered' | 'spooled' | 'refused' | 'not-kept') => void;
}

export interface AgiServer {
  /** Listens and answers the port that was taken. */
  listen(port: number, host: string): Promise<number>;
  /** Takes no more calls and ends those that are open. */
  close(): Promise<void>;
}

/** More turns than any call has. */
const MOST_TURNS = 500;
/** The longest sentence and the pause after it. */
const SILENCE_MS = 120_000;

/**
 * The line of an Asterisk of one's own, by FastAGI: Asterisk connects for every call, says who is calling, and carries out one command
 * after the other. The protocol has no proof of who connects, so it belongs on loopback or a private network.
 */
export function createAgiServer(parts: AgiParts): AgiServer {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.setTimeout(SILENCE_MS, () => socket.destroy());
    takeCall(parts, socket)
      .catch((error: unknown) => parts.log.error({ err: error }, 'a call of Asterisk failed'))
      .finally(() => socket.end());
  });
  return {
    async listen(port, host) {
      server.listen(port, host);
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

async function takeCall(parts: AgiParts, socket: Socket): Promise<void> {
  const lines = readLines(socket);
  const call = readAgiCall(readAgiVariables(await readHead(lines)));
  if (!call) return parts.count('refused');
  let next: Pressed | undefined = { turn: 1 };
  let status = 'completed';
  while (next && next.turn <= MOST_TURNS) {
    const steps = await answer(parts, { ...call, ...next });
    if (isRejection(steps)) status = 'busy';
    next = await carryOut(steps, { parts, call, socket, lines });
  }
  await noteEnd(parts, { callId: call.callId, status });
}

async function readHead(lines: Lines): Promise<readonly string[]> {
  const head: string[] = [];
  for (let line = await lines.next(); line !== undefined && line !== ''; line = await lines.next()) head.push(line);
  return head;
}

/** The commands for one turn; there is no fallback address behind us, so whatever happens the caller hears what is true. */
async function answer({ keepCall, log, count }: AgiParts, request: CallRequest): Promise<readonly AgiStep[]> {
  try {
    const kept = await keepCall(request);
    count(kept.how);
    return readAgiSteps(kept.how === 'answered' ? kept.markup : renderAgi(spooledActs(receiptOf(request.callId))));
  } catch (error) {
    log.error({ call: request.callId, err: error }, 'a call could not be kept at all');
    count('not-kept');
    return readAgiSteps(renderAgi(CALL_AGAIN));
  }
}

type Pressed = Pick<CallRequest, 'turn' | 'pressed'>;

interface Conversation {
  readonly parts: AgiParts;
  readonly call: AgiCall;
  readonly socket: Socket;
  readonly lines: Lines;
}

/** Carries the commands out until one of them leads to another turn, the caller has gone, or nothing is left to say. */
async function carryOut(steps: readonly AgiStep[], conversation: Conversation): Promise<Pressed | undefined> {
  for (const { send, turn, always } of steps) {
    const keys = await command(send, conversation);
    if (keys === undefined) return undefined;
    if (turn !== undefined && (keys !== '' || always)) return keys === '' ? { turn } : { turn, pressed: keys };
  }
  return undefined;
}

/** What was pressed during a command, or nothing if the caller has gone. A refused command is passed over: the record stands already. */
async function command(send: string, { parts, call, socket, lines }: Conversation): Promise<string | undefined> {
  socket.write(`${send}\n`);
  for (;;) {
    const line = await lines.next();
    const said = line === undefined ? ({ kind: 'gone' } as const) : readAgiAnswer(line);
    if (said.kind === 'gone') return undefined;
    if (said.kind === 'done') return said.keys;
    if (said.kind === 'refused') {
      const [name] = send.split(' ');
      parts.log.warn({ call: call.callId, command: name, code: said.code }, 'Asterisk refused a command');
      return '';
    }
  }
}

async function noteEnd({ noteStatus, log }: AgiParts, report: StatusReport): Promise<void> {
  try {
    await noteStatus(report);
  } catch (error) {
    log.warn({ call: report.callId, err: error }, 'a status was not kept; the call itself is not touched by it');
  }
}
