import type { ImportCounts, RowCounts } from '../../../review/index.js';
import { count } from '../../../web/index.js';

/**
 * The line that adds up: "557 dòng = 5 tiêu đề lặp + 137 trùng + 415 hộ". A part that is zero is left
 * out, but the households always stand.
 */
export function addingUp(counts: RowCounts): string {
  const parts = [
    [counts.repeatedHeaders, 'tiêu đề lặp'],
    [counts.exactDuplicates, 'dòng trùng hẳn'],
  ] as const;
  const shown = parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${count(number)} ${word}`);
  return `${count(counts.rowsRead)} dòng = ${[...shown, `${count(counts.distinctHouseholds)} hộ`].join(' + ')}`;
}

/** The households again, by what was computed: "415 hộ = 90 nghèo + … + 3 cần xem lại". */
export function byStatusLine(counts: RowCounts): string {
  const { poor, near_poor, not_poor, not_computable } = counts.byStatus;
  const parts = [
    [poor, 'nghèo'],
    [near_poor, 'cận nghèo'],
    [not_poor, 'không nghèo'],
    [not_computable, 'chưa đủ dữ liệu'],
    [counts.needsReview, 'cần người xem lại'],
  ] as const;
  const shown = parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${count(number)} ${word}`);
  return `${count(counts.distinctHouseholds)} hộ = ${shown.join(' + ') || '0'}`;
}

/** "Sẽ ghi 1 trong 3 trang tính: 124 hộ" – of a file with sheets that are not written. */
export function writtenTitle(data: {
  state: 'previewed' | 'committed' | 'voided';
  written: ImportCounts;
  sheets: readonly unknown[];
}): string {
  const { state, written, sheets } = data;
  const verb = state === 'previewed' ? 'Sẽ ghi' : 'Đã ghi';
  const [own, all] = [written.sheets.length, sheets.length];
  if (own === 0) return 'Không trang tính nào được ghi';
  return `${verb} ${own} trong ${all} trang tính, có ${count(written.distinctHouseholds)} hộ`;
}

/** Does the accounting close? A result that does not is shown as wrong, never as done. */
export const closes = (counts: RowCounts): boolean =>
  counts.rowsRead === counts.repeatedHeaders + counts.exactDuplicates + counts.distinctHouseholds &&
  counts.distinctHouseholds ===
    counts.needsReview + Object.values(counts.byStatus).reduce((sum, n) => sum + n, 0);

/** Is there a household to write, or one already there as the file has it? */
export const hasSomething = ({ changes }: RowCounts): boolean =>
  changes.created + changes.updated + changes.unchanged > 0;
