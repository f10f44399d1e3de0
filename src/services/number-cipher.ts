import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { E164, NumberIndex } from '../domain/ids.ts';
import { remembered } from '../domain/remembered.ts';
import type { KeyEncryptionKey } from '../ports-keys.ts';
import type { BytesSealer, NumberCipher, TextIndexer, TextSealer } from '../ports.ts';

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The cipher of the master key, with the fingerprint by which the database recognises the key. */
export interface MasterCipher extends NumberCipher, TextSealer, BytesSealer, TextIndexer {
  /** Safe to store: it does not lead back to the key. */
  fingerprint(): string;
  /** The first key-encryption key: it lasts as long as the master key. */
  firstKek(): KeyEncryptionKey;
}

/**
 * Keeps telephone numbers and other personal text unreadable at rest: AES-256-GCM with a fresh nonce each, and a keyed
 * hash under which a number is found. Both keys and the fingerprint are derived from the master key (32 bytes) by HKDF.
 * A text that was tampered with, or sealed under another key, is an exception.
 */
export function createNumberCipher(masterKey: Buffer, randomBytes: (size: number) => Buffer): MasterCipher {
  if (masterKey.length !== 32) throw new Error('the master key has 32 bytes');
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', masterKey, 'genba-call', purpose, 32));
  const sealKey = derive('seal');
  const indexKey = derive('number index');
  const textIndexKey = derive('text index');
  const keyedHash = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest('hex').slice(0, 32);
  // A list asks for the index of each of its numbers several times.
  const indexOf = remembered((number) => keyedHash(indexKey, number) as NumberIndex);
  const kek = derive('data keys');
  const fingerprint = derive('fingerprint').toString('hex').slice(0, 32);

  function sealBytes(bytes: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', sealKey, nonce);
    const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  }
  function openBytes(sealed: Uint8Array): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', sealKey, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  }
  const sealText = (text: string) => `${VERSION}.${sealBytes(Buffer.from(text)).toString('base64url')}`;
  function openText(sealed: string): string {
    if (!sealed.startsWith(`${VERSION}.`)) throw new Error('sealed by an unknown version');
    return openBytes(Buffer.from(sealed.slice(VERSION.length + 1), 'base64url')).toString('utf8');
  }
  return {
    index: indexOf,
    indexText: (text) => keyedHash(textIndexKey, text),
    seal: sealText,
    open: (sealed) => openText(sealed) as E164,
    sealText,
    openText,
    sealBytes,
    openBytes,
    fingerprint: () => fingerprint,
    firstKek: () => ({ id: `kek_${fingerprint.slice(0, 8)}`, key: kek }),
  };
}
