import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Problem } from '../../kernel/index.js';
import { disagreement, maskedNumber, readNumber, spacedNumber } from './read-number.js';

const refusal = (text: string): Problem => {
  try {
    readNumber(text);
  } catch (error) {
    return error as Problem;
  }
  throw new Error(`accepted: ${text}`);
};

describe('a personal number', () => {
  test.each([
    ['020099123456', 'cccd', '020099123456'],
    [' 020 099 123 456 ', 'cccd', '020099123456'],
    ['020.099.123-456', 'cccd', '020099123456'],
    ['０２００９９１２３４５６', 'cccd', '020099123456'],
    ['020\u200b099123456', 'cccd', '020099123456'],
    ['081234567', 'cmnd', '081234567'],
  ])('%s is read', (text, kind, digits) => {
    expect(readNumber(text)).toEqual({ kind, digits });
  });

  test.each([
    ['', /Chưa nhập/u],
    ['   ', /Chưa nhập/u],
    ['02009912345', /11 chữ số.*số 0 ở đầu/u],
    ['81234567', /8 chữ số.*số 0 ở đầu/u],
    ['0200991234567', /13 chữ số\.$/u],
    ['020O99123456', /không phải chữ số/u],
    ['020099123456; drop table', /không phải chữ số/u],
    ['٠٢٠٠٩٩١٢٣٤٥٦', /không phải chữ số/u],
    ['000000000000', /lặp lại/u],
    ['9'.repeat(100_000), /100000 chữ số/u],
  ])('%s is refused with the reason', (text, why) => {
    expect(refusal(text).why).toMatch(why);
  });

  it('is never repeated in what is said about it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{1,30}[a-z]?$/), (text) => {
        try {
          readNumber(text);
        } catch (error) {
          const said = JSON.stringify(error);
          if (text.length > 4) expect(said).not.toContain(text);
        }
      }),
    );
  });

  it('is shown by its end alone', () => {
    expect(maskedNumber('020099123456')).toBe('•••••••••456');
    expect(maskedNumber('081234567')).toBe('••••••567');
    expect(spacedNumber('020099123456').split('\u00a0')).toEqual(['020', '099', '123', '456']);
  });
});

describe('what a number says of its person', () => {
  const of = (digits: string, sex: 'male' | 'female' | null, birthYear: number | null) =>
    disagreement({ kind: digits.length === 9 ? 'cmnd' : 'cccd', digits }, { sex, birthYear });

  it('agrees with sex and year in both centuries, and with what is not known', () => {
    expect(of('020085123456', 'male', 1985)).toBeNull();
    expect(of('020185123456', 'female', 1985)).toBeNull();
    expect(of('020204123456', 'male', 2004)).toBeNull();
    expect(of('020304123456', 'female', 2004)).toBeNull();
    expect(of('020085123456', null, null)).toBeNull();
    expect(of('081234567', 'female', 1960)).toBeNull();
  });

  it('is told when it does not', () => {
    expect(of('020085123456', 'female', 1985)).toMatch(/của nam/u);
    expect(of('020085123456', 'male', 1986)).toMatch(/1985, trong sổ là 1986/u);
    expect(of('020285123456', 'female', 1985)).toMatch(/của nam; năm sinh theo số này là 2085/u);
  });
});
