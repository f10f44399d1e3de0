import { randomBytes } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { connect } from '../../models/connection.ts';
import { createNumberCipher } from '../../src/services/number-cipher.ts';

/** What stands under the master key alone. */
const SEALED = /v1\.[A-Za-z0-9_-]{40,}/g;

/**
 * Everything that a database holds, as text: every collection, and behind it whatever the master key opens. What is sealed under
 * workers' data keys stays closed, unless the keys that wrap those are given away too.
 */
export async function dumpOf(uri: string, masterKey: Buffer): Promise<string> {
  const connection = await connect(uri, 2);
  try {
    const cipher = createNumberCipher(masterKey, randomBytes);
    const collections = (await connection.db?.listCollections().toArray()) ?? [];
    const parts: string[] = [];
    const packed: string[] = [];
    for (const { name } of collections) {
      const docs = await connection.db?.collection(name).find({}, { promoteBuffers: true }).toArray();
      parts.push(`${name} ${JSON.stringify(docs)}`);
      for (const bytes of bytesIn(docs))
        packed.push(unsealed(() => inflateRawSync(cipher.openBytes(bytes)).toString()));
    }
    const open = parts.join('\n');
    const opened = (open.match(SEALED) ?? []).map((sealed) => unsealed(() => cipher.openText(sealed)));
    return [open, ...opened, ...packed].join('\n');
  } finally {
    await connection.close();
  }
}

/** What the master key opens; nothing of what stands under another key. */
function unsealed(open: () => string): string {
  try {
    return open();
  } catch {
    return '';
  }
}

/** The bytes in documents at any depth: uploaded lists stand packed within their seal. */
function* bytesIn(value: unknown): Generator<Buffer> {
  if (Buffer.isBuffer(value)) yield value;
  else if (value !== null && typeof value === 'object') for (const one of Object.values(value)) yield* bytesIn(one);
}
