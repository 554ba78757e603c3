import type { Bridge, Form, FormRow, Series, SeriesPoint } from '../../../figures/index.js';
import type { PlainDate, Rate } from '../../../kernel/index.js';
import { formatDecimal, toHundredths } from '../../../kernel/index.js';
import type { DatumKind, LinePoint, Tile } from '../../../web/index.js';
import { NO_NUMBER, count, decimal, rateText } from '../../../web/index.js';

export interface UnitLine {
  code: string;
  name: string;
  href: string;
  households: number | null;
  poor: number | null;
  poorRate: string | null;
  nearPoor: number | null;
  nearPoorRate: string | null;
}

/** Is this cell of a form a rate? */
export const isRate = (cell: FormRow['cells'][string] | undefined): cell is Rate =>
  typeof cell === 'object' && cell !== null;

const rateOf = (cell: FormRow['cells'][string] | undefined) => (isRate(cell) ? cell.value : null);
const countOf = (cell: FormRow['cells'][string] | undefined) =>
  typeof cell === 'number' ? cell : null;

/** The title of the home page: one finding for the latest round, in a sentence. */
export function findingOf(latest: SeriesPoint, before: SeriesPoint | undefined): string {
  const value = latest.figure?.value;
  if (typeof value !== 'string')
    return `Năm ${latest.round}: chưa đủ dữ liệu để tính tỷ lệ hộ nghèo`;
  const start = `Năm ${latest.round} còn ${rateText({ value, unit: 'percent' })} hộ nghèo`;
  const change = latest.change?.value;
  if (change === null || change === undefined || !before) return start;
  const size = formatDecimal(change.replace('-', ''));
  if (toHundredths(change) === 0) return `${start}, không đổi so với năm ${before.round}`;
  const verb = change.startsWith('-') ? 'giảm' : 'tăng';
  return `${start}, ${verb} ${size} điểm phần trăm so với năm ${before.round}`;
}

/** How a point of the series came to be, hence how it is drawn. */
export function kindOf(point: SeriesPoint): DatumKind {
  const { published, figure } = point;
  if (published && published.value === figure?.value) {
    if (published.status === 'official' || published.status === 'reported') return 'published';
    if (published.status === 'derived') return 'derived';
  }
  if (figure?.synthetic) return 'interpolated';
  return figure?.status === 'provisional' ? 'provisional' : 'computed';
}

export function linePoints(series: Series): LinePoint[] {
  return series.points.map((point) => ({
    round: point.round,
    value: typeof point.figure?.value === 'string' ? point.figure.value : null,
    kind: kindOf(point),
    standard: point.standard ?? '',
  }));
}

/** What the rows are, in one sentence: simulated and calibrated, or the review itself. */
export function provenance(series: Series): string {
  const withRows = series.points.filter((point) => point.figure?.value != null);
  if (!withRows.some((point) => point.figure?.synthetic)) {
    const isProvisional = withRows.some((point) => point.figure?.status === 'provisional');
    return `tính từ sổ rà soát từng hộ${isProvisional ? '; số sơ bộ, chưa có đủ quyết định công nhận' : ''}`;
  }
  const years = (kind: DatumKind) =>
    withRows
      .filter((point) => kindOf(point) === kind)
      .map((point) => point.round)
      .join(', ');
  const parts = ['tính từ sổ hộ mô phỏng, hiệu chỉnh theo số đã công bố'];
  if (years('derived')) parts.push(`riêng số công bố của năm ${years('derived')} là số suy ra`);
  if (years('interpolated')) parts.push(`năm ${years('interpolated')} là số nội suy hoặc mô phỏng`);
  return parts.join('; ');
}

/** The communes of form 1, in the order of the form. */
export function unitLines(form: Form): UnitLine[] {
  return form.rows
    .filter((row) => row.level === 'commune' && row.unitCode !== null)
    .map((row) => ({
      code: row.unitCode ?? '',
      name: row.name,
      href: unitHref(row.unitCode ?? '', row.unitValidFrom),
      households: countOf(row.cells['1']),
      poor: countOf(row.cells['3']),
      poorRate: rateOf(row.cells['4']),
      nearPoor: countOf(row.cells['5']),
      nearPoorRate: rateOf(row.cells['6']),
    }));
}

/** A unit's page; the date is needed because codes are used again. */
export const unitHref = (code: string, validFrom: PlainDate | null): string =>
  `/dia-ban/${code}${validFrom ? `?tu=${validFrom}` : ''}`;

/** Highest rates first; units without a figure are left out. */
export function highest(lines: readonly UnitLine[], howMany: number): UnitLine[] {
  const known = lines.filter((line) => line.poorRate !== null);
  return known.sort((a, b) => Number(b.poorRate) - Number(a.poorRate)).slice(0, howMany);
}

export interface TilePlace {
  code: string;
  column: number;
  row: number;
}

/** Tiles in position; a unit without a figure stays on the map, with the reason. */
export function tilesOf(lines: readonly UnitLine[], grid: readonly TilePlace[]): Tile[] {
  const byCode = new Map(lines.map((line) => [line.code, line]));
  return grid.flatMap(({ code, column, row }): Tile[] => {
    const line = byCode.get(code);
    if (!line) return [];
    const note = line.households === null ? 'chưa có dữ liệu' : 'ẩn số liệu nhỏ';
    const value = line.poorRate;
    return [{ code, name: line.name, href: line.href, column, row, value, note }];
  });
}

/** "Số hộ dân cư: 205.640 (2024) → 199.765 (2025)". */
export function denominators(bridge: Bridge): string {
  const { before, after } = bridge;
  if (before.denominator === null || after.denominator === null) return NO_NUMBER;
  const change = after.denominator - before.denominator;
  const sign = change > 0 ? '+' : '';
  return (
    `Số hộ dân cư: ${count(before.denominator)} (${bridge.from}) → ` +
    `${count(after.denominator)} (${bridge.to}), ${sign}${count(change)} hộ`
  );
}

/** "Vì sao giảm 1,04 điểm". */
export function bridgeTitle(bridge: Bridge): string {
  const change = bridge.change.value;
  if (change === null) return `Từ năm ${bridge.from} đến năm ${bridge.to}`;
  if (toHundredths(change) === 0) return 'Vì sao tỷ lệ không đổi';
  const verb = change.startsWith('-') ? 'giảm' : 'tăng';
  return `Vì sao ${verb} ${decimal(change.replace('-', ''))} điểm phần trăm`;
}
