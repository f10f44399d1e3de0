import { isUtf8 } from 'node:buffer';
import Encoding from 'encoding-japanese';
import { type Outcome, accept, refuse } from '../outcome.ts';
import { HEADINGS_WITHIN } from './find-headings.ts';
import { fieldNamed } from './list-fields.ts';

/** Encodings that a list may come in, by the labels of the WHATWG; `shift_jis` is CP932 with ㈱, ① and 髙. */
export const textEncodings = ['utf-8', 'shift_jis', 'euc-jp', 'iso-2022-jp', 'utf-16le', 'utf-16be'] as const;
export type TextEncoding = (typeof textEncodings)[number];

/** The text of a file, piece by piece, so that a long list is never one string. */
export interface DecodedText {
  readonly chunks: Iterable<string>;
  readonly encoding: TextEncoding;
}

export type DecodeRefusal = 'encoding-unknown' | 'import-unreadable';

const OTHER_NAMES: Readonly<Record<string, TextEncoding>> = {
  utf8: 'utf-8',
  utf8bom: 'utf-8',
  sjis: 'shift_jis',
  shiftjis: 'shift_jis',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  windows31j: 'shift_jis',
  eucjp: 'euc-jp',
  jis: 'iso-2022-jp',
  iso2022jp: 'iso-2022-jp',
  utf16: 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
};

const GUESSED: Readonly<Record<string, TextEncoding>> = { SJIS: 'shift_jis', EUCJP: 'euc-jp', JIS: 'iso-2022-jp' };
const CHUNK_BYTES = 64 * 1024;
const SAMPLE_BYTES = 32 * 1024;
/** Above this share of unreadable letters no encoding fits. */
const MOST_BAD = 0.2;
/** Above this share of half-width dots and commas a text has been read in the wrong encoding. */
const MOST_DOTS = 0.03;
const ODD = /[\uff61-\uff9f\u0080-\u00ff\ue000-\uf8ff]/g;

/** The encoding that a name means, as people and programs write it (CP932, Shift-JIS, UTF-8 …). */
export function encodingNamed(name: string): TextEncoding | undefined {
  return OTHER_NAMES[name.toLowerCase().replace(/[^a-z0-9]/g, '')];
}

/**
 * The text of a file: a byte-order mark decides, then what reads best: the most headings that we know, the fewest unreadable
 * letters, strict UTF-8, a guess. What an encoding cannot read becomes U+FFFD, which the rows then report.
 */
export function decodeText(bytes: Uint8Array, chosen?: TextEncoding): Outcome<DecodedText, DecodeRefusal> {
  const encoding = chosen ?? byteOrderMark(bytes) ?? guess(bytes);
  if (encoding?.startsWith('utf-16') !== true && bytes.includes(0)) return refuse('import-unreadable');
  return encoding ? accept({ chunks: decodeChunks(bytes, encoding), encoding }) : refuse('encoding-unknown');
}

/** Reads the bytes in that encoding again each time it is iterated. */
function decodeChunks(bytes: Uint8Array, encoding: TextEncoding): Iterable<string> {
  return {
    *[Symbol.iterator]() {
      const decoder = new TextDecoder(encoding);
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
        yield decoder.decode(bytes.subarray(at, at + CHUNK_BYTES), { stream: true });
      }
      const rest = decoder.decode();
      if (rest !== '') yield rest;
    },
  };
}

function byteOrderMark(bytes: Uint8Array): TextEncoding | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** ISO-2022-JP consists of ASCII bytes, so it is a candidate only where its escapes are. */
function guess(bytes: Uint8Array): TextEncoding | undefined {
  const sample = sampleOf(bytes);
  const candidates: readonly TextEncoding[] = ['utf-8', 'shift_jis', 'euc-jp', ...escaped(sample)];
  const guessed = Encoding.detect(sample, ['JIS', 'SJIS', 'EUCJP']);
  const strict = isUtf8(bytes);
  const rated = candidates.map((encoding, place) => {
    const text = new TextDecoder(encoding).decode(sample);
    const isGuessed = guessed !== false && GUESSED[guessed] === encoding;
    const fits = (encoding === 'utf-8' && strict) || (encoding === 'iso-2022-jp' && isGuessed) ? 0 : 1;
    return {
      encoding,
      rank: [
        -knownHeadings(text),
        share(text, /\ufffd/g),
        looksTorn(text),
        fits,
        isGuessed ? 0 : 1,
        share(text, ODD),
        place,
      ],
    };
  });
  const [best] = rated.sort((a, b) => compare(a.rank, b.rank));
  return best && (best.rank[1] ?? 1) <= MOST_BAD ? best.encoding : undefined;
}

/** EUC-JP's kana, read as Shift_JIS, are half-width dots and commas by turns with others: no name has so many of them. */
function looksTorn(text: string): number {
  return share(text, /[\uff64\uff65]/g) > MOST_DOTS ? 1 : 0;
}

function escaped(sample: Uint8Array): readonly TextEncoding[] {
  const found = sample.some((byte, at) => byte === 0x1b && (sample[at + 1] === 0x24 || sample[at + 1] === 0x28));
  return found ? ['iso-2022-jp'] : [];
}

/** How many headings that we know stand in one of the first lines: a short file is told apart by what it must contain. */
function knownHeadings(text: string): number {
  const lines = text.trimStart().split(/[\r\n]+/, HEADINGS_WITHIN);
  const known = lines.map(
    (line) => line.split(/[,\t]/).filter((cell) => fieldNamed(cell.replaceAll('"', '')) !== undefined).length,
  );
  return Math.max(...known);
}

function share(text: string, letters: RegExp): number {
  return (text.match(letters)?.length ?? 0) / Math.max(1, text.length);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((value, at) => value !== b[at]);
  return place < 0 ? 0 : (a[place] ?? 0) - (b[place] ?? 0);
}

/** The beginning of a long file, and where its first letters beyond ASCII are; both end with a line. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= 2 * SAMPLE_BYTES) return bytes;
  const head = wholeLines(bytes.subarray(0, SAMPLE_BYTES));
  const far = bytes.findIndex((byte, at) => at >= head.length && (byte >= 0x80 || byte === 0x1b));
  if (far < 0) return head;
  const from = bytes.lastIndexOf(0x0a, far) + 1;
  return Buffer.concat([head, wholeLines(bytes.subarray(from, from + SAMPLE_BYTES))]);
}

function wholeLines(bytes: Uint8Array): Uint8Array {
  const end = bytes.lastIndexOf(0x0a);
  return end < 0 ? bytes : bytes.subarray(0, end + 1);
}
