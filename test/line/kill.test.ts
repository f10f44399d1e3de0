import { expect } from 'chai';
import { proveService } from '../support/service-proof.ts';

describe('a service that is killed while people call (I3, I6, I7)', () => {
  it('loses nothing, doubles nothing and hands everything over by itself', async function () {
    this.timeout(240_000);
    const proof = await proveService({ kills: 2, calls: 60, say: () => undefined });
    expect(proof).to.include({ lost: 0, doubled: 0, invented: 0, notHandedOver: 0 });
    expect(proof.recorded).to.be.greaterThan(10);
  });
});
