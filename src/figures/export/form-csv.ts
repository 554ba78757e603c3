import type { Form } from '../types.js';
import type { TableCell } from './form-table.js';
import { headLines, leadTitles, numberTitle, rowCells } from './form-table.js';

/**
 * A form as CSV (RFC 4180, UTF-8 with a byte order mark so that spreadsheets read the diacritics).
 * Rates have a decimal point and two digits; an empty field is a cell without a number. Text that a
 * spreadsheet would take for a formula gets an apostrophe in front.
 */
export function formCsv(form: Form): string {
  const heading = form.columns.map(({ group, title }) => (group ? `${group}: ${title}` : title));
  const numbers = form.columns.map(numberTitle);
  const lead = leadTitles(form);
  const lines: (readonly TableCell[])[] = [
    ...headLines(form).map((line) => [line]),
    [...lead, ...heading],
    [...lead.map(() => ''), ...numbers],
    ...form.rows.map((row) => rowCells(form, row)),
  ];
  return `\uFEFF${lines.map((line) => line.map(csvField).join(',')).join('\r\n')}\r\n`;
}

/** One field; numbers stay numbers, text is never a formula. */
export function csvField(value: TableCell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
