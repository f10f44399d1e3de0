import { expect } from 'chai';
import { readConfig } from '../src/config.ts';

/** Who texts come from in that environment. */
function senderOf(env: Readonly<Record<string, string>>): string | undefined {
  const read = readConfig(env);
  if (!read.ok) throw new Error(read.complaints.join());
  return read.config.messageFrom;
}

describe('the sender of texts', () => {
  it('is there in the sandbox without a setting, whose texts reach nobody, and nowhere else', () => {
    expect(senderOf({})).to.equal('GENBA');
    expect(senderOf({ MESSAGE_FROM: '+815055550000' })).to.equal('+815055550000');
    expect(senderOf({ CARRIER_API_URL: 'https://carrier.example.jp' })).to.equal(undefined);
  });
});
