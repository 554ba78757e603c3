import { expect, test } from 'vitest';
import { median, quantile, rounded, timesOf, withReference } from './bench-figure.js';

test('the median is the middle, not the mean, and does not reorder what it is given', () => {
  const values = [9, 1, 5];
  expect(median(values)).toBe(5);
  expect(median([4, 1, 2, 100])).toBe(3);
  expect(values).toEqual([9, 1, 5]);
  expect(() => median([])).toThrow(RangeError);
});

test('a quantile is a value that really occurred', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
  expect(quantile(hundred, 0.95)).toBe(95);
  expect(quantile([7], 0.95)).toBe(7);
  expect(quantile([7, 8], 0)).toBe(7);
  expect(() => quantile([], 0.5)).toThrow(RangeError);
});

test('the first run warms up and is not counted', async () => {
  let runs = 0;
  expect(await timesOf(3, () => runs++)).toHaveLength(3);
  expect(runs).toBe(4);
});

test('a reference is of the same unit and gives a ratio', () => {
  const figure = { name: 'x', value: 30, unit: 'ms' } as const;
  expect(withReference(figure, 12)).toEqual({ ...figure, reference: 12, ratio: 2.5 });
  expect(rounded(1234.5)).toBe(1230);
});
