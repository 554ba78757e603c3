import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeHash, newCode, readCode } from './code-text.js';

const code = fc.uint8Array({ minLength: 11, maxLength: 11 }).map((bytes) => newCode(() => bytes));

test('a code is three groups of four, and no two are alike', () => {
  const made = Array.from({ length: 1000 }, () => newCode());
  for (const one of made) expect(one).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(new Set(made).size).toBe(1000);
});

test('a code is read however it is typed', () => {
  fc.assert(
    fc.property(code, (one) => {
      const small = one.toLowerCase().replaceAll('-', '');
      const spaced = one.replaceAll('-', ' – ');
      const lookAlike = one.replaceAll('0', 'O').replaceAll('1', 'l');
      for (const typed of [one, small, spaced, lookAlike, ` ${one}. `]) {
        expect(readCode(typed)).toBe(one);
      }
    }),
  );
});

test('any one wrong digit is noticed before anything is looked up', () => {
  fc.assert(
    fc.property(code, fc.nat(11), fc.integer({ min: 1, max: 31 }), (one, at, by) => {
      const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
      const plain = Array.from(one.replaceAll('-', ''));
      plain[at] = digits[(digits.indexOf(plain[at]!) + by) % 32]!;
      expect(() => readCode(plain.join(''))).toThrow(/viết chưa đúng/);
    }),
  );
});

test.each(['', '----', 'ABCD', "' or 1=1 --", 'U'.repeat(12), '0'.repeat(5000), 'mã của tôi'])(
  '%s is no code',
  (text) => {
    expect(() => readCode(text)).toThrow(/viết chưa đúng/);
  },
);

test('the hash tells codes apart and does not hold them', () => {
  const one = newCode();
  expect(codeHash(one)).toHaveLength(32);
  expect(codeHash(one)).not.toEqual(codeHash(newCode()));
  expect(codeHash(one).toString('latin1')).not.toContain(one.slice(0, 4));
});
