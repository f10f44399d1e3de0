import { once } from 'node:events';
import { type Server, type Socket, connect, createServer } from 'node:net';

/** A wire to a database that can be cut, held still and mended: gives the address to use instead, scissors, a clamp and solder. */
export async function createWire(uri: string) {
  const [host = '', port = '27017'] = (/^mongodb:\/\/(?:[^@/]*@)?([^/?,]+)/.exec(uri)?.[1] ?? '').split(':');
  const flows = new Set<{ readonly from: Socket; readonly to: Socket }>();
  let still = false;
  const server: Server = createServer((near) => {
    const far = connect(Number(port), host);
    for (const flow of [
      { from: near, to: far },
      { from: far, to: near },
    ]) {
      flows.add(flow);
      if (!still) flow.from.pipe(flow.to);
      flow.from.on('error', () => flow.to.destroy());
      flow.from.on('close', () => {
        flows.delete(flow);
        flow.to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const ownPort = typeof address === 'object' && address ? address.port : 0;
  const release = (): void => {
    still = false;
    for (const { from, to } of flows) from.pipe(to);
  };
  return {
    uri: uri.replace(`${host}:${port}`, `127.0.0.1:${ownPort}`),
    /** Every connection breaks, and none can be made. */
    cut(): void {
      server.close();
      for (const { from } of flows) from.destroy();
      flows.clear();
    },
    /** Connections stand and can be made, and nothing comes through: a database that does not answer. */
    hold(): void {
      still = true;
      for (const { from, to } of flows) from.unpipe(to).pause();
    },
    release,
    async mend(): Promise<void> {
      release();
      if (server.listening) return;
      server.listen(ownPort, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}
