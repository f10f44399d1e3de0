/** Columns of a terminal that a text takes; Japanese letters take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += isWide(letter) ? 2 : 1;
  return width;
}

/** The text filled up with spaces, or cut with an ellipsis, to just so many columns. */
export function fit(text: string, columns: number): string {
  const width = widthOf(text);
  if (width <= columns) return text + ' '.repeat(columns - width);
  let cut = '';
  for (const letter of text) {
    if (widthOf(cut + letter) > columns - 1) break;
    cut += letter;
  }
  return fit(`${cut}…`, columns);
}

/** Two texts beside each other, long lines folded, with a bar between. */
export function sideBySide(left: readonly string[], right: readonly string[], columns: number): readonly string[] {
  const half = Math.max(20, Math.floor((columns - 3) / 2));
  const [here, there] = [left, right].map((lines) => lines.flatMap((line) => fold(line, half)));
  const rows = Math.max(here?.length ?? 0, there?.length ?? 0);
  return Array.from({ length: rows }, (_, row) => `${fit(here?.[row] ?? '', half)} │ ${there?.[row] ?? ''}`.trimEnd());
}

/** One line per element, indented by its depth, so that a document can be read. */
export function layOutMarkup(markup: string): readonly string[] {
  let depth = 0;
  return markup
    .replace(/>\s*</g, '>\n<')
    .split('\n')
    .flatMap((line) => {
      const text = line.trim();
      if (text.startsWith('</')) depth -= 1;
      const shown = '  '.repeat(Math.max(0, depth)) + text;
      if (/^<[^/?!]/.test(text) && !/\/>$|<\//.test(text)) depth += 1;
      return text === '' ? [] : [shown];
    });
}

/** Breaks a line into pieces of so many columns; what follows keeps the indentation. */
function fold(line: string, columns: number): readonly string[] {
  if (widthOf(line) <= columns) return [line];
  const indent = /^ */.exec(line)?.[0].slice(0, columns / 2) ?? '';
  const pieces: string[] = [];
  let piece = '';
  for (const letter of line) {
    if (widthOf(piece + letter) > columns) {
      pieces.push(piece);
      piece = `${indent}  `;
    }
    piece += letter;
  }
  return [...pieces, piece];
}

function isWide(letter: string): boolean {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(letter);
}
