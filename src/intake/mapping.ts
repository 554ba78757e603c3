/** How a column's cells are read. */
export type ColumnType = 'text' | 'number' | 'date' | 'choice';

export interface ColumnMapping {
  /** Name of the field, unique within the mapping. */
  field: string;
  type: ColumnType;
  /** Titles by which the column is known; compared without case, diacritics, punctuation. */
  titles: readonly string[];
  /** A header without it is no header. */
  required?: boolean | undefined;
  /** For `choice`: value → the words that mean it. */
  words?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** A form as intake sees it: which columns there are. It comes from a pack. */
export interface SheetMapping {
  id: string;
  columns: readonly ColumnMapping[];
  /** How many of the columns a row must name to be taken for a header. */
  minimumColumns: number;
  /** Titles of a running number: shown, but no reason to call two rows different. */
  runningNumberTitles: readonly string[];
  /** First words of rows that are no record (headings, totals, signatures); accents count. */
  notRecordWords: readonly string[];
}
