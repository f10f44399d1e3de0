import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import type { E164 } from '../../src/domain/ids.ts';
import { createNumberCipher } from '../../src/services/number-cipher.ts';

const key = Buffer.alloc(32, 1);
const number = '+819012345678' as E164;

describe('the cipher of telephone numbers', () => {
  const cipher = createNumberCipher(key, randomBytes);

  it('opens what it sealed, and seals the same number differently each time', () => {
    const [one, two] = [cipher.seal(number), cipher.seal(number)];
    expect(cipher.open(one)).to.equal(number);
    expect(one).not.to.equal(two);
    expect(one).to.match(/^v1\.[A-Za-z0-9_-]+$/);
    expect(one).not.to.contain('9012345678');
  });

  it('finds a number under the same index after a restart, and under another with another key', () => {
    expect(cipher.index(number)).to.match(/^[a-f0-9]{32}$/);
    expect(createNumberCipher(Buffer.from(key), randomBytes).index(number)).to.equal(cipher.index(number));
    expect(createNumberCipher(Buffer.alloc(32, 2), randomBytes).index(number)).not.to.equal(cipher.index(number));
    expect(cipher.index('+819012345679' as E164)).not.to.equal(cipher.index(number));
  });

  it('refuses to open what was changed, cut, or sealed under another key', () => {
    const sealed = cipher.sealText('秘密');
    const body = Buffer.from(sealed.slice(3), 'base64url');
    for (let place = 0; place < body.length; place += 1) {
      const changed = Buffer.from(body);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(() => cipher.openText(`v1.${changed.toString('base64url')}`)).to.throw();
    }
    for (const cut of ['', 'v1.', sealed.slice(0, 20), `v2${sealed.slice(2)}`]) {
      expect(() => cipher.openText(cut)).to.throw();
    }
    expect(() => createNumberCipher(Buffer.alloc(32, 2), randomBytes).openText(sealed)).to.throw();
  });

  it('keeps any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => cipher.openText(cipher.sealText(text)) === text));
  });

  it('has a fingerprint of the master key that says nothing else', () => {
    expect(cipher.fingerprint()).to.equal(createNumberCipher(key, randomBytes).fingerprint());
    expect(cipher.fingerprint()).not.to.equal(createNumberCipher(Buffer.alloc(32, 2), randomBytes).fingerprint());
    expect(cipher.fingerprint()).not.to.equal(cipher.index(number));
    expect(() => createNumberCipher(Buffer.alloc(31), randomBytes)).to.throw('32 bytes');
  });
});
