import { createCipheriv, createDecipheriv } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals bytes under a key of 32 bytes (AES-256-GCM, a fresh nonce each), bound to what it belongs to: put elsewhere it does not open.
 */
export function sealBytes(key: Buffer, nonce: Buffer, bound: string, bytes: Uint8Array): string {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(bound));
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** Opens what was sealed; bytes that were tampered with, another key or another place are an exception. */
export function openBytes(key: Buffer, bound: string, sealed: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}

/** A nonce for `sealBytes`. */
export function newNonce(randomBytes: (size: number) => Buffer): Buffer {
  return randomBytes(NONCE_BYTES);
}
