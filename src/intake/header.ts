import type { Cell, SheetRow } from './cell.js';
import { isEmptyCell } from './cell.js';
import type { SheetMapping } from './mapping.js';
import { wordKey } from './values/words.js';

/** A header that was found: what stands in which column. */
export interface Header {
  /** Per column of the sheet: its title as written; `null` = none. */
  titles: (string | null)[];
  /** Per column: index of the mapped column, −1 = not in the mapping, −2 = running number. */
  fields: number[];
  /** Rows the header takes (two or three when titles are stacked). */
  height: number;
  /** How many columns of the mapping it names. */
  known: number;
  /** The title keys of each of its rows, to know the header again further down. */
  rowKeys: string[][];
}

const NOT_MAPPED = -1;
const RUNNING_NUMBER = -2;

export type FindHeader = (rows: readonly SheetRow[]) => Header | null;

export interface HeaderFinder {
  /** Among the last rows seen, newest last: the lowest alone, else stacked with those above it. */
  last: FindHeader;
  /** All rows given, taken as one stack. */
  all: FindHeader;
}

/** Finds the header row of a mapping, also when titles are stacked over two or three rows. */
export function headerFinder(mapping: SheetMapping): HeaderFinder {
  const fieldByTitle = columnsByTitle(mapping);
  const running = new Set(mapping.runningNumberTitles.map(wordKey));

  const match = (rows: readonly SheetRow[]): Header | null => {
    const titles = stackedTitles(rows);
    const fields: number[] = [];
    const taken = new Set<number>();
    titles.forEach((title, column) => {
      const key = title === null ? '' : wordKey(title);
      const field = fieldByTitle.get(key);
      if (field !== undefined && !taken.has(field)) {
        fields[column] = field;
        taken.add(field);
      } else {
        fields[column] = running.has(key) ? RUNNING_NUMBER : NOT_MAPPED;
      }
    });
    const hasRequired = mapping.columns.every((column, i) => !column.required || taken.has(i));
    if (taken.size < mapping.minimumColumns || !hasRequired) return null;
    const known = taken.size;
    return {
      titles,
      fields,
      known,
      height: rows.length,
      rowKeys: rows.map((row) => keysOf(row.cells)),
    };
  };

  const last: FindHeader = (rows) => {
    for (let height = 1; height <= rows.length; height++) {
      const found = match(rows.slice(rows.length - height));
      if (found) return found;
    }
    return null;
  };
  return { last, all: match };
}

/** Key of a title → index of the column of the mapping. */
function columnsByTitle(mapping: SheetMapping): Map<string, number> {
  return new Map(
    mapping.columns.flatMap(({ titles }, index) =>
      titles.map((title): [string, number] => [wordKey(title), index]),
    ),
  );
}

/** Which field a title of a stored raw row means, as the header was read; `null` = none. */
export function fieldReader(mapping: SheetMapping): (title: string) => string | null {
  const known = columnsByTitle(mapping);
  return (title) => {
    const index = known.get(wordKey(title));
    return index === undefined ? null : (mapping.columns[index]?.field ?? null);
  };
}

/** The lowest text of each column: the title itself stands below the title of its group. */
function stackedTitles(rows: readonly SheetRow[]): (string | null)[] {
  const width = Math.max(...rows.map((row) => row.cells.length));
  return Array.from({ length: width }, (_, column) => {
    for (let i = rows.length - 1; i >= 0; i--) {
      const cell = rows[i]!.cells[column];
      // PostgreSQL stores no NUL character, in JSON neither.
      if (!isEmptyCell(cell)) {
        return String(cell).normalize('NFC').replaceAll('\u0000', '\ufffd').trim();
      }
    }
    return null;
  });
}

const keysOf = (cells: readonly (Cell | undefined)[]): string[] =>
  Array.from(cells, (cell) => (isEmptyCell(cell) ? '' : wordKey(String(cell))));

/** Is this row (one row of) the header again? Most of its titles stand where they stood. */
export function isHeaderAgain(header: Header, row: SheetRow): boolean {
  return header.rowKeys.some((keys) => {
    const titled = keys.flatMap((key, column) => (key === '' ? [] : [column]));
    const first = titled[0];
    if (first === undefined) return false;
    let same = 0;
    for (const column of titled) {
      const cell = row.cells[column];
      if (typeof cell === 'string' && wordKey(cell) === keys[column]) same++;
      // A data row differs in its first cells already; do not read on.
      else if (same === 0 && column > titled[Math.min(2, titled.length - 1)]!) return false;
    }
    return same * 10 >= titled.length * 6 && same >= Math.min(2, titled.length);
  });
}

const NUMBERING_CELL = /^\(?(?:(\d{1,2})|[A-Z])\)?$/;

/** The row of column numbers under a header: "(1) (2) (3)" or "A B 1 2 3". */
export function isNumberingRow(row: SheetRow): boolean {
  const digits: number[] = [];
  for (const cell of row.cells) {
    if (isEmptyCell(cell)) continue;
    const match = NUMBERING_CELL.exec(String(cell).trim());
    // A data row ends here, at its first cell.
    if (!match) return false;
    if (match[1] !== undefined) digits.push(Number(match[1]));
    else if (digits.length > 0) return false;
  }
  return digits.length >= 3 && digits[0]! <= 1 && digits.every((n, i) => n === digits[0]! + i);
}
