import type { Form, FormColumn } from '../types.js';
import { SIMULATED, headLines, leadTitles, numberTitle, rowCells } from './form-table.js';
import type { CellStyle, XlsxCell } from './xlsx-writer.js';
import { columnName, writeXlsx } from './xlsx-writer.js';

/** A form as an Excel workbook in the official layout: motto, title, grouped head, formula row. */
export async function formXlsx(form: Form): Promise<Uint8Array<ArrayBuffer>> {
  const lead = leadTitles(form);
  const width = lead.length + form.columns.length;
  const top = topRows(form, width);
  const head = headRows(form, lead, top.rows.length + 1);
  const body = form.rows.map((row) => {
    const isTotal = row.level === 'province' || row.level === 'district';
    return rowCells(form, row).map((value, at): XlsxCell => {
      return { value, style: styleOf(form.columns[at - lead.length], isTotal) };
    });
  });
  const rows = [...top.rows, ...head.rows, ...body];
  const aboveBody = top.rows.length + head.rows.length;
  return writeXlsx({
    name: `Mẫu ${form.form} năm ${form.round}`,
    rows,
    merges: [...top.merges, ...head.merges],
    frozenRows: aboveBody,
    printTitles: [top.rows.length + 1, aboveBody],
    widths: [8, 28, ...Array.from({ length: width - 2 }, () => COLUMN_WIDTH)],
    heights: [...top.rows.map(() => TITLE_POINTS), ...head.rows.map(heightOfHead)],
  });
}

const COLUMN_WIDTH = 13;
const TITLE_POINTS = 21;
const LINE_POINTS = 16.5;

/** A row of wrapped headings is as tall as its longest one needs in one column of the table. */
function heightOfHead(cells: readonly XlsxCell[]): number {
  const lines = cells.map(({ value }) => linesOf(String(value ?? '')));
  return Math.max(...lines) * LINE_POINTS;
}

/** Lines of a text broken between words; bold capitals run wider than the width's digits. */
function linesOf(text: string): number {
  let lines = 1;
  let used = 0;
  for (const word of text.split(' ')) {
    if (used > 0 && used + word.length > COLUMN_WIDTH - 2) {
      lines++;
      used = 0;
    }
    used += word.length + 1;
  }
  return lines;
}

function styleOf(column: FormColumn | undefined, isTotal: boolean): CellStyle {
  if (!column) return isTotal ? 'bold' : 'plain';
  return column.unit === 'percent' ? 'rate' : 'number';
}

const MOTTO = ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'];

interface Block {
  rows: XlsxCell[][];
  merges: string[];
}

/** Each line spans the table; the motto comes first, as on paper. */
function topRows(form: Form, width: number): Block {
  const lines = [...MOTTO, '', ...headLines(form), ''];
  const last = columnName(width - 1);
  return {
    rows: lines.map((value) => [{ value, style: value === SIMULATED ? 'mark' : 'title' }]),
    merges: lines.map((_, at) => `A${at + 1}:${last}${at + 1}`),
  };
}

/** Group headings above their columns, titles, and the row of numbers and formulas. */
function headRows(form: Form, lead: readonly string[], first: number): Block {
  const head = (value: string): XlsxCell => ({ value, style: 'head' });
  const merges = lead.map((_, at) => `${columnName(at)}${first}:${columnName(at)}${first + 1}`);
  const groups = form.columns.map(({ group, title }) => group ?? title);
  for (let start = 0; start < form.columns.length;) {
    const { group } = form.columns[start]!;
    let end = start;
    while (group !== null && form.columns[end + 1]?.group === group) end++;
    const [left, right] = [columnName(lead.length + start), columnName(lead.length + end)];
    if (group === null) merges.push(`${left}${first}:${left}${first + 1}`);
    else if (end > start) merges.push(`${left}${first}:${right}${first}`);
    start = end + 1;
  }
  return {
    rows: [
      [...lead, ...groups].map(head),
      [...lead.map(() => ''), ...form.columns.map(({ group, title }) => (group ? title : ''))].map(
        head,
      ),
      [...lead.map(() => ''), ...form.columns.map(numberTitle)].map((value): XlsxCell => {
        return { value, style: 'italic' };
      }),
    ],
    merges,
  };
}
