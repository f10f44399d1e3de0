import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

/** A request as it goes over the wire: nothing in it is put right first. */
export interface RawRequest {
  readonly method: string;
  /** Address below the host; only what HTTP itself forbids may not stand in it. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** What came back; of a stream of events the first piece. */
export interface RawReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends requests to one service without the care of `fetch`, which would tidy the address up. */
export function createRawClient(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  return {
    send: ({ method, path, headers, body }: RawRequest): Promise<RawReply> =>
      new Promise((resolve, reject) => {
        const { hostname, port } = new URL(url);
        const asked = request({ agent, hostname, port, method: method.toUpperCase(), path, headers }, (answer) => {
          readReply(answer).then(resolve, reject);
        });
        asked.once('error', reject);
        asked.end(body);
      }),
    close: () => agent.destroy(),
  };
}

async function readReply(answer: IncomingMessage): Promise<RawReply> {
  const isStream = (answer.headers['content-type'] ?? '').startsWith('text/event-stream');
  const pieces: Buffer[] = [];
  for await (const piece of answer) {
    pieces.push(piece as Buffer);
    if (isStream) break;
  }
  return { status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(pieces).toString() };
}
