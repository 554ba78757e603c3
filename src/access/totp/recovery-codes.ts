import { createHash, randomBytes } from 'node:crypto';

export const RECOVERY_CODES = 10;
/** Crockford's alphabet: no I, L, O, U, so that nothing printed is read as something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LETTERS = 12;

/** Ten new codes of 60 bits, as they are printed: "7KQ2-M0XW-9RTD". */
export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, newCode);

function newCode(): string {
  const letters = [...randomBytes(LETTERS)].map((byte) => ALPHABET.charAt(byte & 31)).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
}

/** A code as it was typed; empty for what cannot be one. */
export function tidyRecoveryCode(text: string): string {
  const letters = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–.]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return letters.length === LETTERS && Array.from(letters).every((one) => ALPHABET.includes(one))
    ? letters
    : '';
}

/** What is kept of a code. 60 random bits need no slow hash; the account keeps equal codes apart. */
export const recoveryHash = (accountId: string, code: string): Buffer =>
  createHash('sha256')
    .update(`recovery\0${accountId}\0${tidyRecoveryCode(code)}`)
    .digest();
