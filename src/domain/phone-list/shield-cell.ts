/** What a spreadsheet would run as a formula, in either width. */
const FORMULA = /^'*[=+\-@＝＋－＠\t\r]/;
const SHIELDED = /^'+[=+\-@＝＋－＠\t\r]/;

/** A text that no spreadsheet takes for a formula; `unshieldCell` gives back exactly what went in. */
export function shieldCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** A text as it was before `shieldCell`. */
export function unshieldCell(text: string): string {
  return SHIELDED.test(text) ? text.slice(1) : text;
}
