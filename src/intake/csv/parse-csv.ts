import type { SheetRow } from '../cell.js';
import type { ReadLimits } from '../limits.js';
import { fileProblems } from '../problems.js';
import type { Delimiter } from './delimiter.js';
import { findDelimiter } from './delimiter.js';

/** Enough text to see the separator. */
const START_CHARS = 64 * 1024;

/**
 * Reads CSV (RFC 4180, with `;` and tab too) as a stream of rows. The number of a row is its place in
 * the file, as a spreadsheet program numbers it: a quoted line break makes no new row.
 */
export async function* parseCsv(
  pieces: AsyncIterable<string>,
  sheet: string,
  limits: ReadLimits,
): AsyncGenerator<SheetRow[]> {
  let rest = '';
  let delimiter: Delimiter | null = null;
  const state = { number: 0 };
  const take = (text: string, isLast: boolean): SheetRow[] => {
    let input = text;
    if (delimiter === null) {
      delimiter = findDelimiter(input);
      const declared = /^sep=.\r?\n/.exec(input);
      if (declared) {
        input = input.slice(declared[0].length);
        state.number = 1;
      }
    }
    const { rows, rest: open } = splitRows(input, delimiter, isLast, sheet, limits);
    rest = open;
    return rows.map((cells) => numbered(cells, state, sheet, limits));
  };
  for await (const piece of pieces) {
    rest += piece;
    if (rest.length < START_CHARS) continue;
    yield take(rest, false);
  }
  if (rest !== '') yield take(rest, true);
}

function numbered(
  cells: string[],
  state: { number: number },
  sheet: string,
  limits: ReadLimits,
): SheetRow {
  const number = ++state.number;
  if (number > limits.csvRows) throw fileProblems.tooManyRows(sheet, limits.csvRows);
  if (cells.length > limits.columns && cells.slice(limits.columns).some((c) => c.trim() !== '')) {
    throw fileProblems.tooManyColumns(sheet, limits.columns);
  }
  return { number, cells: cells.length > limits.columns ? cells.slice(0, limits.columns) : cells };
}

/** The whole rows of `text`, and the part after them that may not have ended yet. */
function splitRows(
  text: string,
  delimiter: string,
  isLast: boolean,
  sheet: string,
  limits: ReadLimits,
): { rows: string[][]; rest: string } {
  const rows: string[][] = [];
  let start = 0;
  while (start < text.length) {
    const row = readRow(text, start, delimiter, isLast);
    if (!row) break;
    rows.push(row.cells);
    start = row.end;
  }
  const rest = text.slice(start);
  if (rest.length > limits.cellChars * 4 + START_CHARS) {
    throw fileProblems.cellTooLong(sheet, rows.length + 1);
  }
  return { rows, rest };
}

/** One row from `start`; `null` when its end is not in the text yet. */
function readRow(
  text: string,
  start: number,
  delimiter: string,
  isLast: boolean,
): { cells: string[]; end: number } | null {
  const line = lineEnd(text, start, isLast);
  const quote = text.indexOf('"', start);
  if (line && (quote < 0 || quote >= line.at)) {
    return { cells: text.slice(start, line.at).split(delimiter), end: line.next };
  }
  return readQuotedRow(text, start, delimiter, isLast);
}

/** Where the line ends and the next begins; a CR at the end of a piece may be half of CRLF. */
function lineEnd(text: string, from: number, isLast: boolean): { at: number; next: number } | null {
  let lf = text.indexOf('\n', from);
  if (lf < 0) lf = text.length;
  const cr = text.slice(from, lf).indexOf('\r');
  if (cr >= 0) {
    const at = from + cr;
    if (at + 1 === text.length && !isLast) return null;
    return { at, next: text[at + 1] === '\n' ? at + 2 : at + 1 };
  }
  if (lf < text.length) return { at: lf, next: lf + 1 };
  return isLast ? { at: lf, next: lf } : null;
}

function readQuotedRow(
  text: string,
  start: number,
  delimiter: string,
  isLast: boolean,
): { cells: string[]; end: number } | null {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, delimiter);
    if (!cell || (cell.end >= text.length && !isLast)) return null;
    cells.push(cell.value);
    if (text[cell.end] === delimiter) {
      at = cell.end + 1;
      continue;
    }
    const line = lineEnd(text, cell.end, isLast);
    return line && { cells, end: line.next };
  }

  function quotedCell(input: string, from: number): { value: string; end: number } | null {
    let value = '';
    let cursor = from + 1;
    for (;;) {
      const close = input.indexOf('"', cursor);
      // A quote that never closes takes the rest of the file; the limit above stops a long one.
      if (close < 0)
        return isLast ? { value: value + input.slice(cursor), end: input.length } : null;
      value += input.slice(cursor, close);
      if (input[close + 1] !== '"') {
        const after = plainCell(input, close + 1, delimiter);
        return { value: value + after.value, end: after.end };
      }
      value += '"';
      cursor = close + 2;
    }
  }
}

/** Up to the next separator or line end. */
function plainCell(text: string, from: number, delimiter: string): { value: string; end: number } {
  let end = from;
  while (end < text.length) {
    const char = text[end];
    if (char === delimiter || char === '\n' || char === '\r') break;
    end++;
  }
  return { value: text.slice(from, end), end };
}
