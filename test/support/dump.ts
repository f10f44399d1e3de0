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
    for (const { name } of collections) {
      const docs = await connection.db?.collection(name).find().toArray();
      parts.push(`${name} ${JSON.stringify(docs)}`);
    }
    const open = parts.join('\n');
    const opened = (open.match(SEALED) ?? []).map((sealed) => {
      try {
        return cipher.openText(sealed);
      } catch {
        return '';
      }
    });
    return [open, ...opened, ...opened.map(unpacked)].join('\n');
  } finally {
    await connection.close();
  }
}

/** What is packed within a seal, as uploaded lists are. */
function unpacked(text: string): string {
  try {
    return inflateRawSync(Buffer.from(text, 'base64')).toString();
  } catch {
    return '';
  }
}
