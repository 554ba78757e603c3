import type { FormCell } from '../types.js';

/** A printed formula: a ratio in percent ("3/1*100") or a signed sum of columns ("1-2+8"). */
export type Formula =
  | { kind: 'ratio'; numerator: number; denominator: number }
  | { kind: 'sum'; terms: readonly { sign: 1 | -1; column: number }[] };

/** Throws a TypeError for anything else: formulas are data of this project. */
export function parseFormula(text: string): Formula {
  const ratio = /^(\d+)\/(\d+)\*100$/.exec(text);
  if (ratio) return { kind: 'ratio', numerator: Number(ratio[1]), denominator: Number(ratio[2]) };
  if (!/^\d+([+-]\d+)*$/.test(text)) throw new TypeError(`not a formula: ${text}`);
  const terms = [...text.matchAll(/([+-]?)(\d+)/g)].map(([, sign, column]) => ({
    sign: sign === '-' ? (-1 as const) : (1 as const),
    column: Number(column),
  }));
  return { kind: 'sum', terms };
}

/** Value of a count cell, or of a rate in hundredths; `null` when unknown. */
export function cellNumber(cell: FormCell | undefined): number | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'number') return cell;
  return cell.value === null ? null : Math.round(Number(cell.value) * 100);
}
