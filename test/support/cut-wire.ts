import { type Server, type Socket, connect, createServer } from 'node:net';
import { once } from 'node:events';

/** A wire to a database that a test can cut, mend, and hold: gives the address to use instead, scissors, solder and a clamp. */
export async function createWire(uri: string) {
  const [host = '', port = '27017'] = (/^mongodb:\/\/(?:[^@/]*@)?([^/?,]+)/.exec(uri)?.[1] ?? '').split(':');
  const open = new Set<Socket>();
  let held = false;
  const server: Server = createServer((near) => {
    const far = connect(Number(port), host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.pipe(to);
      if (held) from.pause();
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const ownPort = typeof address === 'object' && address ? address.port : 0;
  return {
    /** Lets nothing through, either way, without a word: a database that is slow beyond measure. */
    hold(): void {
      held = true;
      for (const socket of open) socket.pause();
    },
    release(): void {
      held = false;
      for (const socket of open) socket.resume();
    },
    uri: uri.replace(`${host}:${port}`, `127.0.0.1:${ownPort}`),
    cut(): void {
      server.close();
      for (const socket of open) socket.destroy();
      open.clear();
    },
    async mend(): Promise<void> {
      server.listen(ownPort, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}
