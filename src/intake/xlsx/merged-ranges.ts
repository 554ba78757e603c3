import type { Readable } from 'node:stream';
import type { MergedRange } from './cell-reference.js';
import { parseRange } from './cell-reference.js';

const MERGE = /mergeCell\s[^>]*?ref="([A-Z0-9:$]+)"/g;
/** Longer than any `<mergeCell …/>`, so that one cut by a piece's end is seen whole. */
const OVERLAP = 200;
/** A merge taller than this is a layout, not a value shared by rows; more of them are not read. */
const TALLEST = 2_000;
const MOST = 100_000;

/**
 * Cells merged downwards within one column: the value stands in the first row and holds for each row.
 * The ranges follow the rows in the file, so they are looked for before the rows are read. Ranges over
 * several columns are titles and headings; their value belongs to the first cell alone.
 */
export async function readDownwardMerges(stream: Readable): Promise<MergedRange[]> {
  const ranges: MergedRange[] = [];
  let tail = '';
  for await (const chunk of stream) {
    const text = tail + (chunk as Buffer).toString('latin1');
    for (const match of text.includes('mergeCell') ? text.matchAll(MERGE) : []) {
      const range = parseRange(match[1]!);
      if (range && isDownward(range) && ranges.length < MOST) ranges.push(range);
    }
    const lastEnd = text.lastIndexOf('>') + 1;
    tail = text.slice(Math.max(lastEnd, text.length - OVERLAP));
  }
  return ranges;
}

const isDownward = (range: MergedRange): boolean =>
  range.firstColumn === range.lastColumn &&
  range.lastRow > range.firstRow &&
  range.lastRow - range.firstRow < TALLEST;

/**
 * Row by row in order: what the merges above say about this row's empty cells. A cell lies in one merge
 * at most; of several that claim it (no program writes that) the last to begin counts, so the work of a
 * row does not grow with what a hostile file claims.
 */
export function mergeFiller<T>(ranges: readonly MergedRange[]) {
  const starts = new Map<number, Map<number, MergedRange>>();
  for (const range of ranges) {
    const columns = starts.get(range.firstRow) ?? new Map<number, MergedRange>();
    starts.set(range.firstRow, columns.set(range.firstColumn, range));
  }
  const open = new Map<number, { lastRow: number; value: T }>();
  return (row: number, cells: (T | undefined)[]): void => {
    for (const [column, { lastRow, value }] of open) {
      if (lastRow < row) open.delete(column);
      else cells[column] ??= value;
    }
    const begins = starts.get(row);
    if (!begins) return;
    // Only a column with a cell can hold a value: there are fewer of them than ranges.
    cells.forEach((value, column) => {
      const range = begins.get(column);
      if (range && value !== undefined) open.set(column, { lastRow: range.lastRow, value });
    });
  };
}
