import { formatDate, standardLabel } from '../../kernel/index.js';
import type { Form, FormCell, FormColumn, FormRow } from '../types.js';

export const SIMULATED = 'SỐ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU CHÍNH THỨC';
const HIDDEN = '*';
export const HIDDEN_NOTE = '* Ẩn số liệu nhỏ để bảo vệ thông tin cá nhân.';

export type TableCell = string | number | null;

/** Text lines above a form: simulation mark, title, where, standard, boundaries, what is counted. */
export function headLines(form: Form): string[] {
  const status = form.status === 'recognised' ? 'Theo quyết định công nhận' : 'Số liệu sơ bộ';
  return [
    ...(form.synthetic ? [SIMULATED] : []),
    `Mẫu ${form.form}. ${form.title}, năm ${form.round}`,
    `${form.areaName} · ${standardLabel(form.standard)} · ranh giới ngày ${formatDate(form.boundaries)} · ${status}`,
    ...form.missing,
    ...(form.rows.some((row) => row.suppressed) ? [HIDDEN_NOTE] : []),
  ];
}

const MEASURE = { household: 'Hộ', person: 'Nhân khẩu' } as const;

export const hasMeasures = (form: Form): boolean => form.rows.some((row) => row.measure !== null);

/** Code, name and, where rows differ by it, the measure; then the columns. */
export function rowCells(form: Form, row: FormRow): TableCell[] {
  const measure = row.measure === null ? '' : MEASURE[row.measure];
  const lead = [row.unitCode, row.name, ...(hasMeasures(form) ? [measure] : [])];
  return [...lead, ...form.columns.map((column) => valueOf(row, column))];
}

function valueOf(row: FormRow, { number }: FormColumn): TableCell {
  if (row.suppressed?.includes(String(number))) return HIDDEN;
  const cell: FormCell = row.cells[number] ?? null;
  if (cell === null || typeof cell === 'number') return cell;
  return cell.value === null ? null : Number(cell.value);
}

export const leadTitles = (form: Form): string[] => [
  'Mã',
  'Đơn vị',
  ...(hasMeasures(form) ? ['Phân tổ'] : []),
];

/** "4 = 3/1*100". */
export const numberTitle = ({ number, formula }: FormColumn): string =>
  formula === null ? String(number) : `${number} = ${formula}`;
