const MAGIC: readonly (readonly [contentType: PaperFormat, bytes: readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
];

export const paperFormats = ['application/pdf', 'image/jpeg', 'image/png'] as const;
/** How a copy of a paper may come. */
export type PaperFormat = (typeof paperFormats)[number];

export const photoFormats = ['image/jpeg', 'image/png'] as const;

/** What a photo is by its first bytes; undefined when it is none. */
export function photoFormat(bytes: Uint8Array): (typeof photoFormats)[number] | undefined {
  const format = paperFormat(bytes);
  return photoFormats.find((one) => one === format);
}

/** What a file is by its first bytes, whatever it is called; undefined when it is no copy of a paper. */
export function paperFormat(bytes: Uint8Array): PaperFormat | undefined {
  return MAGIC.find(([, magic]) => magic.every((byte, place) => bytes[place] === byte))?.[0];
}
