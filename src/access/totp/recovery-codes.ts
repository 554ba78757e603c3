import { createHash, randomBytes } from 'node:crypto';
import { CODE_LETTERS, groupedCode, readCodeLetters } from '../../kernel/index.js';

export const RECOVERY_CODES = 10;
const LETTERS = 12;

/** Ten new codes of 60 bits, as they are printed: "7KQ2-M0XW-9RTD". */
export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, newCode);

const newCode = (): string =>
  groupedCode([...randomBytes(LETTERS)].map((byte) => CODE_LETTERS.charAt(byte & 31)).join(''));

/** A code as it was typed; empty for what cannot be one. */
export const tidyRecoveryCode = (text: string): string => readCodeLetters(text, LETTERS) ?? '';

/** What is kept of a code. 60 random bits need no slow hash; the account keeps equal codes apart. */
export const recoveryHash = (accountId: string, code: string): Buffer =>
  createHash('sha256')
    .update(`recovery\0${accountId}\0${tidyRecoveryCode(code)}`)
    .digest();
