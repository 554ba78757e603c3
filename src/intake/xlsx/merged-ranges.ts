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

/** Row by row in order: what the merges above say about this row's empty cells. */
export function mergeFiller<T>(ranges: readonly MergedRange[]) {
  const starts = new Map<number, MergedRange[]>();
  for (const range of ranges) {
    starts.set(range.firstRow, [...(starts.get(range.firstRow) ?? []), range]);
  }
  let open: { range: MergedRange; value: T }[] = [];
  return (row: number, cells: (T | undefined)[]): void => {
    open = open.filter(({ range }) => range.lastRow >= row);
    for (const { range, value } of open) cells[range.firstColumn] ??= value;
    for (const range of starts.get(row) ?? []) {
      const value = cells[range.firstColumn];
      if (value !== undefined) open.push({ range, value });
    }
  };
}
