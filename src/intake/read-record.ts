import { nameKey } from '../kernel/index.js';
import type { Cell, SheetRow } from './cell.js';
import { isEmptyCell } from './cell.js';
import type { Header } from './header.js';
import type { SheetMapping } from './mapping.js';
import type { ValueReader } from './values/read-value.js';
import { gapBefore } from './raw-cells.js';
import { SEPARATOR, anyValueReader, cellJson, valueReader } from './values/read-value.js';

/** A row under a header with its values read. */
export interface ReadRecord {
  number: number;
  values: (string | number | null)[];
  unreadable: number;
  /** Columns of the sheet with something in them that the mapping does not know. */
  unread: readonly number[];
  /** JSON array of the cells as the file holds them, by column; see `raw-cells.ts`. */
  raw: string;
  /** Equal for two rows that say the same in all columns. */
  sameness: string;
  /** Has values a record has: a number, a date or a declared word beside its text. */
  isRecord: boolean;
  /** Begins like a heading, a total or a signature. */
  startsLikeNoRecord: boolean;
}

export function recordReader(header: Header, mapping: SheetMapping): (row: SheetRow) => ReadRecord {
  const byField = mapping.columns.map((column) => valueReader(column));
  const blank = mapping.columns.map(() => null);
  const types = mapping.columns.map((column) => column.type);
  const others: ValueReader[] = [];
  const startsLikeNoRecord = prefixTest(mapping.notRecordWords);

  return (row) => {
    const values: (string | number | null)[] = [...blank];
    let unreadable = 0;
    let known = 0;
    let typed = 0;
    let texts = 0;
    let sameness = '';
    let raw = '';
    let told = 0;
    let written = -1;
    let unread: number[] | null = null;
    for (let column = 0; column < row.cells.length; column++) {
      const field = header.fields[column] ?? -1;
      const cell = row.cells[column];
      if (isAbsent(cell)) continue;
      raw += told === column ? ',' : gapBefore(column, told);
      told = column + 1;
      if (field === -2) {
        raw += cellJson(cell);
        continue;
      }
      const read = field >= 0 ? byField[field]! : (others[column] ??= anyValueReader());
      const found = read(cell);
      raw += found.json;
      // Trailing empty cells are left out by some programs and written by others.
      if (found.sameness !== '') {
        sameness += SEPARATOR.repeat(column - written) + found.sameness;
        written = column;
      }
      if (found.isEmpty) continue;
      if (field < 0) {
        (unread ??= []).push(column);
        continue;
      }
      values[field] = found.value;
      known++;
      if (found.value === null) unreadable |= 1 << field;
      else if (types[field] === 'text') texts++;
      else typed++;
    }
    const startsLike = startsLikeNoRecord(row.cells);
    return {
      number: row.number,
      values,
      unreadable,
      unread: unread ?? NONE,
      raw: `[${raw.slice(1)}]`,
      sameness,
      isRecord: looksFilled(typed, texts, known) && !(startsLike && typed < MANY_TYPED),
      startsLikeNoRecord: startsLike,
    };
  };
}

const isAbsent = (cell: Cell | undefined): cell is null | undefined | '' =>
  cell === null || cell === undefined || cell === '';

const NONE: readonly number[] = [];
/** "Tổng cộng" with fewer readable values beside it is no record either. */
const MANY_TYPED = 5;

const looksFilled = (typed: number, texts: number, known: number): boolean =>
  typed >= 2 || (typed === 1 && texts >= 1 && known >= 3);

const DIGIT_FIRST = /^\d/;

function prefixTest(words: readonly string[]): (cells: readonly (Cell | undefined)[]) => boolean {
  const prefixes = words.map(nameKey);
  // Nearly every row begins with a number or a date.
  const isNeverNumber = !prefixes.some((word) => DIGIT_FIRST.test(word));
  return (cells) => {
    const first = cells.find((cell) => !isEmptyCell(cell));
    if (typeof first !== 'string' || (isNeverNumber && DIGIT_FIRST.test(first))) return false;
    const text = nameKey(first);
    return prefixes.some(
      (word) => text.startsWith(word) && !/[\p{L}\p{N}]/u.test(text.charAt(word.length)),
    );
  };
}
