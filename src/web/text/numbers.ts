import type { Rate } from '../../kernel/index.js';
import { formatDecimal, formatInteger, formatSigned } from '../../kernel/index.js';

/** Shown where a number cannot be given; the reason stands beside it or in its title. */
export const NO_NUMBER = '–';

/** A count for people: 199765 → "199.765"; unknown → a dash. */
export const count = (value: number | null | undefined): string =>
  value === null || value === undefined ? NO_NUMBER : formatInteger(value);

/** "2.32" → "2,32"; unknown → a dash. */
export const decimal = (value: string | null | undefined): string =>
  value === null || value === undefined ? NO_NUMBER : formatDecimal(value);

/** "-1.04" → "−1,04", "0.38" → "+0,38"; unknown → a dash. */
export const signed = (value: string | null | undefined): string =>
  value === null || value === undefined ? NO_NUMBER : formatSigned(value);

/** With its unit and a space that does not break: "2,32 %", "−1,04 điểm phần trăm". */
export function rateText(rate: Pick<Rate, 'value' | 'unit'>): string {
  if (rate.value === null) return 'chưa tính được';
  return rate.unit === 'percent'
    ? `${formatDecimal(rate.value)}\u00A0%`
    : `${formatSigned(rate.value)} điểm phần trăm`;
}

/** One digit, for places with little room (tiles of the map): "2.32" → "2,3". */
export const oneDigit = (value: string): string =>
  formatDecimal((Math.round(Number(value) * 10 + 1e-9) / 10).toFixed(1));
