import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  changeInPoints,
  decimalOfHundredths,
  hundredthsOfPercent,
  percentRate,
  toHundredths,
} from './rates.js';

test.each([
  [23_516, 192_755, '12.20'],
  [23_246, 192_755, '12.06'],
  [6_912, 205_640, '3.36'],
  [4_643, 199_765, '2.32'],
  [0, 5, '0.00'],
  [5, 5, '100.00'],
  [1, 20_000, '0.01'], // exactly half a hundredth goes away from zero
  [-1, 20_000, '-0.01'],
  [1, -20_000, '-0.01'],
  [-1, -20_000, '0.01'],
  [1, 20_001, '0.00'],
  [-1, 20_001, '0.00'], // never "-0.00"
  [-1, -3, '33.33'],
])('%i / %i is %s per cent', (numerator, denominator, value) => {
  expect(percentRate(numerator, denominator)).toEqual({
    value,
    unit: 'percent',
    numerator,
    denominator,
  });
});

test('a rate with an unknown part, or over nothing, has no value and keeps what is known', () => {
  expect(percentRate(null, 5).value).toBeNull();
  expect(percentRate(5, null)).toEqual({
    value: null,
    unit: 'percent',
    numerator: 5,
    denominator: null,
  });
  expect(percentRate(0, 0).value).toBeNull();
  expect(percentRate(3, 0).value).toBeNull();
});

test('a part that is not a whole number is refused, not rounded in silence', () => {
  expect(() => percentRate(1.5, 3)).toThrow(RangeError);
});

test('the rounded value is the nearest hundredth, and mirrors when the sign does', () => {
  const count = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
  const total = fc.integer({ min: 1, max: 1_000_000_000 });
  fc.assert(
    fc.property(count, total, (numerator, denominator) => {
      const hundredths = hundredthsOfPercent(numerator, denominator);
      if (hundredths === null) throw new Error('the denominator is not zero');
      // |10000·n − h·d| ≤ d/2, in whole numbers, so that the check itself cannot round.
      const error = BigInt(numerator) * 10_000n - BigInt(hundredths) * BigInt(denominator);
      expect((error < 0n ? -error : error) * 2n <= BigInt(denominator)).toBe(true);
      expect(hundredthsOfPercent(-numerator, denominator)).toBe(-hundredths || 0);
    }),
  );
});

test('hundredths and their decimal text are two forms of one number', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), (hundredths) => {
      const text = decimalOfHundredths(hundredths);
      expect(text).toMatch(/^-?\d+\.\d{2}$/);
      expect(toHundredths(text)).toBe(hundredths);
    }),
  );
});

test('the change between two rates is the sum a reader can redo', () => {
  const before = percentRate(23_516, 192_755);
  const after = { ...percentRate(892, 10_000) };
  expect(changeInPoints(before, after)).toEqual({
    value: '-3.28',
    unit: 'percentage_point',
    numerator: null,
    denominator: null,
  });
  expect(changeInPoints(after, before).value).toBe('3.28');
  expect(changeInPoints(before, before).value).toBe('0.00');
});

test('a change from or to an unknown rate is unknown', () => {
  const known = percentRate(1, 2);
  const unknown = percentRate(null, 2);
  expect(changeInPoints(known, unknown).value).toBeNull();
  expect(changeInPoints(unknown, known).value).toBeNull();
});
