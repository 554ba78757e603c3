import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundToSum } from './largest-remainder.js';

describe('roundToSum', () => {
  it('sums to the total and moves no part by a whole unit when the total is the rounded sum', () => {
    const part = fc.double({ min: -500, max: 500, noNaN: true });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (exact) => {
        const sum = exact.reduce((a, b) => a + b, 0);
        const total = Math.round(sum) + 0;
        const rounded = roundToSum(exact, total);
        expect(rounded.reduce((a, b) => a + b, 0)).toBe(total);
        rounded.forEach((value, at) => expect(Math.abs(value - exact[at]!)).toBeLessThan(1.5));
      }),
    );
  });

  it('gives the missing unit to the largest remainder', () => {
    expect(roundToSum([1.2, 2.7, -3.9], 0)).toEqual([1, 3, -4]);
  });

  it('takes a unit back when the parts are too large', () => {
    expect(roundToSum([2, 3], 4)).toEqual([2, 2]);
  });
});
