import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, fitTable } from './allocate.js';

const weights = fc.array(fc.double({ min: 0.001, max: 1000, noNaN: true }), {
  minLength: 1,
  maxLength: 60,
});

describe('allocate', () => {
  it('sums to the total, keeps the minimum and stays within one of the exact share', () => {
    fc.assert(
      fc.property(fc.nat(100_000), weights, fc.nat(3), (extra, list, minimum) => {
        const total = extra + minimum * list.length;
        const parts = allocate(total, list, minimum);
        const sum = list.reduce((a, b) => a + b, 0);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
        parts.forEach((part, i) => {
          expect(part).toBeGreaterThanOrEqual(minimum);
          expect(Math.abs(part - minimum - (extra * list[i]!) / sum)).toBeLessThan(1.000001);
        });
      }),
    );
  });

  it('refuses a minimum that the total cannot give, and sharing by nothing', () => {
    expect(() => allocate(3, [1, 1], 2)).toThrow(RangeError);
    expect(() => allocate(3, [0, 0])).toThrow(RangeError);
  });
});

describe('fitTable', () => {
  it('meets the rows exactly and the columns closely', () => {
    const fitted = fitTable(
      [
        [1, 9],
        [5, 1],
        [2, 2],
      ],
      [100, 50, 50],
      [120, 80],
    );
    expect(fitted.map((row) => row.reduce((a, b) => a + b, 0))).toEqual([
      expect.closeTo(100, 6),
      expect.closeTo(50, 6),
      expect.closeTo(50, 6),
    ]);
    expect(fitted.reduce((sum, row) => sum + row[0]!, 0)).toBeCloseTo(120, 3);
    expect(fitted[0]![1]).toBeGreaterThan(fitted[0]![0]!);
  });
});
