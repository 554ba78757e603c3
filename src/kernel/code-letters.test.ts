import { expect, test } from 'vitest';
import { CODE_LETTERS, groupedCode, readCodeLetters } from './code-letters.js';

test('a code is read however it is typed, and printed in fours', () => {
  const printed = groupedCode('7KQ2M0XW91TD');
  expect(printed).toBe('7KQ2-M0XW-91TD');
  for (const typed of [printed, '7kq2 m0xw 91td', '7KQ2–MOXW—9lTD.', '７KQ2_M0XW_9iTD']) {
    expect(readCodeLetters(typed, 12)).toBe('7KQ2M0XW91TD');
  }
  for (const none of ['', '7KQ2-M0XW-91T', '7KQ2-M0XW-91TDD', '7KQ2-M0XW-91TU', 'mã của hộ nhà'])
    expect(readCodeLetters(none, 12)).toBeNull();
  expect(new Set(CODE_LETTERS).size).toBe(32);
});
