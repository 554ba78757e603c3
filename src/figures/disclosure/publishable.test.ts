import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PublicCell } from './publishable.js';
import { besideCount, publishable } from './publishable.js';
import type { Piece, TableRow } from './status-table.js';
import { cellId, hiddenCells } from './status-table.js';

const COLUMNS = ['households', 'poor', 'near-poor', 'both'] as const;

/** Independent oracle: rank over exact fractions of big integers, dense, no pivot tracking. */
function follows(target: readonly number[], known: readonly (readonly number[])[]): boolean {
  const rank = (matrix: bigint[][]): number => {
    let row = 0;
    const width = matrix[0]?.length ?? 0;
    for (let column = 0; column < width; column++) {
      const pivot = matrix.findIndex((line, index) => index >= row && line[column] !== 0n);
      if (pivot < 0) continue;
      [matrix[row], matrix[pivot]] = [matrix[pivot]!, matrix[row]!];
      const head = matrix[row]!;
      for (let other = row + 1; other < matrix.length; other++) {
        const line = matrix[other]!;
        const [a, b] = [head[column]!, line[column]!];
        if (b !== 0n) matrix[other] = line.map((value, at) => value * a - head[at]! * b);
      }
      row++;
    }
    return row;
  };
  const big = (lines: readonly (readonly number[])[]) => lines.map((line) => line.map(BigInt));
  return rank(big(known)) === rank(big([...known, target]));
}

const dense = (cell: PublicCell, width: number): number[] =>
  Array.from({ length: width }, (_, atom) => cell.sum.get(atom) ?? 0);

