/**
 * Exact rates. A rate keeps its numerator and denominator; the printed value is rounded once, half
 * away from zero, from whole numbers, so that 23.516/192.755 is 12,20 everywhere.
 */
export type RateUnit = 'percent' | 'percentage_point';

export interface Rate {
  /** Decimal text with a dot and exactly two digits, or `null` when it cannot be computed. */
  value: string | null;
  unit: RateUnit;
  numerator: number | null;
  denominator: number | null;
}

/**
 * `numerator / denominator` rounded to hundredths of a percent, half away from zero; `null` when the
 * denominator is 0. Both are whole numbers (a RangeError says otherwise).
 */
export function hundredthsOfPercent(numerator: number, denominator: number): number | null {
  if (denominator === 0) return null;
  if (denominator < 0) return hundredthsOfPercent(-numerator, -denominator);
  const scaled = BigInt(numerator) * 20_000n + BigInt(denominator) * (numerator < 0 ? -1n : 1n);
  return Number(scaled / (BigInt(denominator) * 2n));
}

/** 892 → "8.92"; −104 → "-1.04". */
export function decimalOfHundredths(hundredths: number): string {
  const size = Math.abs(hundredths);
  const text = `${Math.trunc(size / 100)}.${String(size % 100).padStart(2, '0')}`;
  return hundredths < 0 ? `-${text}` : text;
}

export function percentRate(numerator: number | null, denominator: number | null): Rate {
  const hundredths =
    numerator === null || denominator === null ? null : hundredthsOfPercent(numerator, denominator);
  const value = hundredths === null ? null : decimalOfHundredths(hundredths);
  return { value, unit: 'percent', numerator, denominator };
}

/**
 * The change between two published rates in percentage points. It subtracts the rounded values,
 * because that is the sum a reader can redo (8,92 − 12,20 = −3,28). The caller has made sure that
 * both are of one standard (DESIGN §3 law 5).
 */
export function changeInPoints(before: Rate, after: Rate): Rate {
  const unit = 'percentage_point' as const;
  if (before.value === null || after.value === null) {
    return { value: null, unit, numerator: null, denominator: null };
  }
  const hundredths = toHundredths(after.value) - toHundredths(before.value);
  return { value: decimalOfHundredths(hundredths), unit, numerator: null, denominator: null };
}

/** "8.92" → 892. */
export function toHundredths(decimal: string): number {
  return Math.round(Number(decimal) * 100);
}
