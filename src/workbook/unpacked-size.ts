import { createInflateRaw } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

interface Limits {
  readonly bytes: number;
  readonly entries: number;
}

interface Entry {
  readonly method: number;
  readonly packed: number;
  readonly at: number;
}

/**
 * How large a zip is when it is unpacked. What its directory says of sizes is not believed: each entry is unpacked and thrown away,
 * and no further than the limit, so that a small file that would fill the memory is refused at once.
 */
export async function unpackedSize(file: Buffer, limits: Limits): Promise<number | 'unreadable' | 'too-large'> {
  const entries = directoryOf(file, limits.entries);
  if (typeof entries === 'string') return entries;
  let total = 0;
  for (const entry of entries) {
    const size = await entrySize(file, entry, limits.bytes - total);
    if (typeof size === 'string') return size;
    total += size;
    if (total > limits.bytes) return 'too-large';
  }
  return total;
}

function directoryOf(file: Buffer, most: number): readonly Entry[] | 'unreadable' | 'too-large' {
  const end = file.lastIndexOf(bytesOf(END_OF_DIRECTORY));
  if (end < 0 || end + 22 > file.length) return 'unreadable';
  const count = file.readUInt16LE(end + 10);
  if (count > most) return 'too-large';
  const entries: Entry[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let place = 0; place < count; place += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== DIRECTORY_ENTRY) return 'unreadable';
    entries.push({
      method: file.readUInt16LE(at + 10),
      packed: file.readUInt32LE(at + 20),
      at: file.readUInt32LE(at + 42),
    });
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
}

async function entrySize(
  file: Buffer,
  { method, packed, at }: Entry,
  most: number,
): Promise<number | 'unreadable' | 'too-large'> {
  if (at + 30 > file.length || file.readUInt32LE(at) !== LOCAL_ENTRY) return 'unreadable';
  const from = at + 30 + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28);
  const bytes = file.subarray(from, from + packed);
  if (bytes.length < packed) return 'unreadable';
  if (method === STORED) return packed;
  return method === DEFLATED ? inflatedSize(bytes, most) : 'unreadable';
}

/** Counts and throws away. */
async function inflatedSize(bytes: Buffer, most: number): Promise<number | 'unreadable' | 'too-large'> {
  const inflater = createInflateRaw();
  inflater.end(bytes);
  let size = 0;
  try {
    for await (const chunk of inflater as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) return 'too-large';
    }
  } catch {
    return 'unreadable';
  }
  return size;
}

function bytesOf(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}
