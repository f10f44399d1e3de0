import { expect } from 'chai';
import { keepEngine } from '../../db/kept-engine.ts';
import type { RunningEngine } from '../../db/running-engine.ts';

/** Engines that end when a test says so. */
function createEngines() {
  const ports: (number | undefined)[] = [];
  const ends: ((code: number | undefined) => void)[] = [];
  const stopped: number[] = [];
  return {
    ports,
    stopped,
    endLast: (code?: number) => ends.at(-1)?.(code),
    start: (port?: number): Promise<RunningEngine> => {
      const place = ports.push(port);
      const ended = new Promise<number | undefined>((resolve) => void ends.push(resolve));
      const stop = () => Promise.resolve(void stopped.push(place));
      return Promise.resolve({ address: '127.0.0.1:4711', version: 'test', pid: place, ended, stop });
    },
  };
}

/** Lets everything run that waits for nothing from outside. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a kept engine', () => {
  it('is started again at its own address when it ends by itself, and a stop ends the one that runs', async () => {
    const engines = createEngines();
    const said: string[] = [];
    const kept = await keepEngine(engines.start, (sentence) => said.push(sentence));
    engines.endLast(1);
    await settle();
    expect(engines.ports).to.deep.equal([undefined, 4711]);
    expect(said).to.deep.equal(['The database engine ended by itself; it is started again.']);
    await kept.stop();
    expect(engines.stopped).to.deep.equal([2]);
  });

  it('is given up when it has failed five times within a minute', async () => {
    const engines = createEngines();
    const kept = await keepEngine(engines.start, () => undefined);
    for (let failure = 1; failure <= 5; failure++) {
      engines.endLast(failure);
      await settle();
    }
    expect(await kept.ended).to.equal(5);
    expect(engines.ports).to.have.length(5);
  });

  it('is not started again once it is being stopped', async () => {
    const engines = createEngines();
    const kept = await keepEngine(engines.start, () => undefined);
    const stopping = kept.stop();
    engines.endLast(0);
    await stopping;
    await settle();
    expect(engines.ports).to.have.length(1);
  });
});
