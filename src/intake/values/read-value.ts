import { tidyText } from '../../kernel/index.js';
import type { Cell } from '../cell.js';
import type { ColumnMapping } from '../mapping.js';
import { dateOfNumber, parseDateText } from './dates.js';
import { parseNumberText, settle } from './numbers.js';
import { wordReader } from './words.js';

export interface ReadValue {
  /** Text, number, day or declared word; `null` when empty or not readable. */
  value: string | number | null;
  isEmpty: boolean;
  /** What two cells must share to say the same: text tidied, numbers and dates parsed. */
  sameness: string;
  /** The cell as the file holds it, in JSON; '' for a cell that is not there. */
  json: string;
}

type Reading = Omit<ReadValue, 'json'>;

export type ValueReader = (cell: Cell | undefined) => ReadValue;

const EMPTY: Reading = { value: null, isEmpty: true, sameness: '' };
const ABSENT: ReadValue = { ...EMPTY, json: '' };
/** Stands between two columns where rows are compared, so no value may hold it. */
export const SEPARATOR = '\u001f';
/** Cells repeat (dates, words, scores); a column remembers this many spellings. */
const REMEMBERED = 4_000;

/** The reader of one column, remembering what it has read. */
export function valueReader(column: ColumnMapping): ValueReader {
  const toWord = column.type === 'choice' ? wordReader(column.words ?? {}) : null;
  const read = (cell: string | number | boolean): Reading => {
    const text = cleanText(cell);
    if (text === '') return EMPTY;
    switch (column.type) {
      case 'text':
        return known(wholeText(text));
      case 'number':
        return orText(typeof cell === 'number' ? settle(cell) : parseNumberText(text), text);
      case 'date':
        return orText(typeof cell === 'number' ? dateOfNumber(cell) : parseDateText(text), text);
      case 'choice':
        return { value: toWord?.(text) ?? null, isEmpty: false, sameness: text };
    }
  };
  return remembering(read);
}

/** Reads a column the mapping does not know: only to tell whether two rows are the same. */
export function anyValueReader(): ValueReader {
  return remembering((cell) => {
    const text = cleanText(cell);
    if (text === '') return EMPTY;
    if (typeof cell === 'number') return known(settle(cell));
    return orText(parseDateText(text) ?? parseNumberText(text), text);
  });
}

const cleanText = (cell: string | number | boolean): string =>
  tidyText(typeof cell === 'string' ? cell : String(cell));

/** "1038.0", the trace of a column once held as numbers, is the code 1038. */
const wholeText = (text: string): string =>
  text.endsWith('0') ? text.replace(/^(\d+)[.,]0+$/, '$1') : text;

const known = (value: string | number): Reading => ({
  value,
  isEmpty: false,
  sameness: String(value),
});

const orText = (value: string | number | null, text: string): Reading =>
  value === null ? { value, isEmpty: false, sameness: text } : known(value);

/**
 * Remembers what was read while that pays: names and codes hardly ever come again, and keeping them
 * costs more than reading them.
 */
function remembering(read: (cell: string | number | boolean) => Reading): ValueReader {
  let seen: Map<string | number | boolean, ReadValue> | null = new Map();
  let again = 0;
  return (cell) => {
    if (cell === null || cell === undefined || cell === '') return ABSENT;
    const before = seen?.get(cell);
    if (before) {
      again++;
      return before;
    }
    const { value, isEmpty, sameness } = read(cell);
    const found = { value, isEmpty, sameness, json: cellJson(cell) };
    if (!seen) return found;
    if (seen.size >= REMEMBERED) {
      seen = again < REMEMBERED ? null : new Map();
      again = 0;
    }
    seen?.set(cell, found);
    return found;
  };
}

/** Quotes, backslashes, control characters and halves of characters. */
const NEEDS_ESCAPE = /["\\\p{Cc}\ud800-\udfff]/u;

/** JSON by hand: most cells need no escape. */
export function cellJson(cell: string | number | boolean): string {
  if (typeof cell !== 'string') return String(cell);
  // PostgreSQL stores no NUL character, in JSON neither.
  return NEEDS_ESCAPE.test(cell)
    ? JSON.stringify(cell.replaceAll('\u0000', '\ufffd'))
    : `"${cell}"`;
}
