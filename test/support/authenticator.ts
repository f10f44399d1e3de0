import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const CREDENTIAL_INCLUDED = 0x40;

interface Wish {
  readonly challenge: string;
}

/** How a test bends what an honest device would do. */
export interface Bend {
  readonly origin?: string;
  /** The device did not look who holds it. */
  readonly unverified?: boolean;
  readonly counter?: number;
  /** The host for which it signs. */
  readonly host?: string;
}

/**
 * A device with one passkey: it makes a key pair on P-256, attests nothing ("none") and signs with ES256, as WebAuthn Level 2
 * has it; all of it real.
 */
export function createAuthenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  const state = { counter: 0, userHandle: '' };

  const clientData = (type: string, challenge: string, said = origin) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: said, crossOrigin: false }));

  const authData = (flags: number, { host = new URL(origin).hostname, unverified }: Bend, more = Buffer.alloc(0)) => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(state.counter);
    const shown = USER_PRESENT | (unverified ? 0 : USER_VERIFIED) | flags;
    return Buffer.concat([createHash('sha256').update(host).digest(), Buffer.from([shown]), counter, more]);
  };

  function cosePublicKey(): Buffer {
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    // { 1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y }
    const head = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]);
    const point = (label: number, value: string) => [Buffer.from([label, 0x58, 32]), Buffer.from(value, 'base64url')];
    return Buffer.concat([head, ...point(0x21, x), ...point(0x22, y)]);
  }

  const credential = <Response>(response: Response) => ({
    ...{ id: text(id), rawId: text(id), type: 'public-key' as const },
    response,
    authenticatorAttachment: 'platform',
    clientExtensionResults: {},
  });

  return {
    id: text(id),
    /** Answers `navigator.credentials.create`. */
    create({ challenge, user }: Wish & { readonly user: { readonly id: string } }, bend: Bend = {}) {
      state.userHandle = user.id;
      state.counter = bend.counter ?? state.counter;
      const length = Buffer.from([0, id.length]);
      const attested = Buffer.concat([Buffer.alloc(16), length, id, cosePublicKey()]);
      const data = authData(CREDENTIAL_INCLUDED, bend, attested);
      return credential({
        clientDataJSON: text(clientData('webauthn.create', challenge, bend.origin)),
        attestationObject: text(attestationOf(data)),
        transports: ['internal'],
      });
    },
    /** Answers `navigator.credentials.get`. */
    assert({ challenge }: Wish, bend: Bend = {}) {
      state.counter = bend.counter ?? state.counter + 1;
      const data = authData(0, bend);
      const client = clientData('webauthn.get', challenge, bend.origin);
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
      return credential({
        clientDataJSON: text(client),
        authenticatorData: text(data),
        signature: text(createSign('sha256').update(signed).sign(privateKey)),
        userHandle: state.userHandle,
      });
    },
  };
}

export type Authenticator = ReturnType<typeof createAuthenticator>;

/** CBOR of { fmt: "none", attStmt: {}, authData }. */
function attestationOf(data: Buffer): Buffer {
  const word = (said: string) => Buffer.concat([Buffer.from([0x60 + said.length]), Buffer.from(said)]);
  const length = Buffer.from([0x59, data.length >> 8, data.length & 0xff]);
  const members = [word('fmt'), word('none'), word('attStmt'), Buffer.from([0xa0]), word('authData'), length, data];
  return Buffer.concat([Buffer.from([0xa3]), ...members]);
}

function text(bytes: Buffer): string {
  return bytes.toString('base64url');
}
