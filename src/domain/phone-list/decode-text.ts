import Encoding from 'encoding-japanese';
import { type Outcome, accept, refuse } from '../outcome.ts';

/** Encodings that a list may come in, by the labels of the WHATWG; `shift_jis` is CP932 with ㈱, ① and 髙. */
export const textEncodings = ['utf-8', 'shift_jis', 'euc-jp', 'iso-2022-jp', 'utf-16le', 'utf-16be'] as const;
export type TextEncoding = (typeof textEncodings)[number];

export interface DecodedText {
  readonly text: string;
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

const DETECTED: Readonly<Record<string, TextEncoding>> = { SJIS: 'shift_jis', EUCJP: 'euc-jp', JIS: 'iso-2022-jp' };

/** The encoding that a name means, as people and programs write it (CP932, Shift-JIS, UTF-8 …). */
export function encodingNamed(name: string): TextEncoding | undefined {
  return OTHER_NAMES[name.toLowerCase().replace(/[^a-z0-9]/g, '')];
}

/**
 * The text of a file: a byte-order mark decides, then strict UTF-8, then a guess among the Japanese encodings. A chosen
 * encoding is applied as it is; what it cannot read becomes U+FFFD, which the rows then report.
 */
export function decodeText(bytes: Uint8Array, chosen?: TextEncoding): Outcome<DecodedText, DecodeRefusal> {
  const decoded = chosen ? accept({ text: decode(bytes, chosen, false) ?? '', encoding: chosen }) : guess(bytes);
  if (!decoded.ok) return looksBinary(bytes) ? refuse('import-unreadable') : decoded;
  return decoded.value.text.includes('\0') ? refuse('import-unreadable') : decoded;
}

function guess(bytes: Uint8Array): Outcome<DecodedText, DecodeRefusal> {
  const marked = byteOrderMark(bytes);
  const candidates = marked ? [marked] : (['utf-8', detect(bytes), 'shift_jis', 'euc-jp'] as const);
  for (const encoding of candidates) {
    const text = encoding && decode(bytes, encoding, true);
    if (encoding && text !== undefined) return accept({ text, encoding });
  }
  return refuse('encoding-unknown');
}

function byteOrderMark(bytes: Uint8Array): TextEncoding | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** ISO-2022-JP consists of ASCII bytes, so strict UTF-8 would take it: its escapes are looked for first. */
function detect(bytes: Uint8Array): TextEncoding | undefined {
  const guessed = Encoding.detect(bytes, ['JIS', 'SJIS', 'EUCJP']);
  return guessed === false ? undefined : DETECTED[guessed];
}

function decode(bytes: Uint8Array, encoding: TextEncoding, strict: boolean): string | undefined {
  if (strict && encoding === 'utf-8' && hasJisEscape(bytes)) return undefined;
  try {
    return new TextDecoder(encoding, { fatal: strict }).decode(bytes);
  } catch {
    return undefined;
  }
}

function hasJisEscape(bytes: Uint8Array): boolean {
  return bytes.some((byte, at) => byte === 0x1b && (bytes[at + 1] === 0x24 || bytes[at + 1] === 0x28));
}

/** A workbook (zip or old Office file), a picture, a PDF: their bytes say so at once. */
function looksBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 4096).includes(0);
}
