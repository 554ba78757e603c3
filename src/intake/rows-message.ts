import type { RowKind, RowRead, StagedRow } from './staged.js';

/**
 * Rows on their way out of the worker: one text and one piece of memory instead of many objects, which
 * would be copied one by one. The raw rows are only handed through: nobody here reads them again.
 */
export interface RowsMessage {
  /** JSON of a `Columns`. */
  columns: string;
  /** The raw rows one behind the other, UTF-8; moved to the other thread, not copied. */
  raws: Uint8Array<ArrayBuffer>;
}

interface Columns {
  numbers: number[];
  kinds: RowKind[];
  values: StagedRow['values'][];
  unreadable: number[];
  /** Where each raw row ends. */
  ends: number[];
}

/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const BYTES_PER_UNIT = 3;

export function messageOf(rows: readonly RowRead[]): RowsMessage {
  const columns: Columns = { numbers: [], kinds: [], values: [], unreadable: [], ends: [] };
  const room = rows.reduce((sum, { raw }) => sum + raw.length * BYTES_PER_UNIT, 0);
  const bytes = Buffer.allocUnsafe(room);
  let end = 0;
  for (const row of rows) {
    columns.numbers.push(row.number);
    columns.kinds.push(row.kind);
    columns.values.push(row.values);
    columns.unreadable.push(row.unreadable);
    columns.ends.push((end += bytes.write(row.raw, end)));
  }
  return { columns: JSON.stringify(columns), raws: new Uint8Array(bytes.subarray(0, end)) };
}

export function rowsOf({ columns, raws }: RowsMessage): StagedRow[] {
  const { numbers, kinds, values, unreadable, ends } = JSON.parse(columns) as Columns;
  return numbers.map((number, i) => ({
    number,
    kind: kinds[i]!,
    values: values[i]!,
    unreadable: unreadable[i]!,
    raw: raws.subarray(ends[i - 1] ?? 0, ends[i]),
  }));
}
