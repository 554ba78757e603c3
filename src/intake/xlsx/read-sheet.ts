import type { Readable } from 'node:stream';
import type { Cell, SheetRow } from '../cell.js';
import type { ReadLimits } from '../limits.js';
import { fileProblems } from '../problems.js';
import { excelDay } from '../values/dates.js';
import { settle } from '../values/numbers.js';
import { parseReference } from './cell-reference.js';
import type { MergedRange } from './cell-reference.js';
import { mergeFiller } from './merged-ranges.js';
import { readXml } from './read-xml.js';
import { stringCollector } from './shared-strings.js';

export interface SheetContext {
  name: string;
  strings: readonly string[];
  isDateStyle: readonly boolean[];
  is1904: boolean;
  merges: readonly MergedRange[];
  limits: ReadLimits;
  /** Cells with a value read so far in the whole file. */
  cells: { count: number };
}

/** The rows of one worksheet as they are read, in pieces. Rows stay sparse. */
export async function* readSheet(
  stream: Readable,
  context: SheetContext,
): AsyncGenerator<SheetRow[]> {
  let ready: SheetRow[] = [];
  const builder = rowBuilder(context, (row) => ready.push(row));
  for await (const _piece of readXml(stream, builder)) {
    if (ready.length === 0) continue;
    yield ready;
    ready = [];
  }
  if (ready.length > 0) yield ready;
}

interface OpenCell {
  column: number;
  type: string;
  style: number;
}

function rowBuilder(context: SheetContext, emit: (row: SheetRow) => void) {
  const { limits, name: sheet } = context;
  const text = stringCollector();
  const fill = mergeFiller<Cell>(context.merges);
  let rowNumber = 0;
  let cells: (Cell | undefined)[] = [];
  let nextColumn = 0;
  let cell: OpenCell | null = null;
  let isValue = false;
  let value = '';

  const openRow = (given: string | undefined): void => {
    const number = given === undefined ? rowNumber + 1 : Number(given);
    if (!Number.isInteger(number) || number <= rowNumber) {
      throw fileProblems.brokenZip(`Số dòng "${given ?? ''}" không theo thứ tự.`);
    }
    if (number > limits.rows) throw fileProblems.tooManyRows(sheet, limits.rows);
    rowNumber = number;
    cells = [];
    nextColumn = 0;
  };
  const openCell = (attributes: Record<string, string>): void => {
    // The reference may be missing: the cell then stands right of the one before.
    const column = parseReference(attributes['r'] ?? '')?.column ?? nextColumn;
    nextColumn = column + 1;
    cell = { column, type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0) };
    value = '';
    text.start();
  };
  const closeCell = (open: OpenCell): void => {
    const read = cellValue(open, open.type === 'inlineStr' ? text.take() : value, context);
    if (read === null) return;
    if (open.column >= limits.columns) throw fileProblems.tooManyColumns(sheet, limits.columns);
    if (++context.cells.count > limits.cells) throw fileProblems.tooManyCells(limits.cells);
    if (typeof read === 'string' && read.length > limits.cellChars) {
      throw fileProblems.cellTooLong(sheet, rowNumber);
    }
    cells[open.column] = read;
  };
  return {
    open(name: string, attributes: Record<string, string>): void {
      if (name === 'c') openCell(attributes);
      else if (name === 'v') isValue = true;
      else if (name === 'row') openRow(attributes['r']);
      else text.open(name);
    },
    text(piece: string): void {
      if (isValue) value += piece;
      else text.text(piece);
    },
    close(name: string): void {
      if (name === 'v') isValue = false;
      else if (name === 'c' && cell) {
        closeCell(cell);
        cell = null;
      } else if (name === 'row') {
        fill(rowNumber, cells);
        emit({ number: rowNumber, cells });
      } else text.close(name);
    },
  };
}

function cellValue(cell: OpenCell, value: string, context: SheetContext): Cell {
  if (value === '') return null;
  switch (cell.type) {
    case 's':
      return context.strings[Number(value)] ?? null;
    case 'b':
      return value === '1' || value === 'true';
    case 'n': {
      const number = settle(Number(value));
      if (!Number.isFinite(number)) return value;
      const isDate = context.isDateStyle[cell.style] === true && number >= 1;
      return isDate ? (excelDay(number, context.is1904) ?? number) : number;
    }
    // Text of a formula, inline text, an error (#N/A) and an ISO date say what they say.
    default:
      return value;
  }
}
