/** What a file may cost. A limit that is broken gives a sentence, never a slow or dead server. */
export interface ReadLimits {
  /** The file itself, bytes. */
  fileBytes: number;
  /** Entries of the zip directory. */
  zipEntries: number;
  /** Sum of the sizes the directory claims, bytes; the reader refuses an entry that lies. */
  zipTotalBytes: number;
  zipEntryBytes: number;
  /** Uncompressed : compressed, asked only above `zipRatioFromBytes`. */
  zipRatio: number;
  zipRatioFromBytes: number;
  sheets: number;
  /** Characters of a sheet's name; a spreadsheet program stops at 31, some exports do not. */
  sheetNameChars: number;
  columns: number;
  /** Of a worksheet: what a spreadsheet program can hold. */
  rows: number;
  csvRows: number;
  /** Cells with a value, over the whole workbook. */
  cells: number;
  /** Characters of one cell; a spreadsheet program stops at 32,767. */
  cellChars: number;
  /** Characters of all cells of a row together: few long texts may stand in many cells. */
  rowChars: number;
  /** Characters of the table of shared strings. */
  sharedChars: number;
  /** Rows without a readable value kept while it is not known whether data follows. */
  pendingRows: number;
  /** Heap of the reading worker, MB. */
  heapMb: number;
  /** From opening to the last row, milliseconds. */
  timeMs: number;
}

const MB = 1024 * 1024;

export const DEFAULT_LIMITS: ReadLimits = {
  fileBytes: 200 * MB,
  zipEntries: 2_000,
  zipTotalBytes: 400 * MB,
  zipEntryBytes: 300 * MB,
  zipRatio: 200,
  zipRatioFromBytes: 10 * MB,
  sheets: 500,
  sheetNameChars: 200,
  columns: 1_000,
  rows: 1_048_576,
  csvRows: 5_000_000,
  cells: 16_000_000,
  cellChars: 100_000,
  rowChars: 1_000_000,
  sharedChars: 120_000_000,
  pendingRows: 20_000,
  heapMb: 512,
  timeMs: 10 * 60_000,
};
