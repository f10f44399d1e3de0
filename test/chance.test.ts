import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { createRandomDraw } from '../src/chance.ts';

describe('the draw of random bytes', () => {
  it('gives every byte of the generator once, in its order, whatever the sizes', () => {
    const fetched: Buffer[] = [];
    const draw = createRandomDraw((size) => {
      const bytes = randomBytes(size);
      fetched.push(Buffer.from(bytes));
      return bytes;
    });
    const drawn = Array.from({ length: 400 }, (_unused, place) => draw(1 + (place % 32)));
    expect(drawn.map(({ length }) => length)).to.deep.equal(drawn.map((_unused, place) => 1 + (place % 32)));
    const source = Buffer.concat(fetched);
    let from = 0;
    for (const one of drawn) {
      const at = source.indexOf(one, from);
      expect(at).to.be.at.least(from);
      from = at + one.length;
    }
  });

  it('leaves none of what it gave behind, and asks the generator itself for much at once', () => {
    const pools: Buffer[] = [];
    const draw = createRandomDraw((size) => {
      const bytes = Buffer.alloc(size, 7);
      pools.push(bytes);
      return bytes;
    });
    expect([...draw(12)]).to.deep.equal(Array.from({ length: 12 }, () => 7));
    expect([...(pools[0] ?? [])].slice(0, 13)).to.deep.equal([...Array.from({ length: 12 }, () => 0), 7]);
    expect(draw(5000)).to.have.length(5000);
  });
});
