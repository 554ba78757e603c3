import type { RowsMessage } from './rows-message.js';

/** What a row of a table is, before anybody asks what it says. */
export type RowKind = 'record' | 'not_a_record' | 'exact_duplicate' | 'repeated_header';

/** One row between the first header and the last record. */
export interface StagedRow {
  number: number;
  kind: RowKind;
  /** One value per column of the mapping; `null` = empty, unreadable or column absent. */
  values: (string | number | null)[];
  /** Bit i: column i of the mapping holds something that could not be read. */
  unreadable: number;
  /** JSON array of the cells as the file holds them, UTF-8 (`raw-cells.ts`). */
  raw: Uint8Array;
}

/** The same as the worker reads it. */
export interface RowRead extends Omit<StagedRow, 'raw'> {
  raw: string;
}

/** How the rows of one sheet add up. `rowsRead` = repeated headers + duplicates + `records`. */
export interface SheetAccount {
  titleRows: number;
  headerRows: number;
  rowsRead: number;
  repeatedHeaders: number;
  blankRows: number;
  footerRows: number;
  exactDuplicates: number;
  /** Distinct rows, records and rows that are none alike. */
  records: number;
  /** Columns with something in them that the mapping does not know, in the order of the file. */
  unreadColumns: UnreadColumn[];
}

/** A column whose cells stay in the raw rows only. */
export interface UnreadColumn {
  /** Its title as in a raw row: as written, or the column's letter. */
  title: string;
  /** Distinct rows that have something in it. */
  rows: number;
}

interface RowsEvent<Row> {
  kind: 'rows';
  sheet: string;
  rows: Row[];
}

/** What happens to a sheet beside its rows; `titles`: names of the cells of a raw row, by column. */
type SheetEvent =
  | { kind: 'sheet'; sheet: string; titles: string[] }
  | { kind: 'end'; sheet: string; account: SheetAccount }
  | { kind: 'skipped'; sheet: string; rows: number; reason: 'no-table' | 'empty' };

export type StageEvent = SheetEvent | RowsEvent<StagedRow>;
/** In the worker. */
export type ReadEvent = SheetEvent | RowsEvent<RowRead>;
/** On the way between the two. */
export type SentEvent = SheetEvent | { kind: 'rows'; sheet: string; message: RowsMessage };
