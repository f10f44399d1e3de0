import type { Socket } from 'node:net';

/** The lines of a connection, one after the other; undefined when it has ended. */
export interface Lines {
  next(): Promise<string | undefined>;
}

/** What one call may say in all. */
const MOST_BYTES = 65_536;

/** Reads lines as they are asked for; a peer that says more than any call has to say is cut off. */
export function readLines(socket: Socket): Lines {
  const ready: string[] = [];
  let rest = '';
  let bytes = 0;
  let ended = false;
  let wake: (() => void) | undefined;
  const end = () => {
    ended = true;
    wake?.();
  };
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    bytes += text.length;
    if (bytes > MOST_BYTES) return void socket.destroy();
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? '';
    ready.push(...lines);
    wake?.();
  });
  // A broken connection is a caller who has gone; `close` follows.
  socket.on('error', () => undefined);
  socket.once('end', end);
  socket.once('close', end);
  return {
    async next() {
      while (ready.length === 0 && !ended) {
        await new Promise<void>((resolve) => (wake = resolve));
      }
      return ready.shift();
    },
  };
}
