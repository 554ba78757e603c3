import { withoutDiacritics } from '../kernel/index.js';

/** How well a written name fits an official one; `none` = another name. */
export type Fit = 'exact' | 'without-marks' | 'none';

const MARK = /[\u0300-\u036f]/;
const D_STROKE = '\u0335';

/** Letters of a spelling key, each with its marks; đ is d with a stroke. */
function letters(key: string): { base: string; marks: string }[] {
  const result: { base: string; marks: string }[] = [];
  for (const char of key.normalize('NFD').replace(/đ/g, `d${D_STROKE}`)) {
    const last = result.at(-1);
    if (last && MARK.test(char)) last.marks += char;
    else result.push({ base: char, marks: '' });
  }
  return result;
}

/**
 * A mark that was typed must be right; one that was left out says nothing. "dong dang" and
 * "Đồng dang" fit "đồng đăng", "đông đăng" does not. Both are spelling keys.
 */
export function fitOf(written: string, official: string): Fit {
  if (written === official && written !== withoutDiacritics(written)) return 'exact';
  const a = letters(written);
  const b = letters(official);
  if (a.length !== b.length) return 'none';
  for (const [i, letter] of a.entries()) {
    const other = b[i];
    if (!other || letter.base !== other.base) return 'none';
    for (const mark of letter.marks) if (!other.marks.includes(mark)) return 'none';
  }
  return 'without-marks';
}

/** Damerau–Levenshtein distance (adjacent letters swapped count one), at most `limit` + 1. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, before[j - 2]! + 1);
      next.push(cost);
    }
    if (Math.min(...next) > limit) return limit + 1;
    [before, row] = [row, next];
  }
  return row[b.length]!;
}

/**
 * Is `written` a likely slip of the pen for `official`? Compared without marks: the same letters with
 * wrong marks, one slip in a short name, two in a longer one.
 */
export function isNearSpelling(written: string, official: string): boolean {
  const a = withoutDiacritics(written).replace(/ /g, '');
  const b = withoutDiacritics(official).replace(/ /g, '');
  const limit = Math.min(a.length, b.length) <= 5 ? 1 : 2;
  return editDistance(a, b, limit) <= limit;
}
