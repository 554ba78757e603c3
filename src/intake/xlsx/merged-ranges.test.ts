import { expect, test } from 'vitest';
import type { MergedRange } from './cell-reference.js';
import { mergeFiller } from './merged-ranges.js';

const column = (firstColumn: number, firstRow: number, lastRow: number): MergedRange => ({
  ...{ firstColumn, lastColumn: firstColumn },
  ...{ firstRow, lastRow },
});

const filled = (ranges: MergedRange[], rows: (string | undefined)[][]) => {
  const fill = mergeFiller<string>(ranges);
  return rows.map((cells, i) => {
    fill(i + 1, cells);
    return [...cells];
  });
};

test('a value holds for the rows of its merge and no further', () => {
  expect(filled([column(0, 1, 2), column(0, 3, 4)], [['a'], [], ['b'], [], []])).toEqual([
    ['a'],
    ['a'],
    ['b'],
    ['b'],
    [],
  ]);
});

test('a cell with a value of its own keeps it; a merge that begins empty fills nothing', () => {
  expect(filled([column(0, 1, 3), column(1, 1, 3)], [['a'], ['x', 'y'], []])).toEqual([
    ['a'],
    ['x', 'y'],
    ['a'],
  ]);
});

test('many merges of one place cost no more than one', () => {
  let reads = 0;
  const counted = (range: MergedRange): MergedRange =>
    Object.defineProperty({ ...range }, 'lastRow', { get: () => (reads++, 2000) });
  const ranges = Array.from({ length: 20_000 }, (_, i) => counted(column(i % 10, 1, 2000)));
  const fill = mergeFiller<string>(ranges);
  for (let row = 1; row <= 1000; row++) fill(row, row === 1 ? Array(10).fill('v') : []);
  expect(reads).toBeLessThanOrEqual(10);
});
