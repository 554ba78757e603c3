import { expect, test } from 'vitest';
import { ascending } from './ascending.js';
import { Random } from './random.js';

test('orders as a comparison does, equal keys in their order', () => {
  const random = new Random(7, 1);
  const keys = Array.from({ length: 2_000 }, () =>
    Math.fround(Math.round(40 * random.normal()) / 8),
  );
  const expected = keys.map((_, i) => i).sort((a, b) => keys[a]! - keys[b]! || a - b);
  expect([...ascending(keys)]).toEqual(expected);
});

test('negative, tiny and huge keys stand where they belong', () => {
  expect([...ascending([3e38, -1e-40, 0, -3e38, 1e-40, -1])]).toEqual([3, 5, 1, 2, 4, 0]);
  expect([...ascending([])]).toEqual([]);
});
