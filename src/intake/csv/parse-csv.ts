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
    const { rows, rest: open } = splitRows(input, delimiter, isLast, {
      ...{ sheet, limits, before: state.number },
    });
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

/** The whole rows of `text` (`before` = rows before it), and what may not have ended yet. */
function splitRows(
  text: string,
  delimiter: string,
  isLast: boolean,
  { sheet, limits, before }: { sheet: string; limits: ReadLimits; before: number },
): { rows: string[][]; rest: string } {
  const rows: string[][] = [];
  const lineEnd = lineEndFinder(text, isLast);
  const quoteFrom = remembered(text, '"');
  let start = 0;
  while (start < text.length) {
    const line = lineEnd(start);
    const row =
      line && quoteFrom(start) >= line.at
        ? { cells: text.slice(start, line.at).split(delimiter), end: line.next }
        : readQuotedRow(text, start, delimiter, isLast, lineEnd);
    if (!row) break;
    rows.push(row.cells);
    start = row.end;
  }
  const rest = text.slice(start);
  if (rest.length > limits.cellChars * 4 + START_CHARS) {
    const columns = rest.includes('"') ? 0 : rest.split(delimiter).length;
    if (columns > limits.columns) throw fileProblems.tooManyColumns(sheet, limits.columns);
    throw fileProblems.cellTooLong(sheet, before + rows.length + 1);
  }
  return { rows, rest };
}

/** Where `char` stands next, asked with rising positions; infinity when it comes no more. */
function remembered(text: string, char: string): (from: number) => number {
  let next = -1;
  return (from) => {
    if (next < from) {
      const found = text.indexOf(char, from);
      next = found < 0 ? Infinity : found;
    }
    return next;
  };
}

interface LineEnd {
  /** Where the line ends, and where the next begins. */
  at: number;
  next: number;
}

type FindLineEnd = (from: number) => LineEnd | null;

/** Lines end with LF, CRLF or CR; a CR at the end of a piece may be half of CRLF. */
function lineEndFinder(text: string, isLast: boolean): FindLineEnd {
  const lf = remembered(text, '\n');
  const cr = remembered(text, '\r');
  return (from) => {
    const at = Math.min(lf(from), cr(from));
    if (at === Infinity) return isLast ? { at: text.length, next: text.length } : null;
    if (text[at] === '\n') return { at, next: at + 1 };
    if (at + 1 === text.length && !isLast) return null;
    return { at, next: text[at + 1] === '\n' ? at + 2 : at + 1 };
  };
}

function readQuotedRow(
  text: string,
  start: number,
  delimiter: string,
  isLast: boolean,
  lineEnd: FindLineEnd,
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
    const line = lineEnd(cell.end);
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
