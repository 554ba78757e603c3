import { createHash, randomBytes } from 'node:crypto';
import { CODE_LETTERS, Problem, groupedCode, readCodeLetters } from '../../kernel/index.js';

const RANDOM_DIGITS = 11;
const LENGTH = RANDOM_DIGITS + 1;

/** A new code of 55 random bits and a check digit: `7F3K-92MX-A4TD`. */
export function newCode(random: (bytes: number) => Uint8Array = randomBytes): string {
  const digits = Array.from(random(RANDOM_DIGITS), (byte) => CODE_LETTERS[byte % 32]!).join('');
  return groupedCode(digits + checkDigit(digits));
}

/** Weights that are odd and differ from neighbour to neighbour notice every single wrong digit. */
function checkDigit(digits: string): string {
  const sum = Array.from(digits).reduce(
    (all, digit, at) => all + CODE_LETTERS.indexOf(digit) * (2 * at + 1),
    0,
  );
  return CODE_LETTERS[sum % 32]!;
}

/**
 * The code as it was handed out, from what a person typed: small letters, spaces, dashes, the letters
 * O, I and L for the digits they look like.
 * @throws Problem `code-misspelt` for what cannot be a code
 */
export function readCode(text: string): string {
  const letters = readCodeLetters(text, LENGTH);
  const isCode = letters !== null && checkDigit(letters.slice(0, RANDOM_DIGITS)) === letters.at(-1);
  if (isCode) return groupedCode(letters);
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
