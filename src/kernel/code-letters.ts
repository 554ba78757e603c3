/** Crockford's base 32: no I, L, O, U, so that a code read aloud or written by hand stays the same. */
export const CODE_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** "7KQ2-M0XW-9RTD": in groups of four, as it is printed. */
export const groupedCode = (letters: string): string => (letters.match(/.{1,4}/g) ?? []).join('-');

/**
 * The letters of a printed code from what a person typed: small letters, spaces, dashes of any kind, full
 * stops, the letters O, I and L for the digits they look like. `null` for what has another length or
 * holds anything else.
 */
export function readCodeLetters(text: string, length: number): string | null {
  const letters = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}._]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  const isCode =
    letters.length === length && Array.from(letters).every((one) => CODE_LETTERS.includes(one));
  return isCode ? letters : null;
}
