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
}

export type ValueReader = (cell: Cell | undefined) => ReadValue;

const EMPTY: ReadValue = { value: null, isEmpty: true, sameness: '' };
/** Stands between two columns where rows are compared, so no value may hold it. */
export const SEPARATOR = '\u001f';
/** Cells repeat (dates, words, scores); a column remembers this many spellings. */
const REMEMBERED = 20_000;

/** The reader of one column, remembering what it has read. */
export function valueReader(column: ColumnMapping): ValueReader {
  const toWord = column.type === 'choice' ? wordReader(column.words ?? {}) : null;
  const read = (cell: string | number | boolean): ReadValue => {
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
  tidyText(String(cell)).replaceAll(SEPARATOR, '').replaceAll('\u0000', '');

/** "1038.0", the trace of a column once held as numbers, is the code 1038. */
const wholeText = (text: string): string => text.replace(/^(\d+)[.,]0+$/, '$1');

const known = (value: string | number): ReadValue => ({
  value,
  isEmpty: false,
  sameness: String(value),
});

const orText = (value: string | number | null, text: string): ReadValue =>
  value === null ? { value, isEmpty: false, sameness: text } : known(value);

function remembering(read: (cell: string | number | boolean) => ReadValue): ValueReader {
  const seen = new Map<string | number | boolean, ReadValue>();
  return (cell) => {
    if (cell === null || cell === undefined || cell === '') return EMPTY;
    const before = seen.get(cell);
    if (before) return before;
    const value = read(cell);
    if (seen.size >= REMEMBERED) seen.clear();
    seen.set(cell, value);
    return value;
  };
}
