import type { Series, SeriesPoint } from '../types.js';
import { csvField } from './form-csv.js';
import type { TableCell } from './form-table.js';
import { SIMULATED } from './form-table.js';

const TITLES = [
  'Năm',
  'Giá trị',
  'Đơn vị',
  'Tử số',
  'Mẫu số',
  'Thay đổi so với năm trước (điểm phần trăm)',
  'Chuẩn',
  'Tình trạng',
  'Cột được đếm',
  'Cách đếm',
  'Số đã công bố',
  'Nguồn của số đã công bố',
];

const UNIT = { percent: '%', percentage_point: 'điểm phần trăm', household: 'hộ' } as const;

/**
 * A series as CSV, one line a round, encoded as the forms are. An empty field is a number that is not
 * there: not computed, or hidden as a small one.
 */
export function seriesCsv(series: Series, name: string): string {
  const isSimulated = series.points.some((point) => point.figure?.synthetic);
  const lines: (readonly TableCell[])[] = [
    ...(isSimulated ? [[SIMULATED]] : []),
    [`${name}, ${series.areaName}`],
    TITLES,
    ...series.points.map(pointCells),
  ];
  return `\uFEFF${lines.map((line) => line.map(csvField).join(',')).join('\r\n')}\r\n`;
}

function pointCells({ round, standard, figure, change, published }: SeriesPoint): TableCell[] {
  const number = (value: string | number | null | undefined) =>
    value === null || value === undefined ? null : Number(value);
  return [
    round,
    number(figure?.value),
    figure ? UNIT[figure.unit] : null,
    figure?.numerator ?? null,
    figure?.denominator ?? null,
    change?.unit === 'percentage_point' ? number(change.value) : null,
    standard,
    figure ? (figure.status === 'recognised' ? 'theo quyết định công nhận' : 'sơ bộ') : null,
    figure?.source.countedStatus ?? null,
    figure?.source.file ?? null,
    number(published?.value),
    published?.source ?? null,
  ];
}
