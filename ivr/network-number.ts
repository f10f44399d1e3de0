/**
 * A number as a network of our own hands it over (`0312345678`, `81312345678`, `01033123456789`) with its country code; a word, an
 * address or an extension stays as it is. Only a leading zero means Japan: digits without one may be a withheld number's keypad word.
 */
export function internationalForm(number: string): string {
  const digits = number.replace(/[-\s]/g, '');
  if (/^010[1-9]\d{6,}$/.test(digits)) return `+${digits.slice(3)}`;
  if (/^0[1-9]\d{7,9}$/.test(digits)) return `+81${digits.slice(1)}`;
  return /^[1-9]\d{6,}$/.test(digits) ? `+${digits}` : number;
}
