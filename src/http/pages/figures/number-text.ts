import type { Figure } from '../../../figures/index.js';
import { decimal, signed } from '../../../web/index.js';

/** The unit beside a number. */
export const UNIT: Record<Figure['unit'], string> = {
  percent: '%',
  percentage_point: 'điểm phần trăm',
  household: 'hộ',
};

/** The number alone, or in words why there is none. */
export function numberText({ value, unit, suppressed }: Figure): string {
  if (value === null) return suppressed ? 'ẩn số liệu nhỏ' : 'chưa tính được';
  return unit === 'percentage_point' ? signed(String(value)) : decimal(String(value));
}