describe('publishable', () => {
  const cell = (id: string, value: number, atoms: number[], cost = value): PublicCell => ({
    id,
    value,
    sum: new Map(atoms.map((atom) => [atom, 1])),
    isSensitive: value > 0 && value < 5,
    cost,
  });

  it('hides a second cell, so that the total does not give the first one back', () => {
    const cells = [cell('a', 3, [0]), cell('b', 40, [1]), cell('c', 9, [2])];
    const total = cell('total', 52, [0, 1, 2], 1e9);
    expect(publishable([...cells, total])).toEqual(new Set(['a', 'c']));
  });

  it('hides nothing when nothing is small', () => {
    const cells = [cell('a', 30, [0]), cell('b', 0, [1]), cell('total', 30, [0, 1], 1e9)];
    expect(publishable(cells)).toEqual(new Set());
  });

  it('hides the same sum under another name', () => {
    const cells = [cell('a', 3, [0]), { ...cell('a again', 3, [0]), isSensitive: false }];
    expect(publishable(cells)).toEqual(new Set(['a', 'a again']));
  });

  it('leaves no hidden value that follows from the shown ones', () => {
    const width = 6;
    const anyCell = fc.record({
      value: fc.nat(12),
      atoms: fc.uniqueArray(fc.nat(width - 1), { minLength: 1, maxLength: width }),
    });
    fc.assert(
      fc.property(fc.array(anyCell, { minLength: 1, maxLength: 12 }), (made) => {
        const cells = made.map(({ value, atoms }, index) => cell(`c${index}`, value, atoms));
        const hidden = publishable(cells);
        const shown = cells.filter(({ id }) => !hidden.has(id)).map((one) => dense(one, width));
        for (const one of cells.filter(({ id }) => hidden.has(id))) {
          expect(follows(dense(one, width), shown)).toBe(false);
        }
        for (const one of cells.filter(({ isSensitive }) => isSensitive)) {
          expect(hidden.has(one.id)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('hiddenCells of counts by status', () => {
  const anyPiece = fc
    .tuple(fc.nat(9), fc.nat(9), fc.nat(30))
    .map(([poor, nearPoor, rest]): Piece => ({
      households: poor + nearPoor + rest,
      poor,
      nearPoor,
    }));

  /** Old communes, the new communes they merged into, and the province over both. */
  const anyTable = fc.array(fc.tuple(anyPiece, fc.nat(2)), { minLength: 2, maxLength: 8 });

  const tableOf = (made: readonly (readonly [Piece, number])[]) => {
    const pieces = made.map(([piece]) => piece);
    const all = pieces.map((_, index) => index);
    const old = all.map((index): TableRow => ({
      id: `old${index}`,
      pieces: [index],
      isTotal: false,
    }));
    const merged = [0, 1, 2].map((unit): TableRow => {
      const own = all.filter((index) => made[index]![1] === unit);
      return { id: `new${unit}`, pieces: own, isTotal: false };
    });
    return { pieces, rows: [...old, ...merged, { id: 'all', pieces: all, isTotal: true }] };
  };

  it('two sets of boundaries seen together give no small count back', () => {
    fc.assert(
      fc.property(anyTable, (made) => {
        const { pieces, rows } = tableOf(made);
        const hidden = hiddenCells(pieces, rows);
        const width = pieces.length * 3;
        const atoms = { households: [0], poor: [1], 'near-poor': [2], both: [1, 2] } as const;
        const line = (row: TableRow, column: (typeof COLUMNS)[number]) =>
          Array.from({ length: width }, (_, atom) => {
            const isIn = row.pieces.includes(Math.floor(atom / 3));
            return isIn && (atoms[column] as readonly number[]).includes(atom % 3) ? 1 : 0;
          });
        const every = rows
          .filter((row) => row.pieces.length > 0)
          .flatMap((row) => COLUMNS.map((column) => ({ row, column })));
        const shown = every
          .filter(({ row, column }) => !hidden.has(cellId(row.id, column)))
          .map(({ row, column }) => line(row, column));
        for (const { row, column } of every) {
          const value = (key: 'poor' | 'nearPoor') =>
            row.pieces.reduce((sum, index) => sum + pieces[index]![key], 0);
          const isSmallPoor = column === 'poor' && value('poor') > 0 && value('poor') < 5;
          const isSmallNear =
            column === 'near-poor' && value('nearPoor') > 0 && value('nearPoor') < 5;
          if (isSmallPoor || isSmallNear) expect(follows(line(row, column), shown)).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('hides a class that nearly everybody is in, and shows a class that nobody is in', () => {
    const pieces = [
      { households: 20, poor: 18, nearPoor: 0 },
      { households: 50, poor: 20, nearPoor: 10 },
      { households: 60, poor: 25, nearPoor: 12 },
    ];
    const rows = ['a', 'b', 'c'].map((id, index) => ({ id, pieces: [index], isTotal: false }));
    const hidden = hiddenCells(pieces, [...rows, { id: 'all', pieces: [0, 1, 2], isTotal: true }]);
    expect(hidden.has('a:poor')).toBe(true);
    expect(hidden.has('a:near-poor')).toBe(false);
    expect(hidden.has('all:poor')).toBe(false);
    // The second hidden poor count is the smallest other one.
    expect(hidden.has('b:poor')).toBe(true);
    expect(hidden.has('c:poor')).toBe(false);
  });

  it('hides a whole group of fewer than five households', () => {
    const pieces = [
      { households: 3, poor: 0, nearPoor: 0 },
      { households: 500, poor: 60, nearPoor: 40 },
      { households: 700, poor: 30, nearPoor: 50 },
    ];
    const rows = ['a', 'b', 'c'].map((id, index) => ({ id, pieces: [index], isTotal: false }));
    const hidden = hiddenCells(pieces, [...rows, { id: 'all', pieces: [0, 1, 2], isTotal: true }]);
    expect([...hidden].filter((id) => id.startsWith('a:'))).toHaveLength(4);
    expect(hidden.has('b:households')).toBe(true);
    expect(hidden.has('all:households')).toBe(false);
  });
});

it('counts beside the tables are published for the province only, and not small', () => {
  expect([0, 4, 5].map((count) => besideCount(count, true))).toEqual([0, null, 5]);
  expect([0, 4, 5].map((count) => besideCount(count, false))).toEqual([0, null, null]);
});
