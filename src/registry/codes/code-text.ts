import { createHash, randomBytes } from 'node:crypto';
import { Problem } from '../../kernel/index.js';

/** Crockford's base 32: no I, L, O, U, so that a code read aloud or written by hand stays the same. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_DIGITS = 11;
const LENGTH = RANDOM_DIGITS + 1;

/** A new code of 55 random bits and a check digit: `7F3K-92MX-A4TD`. */
export function newCode(random: (bytes: number) => Uint8Array = randomBytes): string {
  const digits = Array.from(random(RANDOM_DIGITS), (byte) => DIGITS[byte % 32]!).join('');
  return grouped(digits + checkDigit(digits));
}

const grouped = (code: string): string => code.match(/.{4}/g)!.join('-');

/** Weights that are odd and differ from neighbour to neighbour notice every single wrong digit. */
function checkDigit(digits: string): string {
  const sum = Array.from(digits).reduce(
    (all, digit, at) => all + DIGITS.indexOf(digit) * (2 * at + 1),
    0,
  );
  return DIGITS[sum % 32]!;
}

/**
 * The code as it was handed out, from what a person typed: small letters, spaces, dashes, the letters
 * O, I and L for the digits they look like.
 * @throws Problem `code-misspelt` for what cannot be a code
 */
export function readCode(text: string): string {
  const folded = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}._]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  const digits = folded.slice(0, RANDOM_DIGITS);
  const isCode =
    folded.length === LENGTH &&
    Array.from(folded).every((digit) => DIGITS.includes(digit)) &&
    checkDigit(digits) === folded[RANDOM_DIGITS];
  if (isCode) return grouped(folded);
  throw new Problem('refused', {
    code: 'code-misspelt',
    what: 'Mã tra cứu viết chưa đúng.',
    why: 'Mã có 12 chữ và số, in thành ba nhóm trên phiếu của hộ.',
    todo: 'So lại từng nhóm với phiếu rồi gửi lại. Mất phiếu thì xin mã mới ở xã.',
  });
}

/** What is kept of a code. 55 random bits need no salt against guessing from the hash. */
export const codeHash = (code: string): Buffer =>
  createHash('sha256').update(`thonban household code ${code}`).digest();
