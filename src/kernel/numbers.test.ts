import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDecimal, formatInteger, formatSigned } from './numbers.js';

test.each([
  [0, '0'],
  [-0, '0'],
  [-0.5, '0'],
  [999, '999'],
  [1000, '1.000'],
  [-1_234_567, '−1.234.567'],
  [9_007_199_254_740_991, '9.007.199.254.740.991'],
])('%d is written %s', (value, text) => {
  expect(formatInteger(value)).toBe(text);
});

test.each([
  ['0.00', '0,00'],
  ['-0.00', '0,00'],
  ['-0.01', '−0,01'],
  ['1234.50', '1.234,50'],
  ['100', '100'],
  ['-1234567.891234', '−1.234.567,891234'],
  ['900719925474099123.45', '900.719.925.474.099.123,45'],
])('%s is written %s', (decimal, text) => {
  expect(formatDecimal(decimal)).toBe(text);
});

test.each([
  ['1.04', '+1,04'],
  ['-1.04', '−1,04'],
  ['0.00', '0,00'],
  ['-0.00', '0,00'],
])('the change %s is written %s', (decimal, text) => {
  expect(formatSigned(decimal)).toBe(text);
});

test('what is written can be read back without loss', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
      const decimal = `${whole}.${String(cents).padStart(2, '0')}`;
      const back = formatDecimal(decimal).replaceAll('.', '').replace(',', '.').replace('−', '-');
      expect(Number(back)).toBe(Number(decimal) || 0);
      expect(back).toMatch(/\.\d\d$/);
    }),
  );
});
