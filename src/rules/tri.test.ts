import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Tri } from './index.js';
import { agreement, allOf, anyOf, compareInterval, not } from './tri.js';

const tri = fc.constantFrom<Tri[]>(true, false, null);
const values = fc.array(tri, { minLength: 1, maxLength: 4 });

/** Every way the unknown values may turn out. */
function completions(list: readonly Tri[]): boolean[][] {
  return list.reduce<boolean[][]>(
    (done, value) =>
      (value === null ? [true, false] : [value]).flatMap((v) => done.map((d) => [...d, v])),
    [[]],
  );
}

describe('three-valued logic', () => {
  test('says exactly what all completions agree on', () => {
    fc.assert(
      fc.property(values, (list) => {
        const ends = completions(list);
        const settled = (outcomes: boolean[]): Tri =>
          outcomes.every((one) => one === outcomes[0]) ? outcomes[0]! : null;
        expect(allOf(list)).toBe(settled(ends.map((end) => end.every(Boolean))));
        expect(anyOf(list)).toBe(settled(ends.map((end) => end.some(Boolean))));
      }),
    );
  });

  test('De Morgan holds with unknowns', () => {
    fc.assert(
      fc.property(values, (list) => {
        expect(not(allOf(list))).toBe(anyOf(list.map(not)));
      }),
    );
  });

  test('unknown is neither true nor false', () => {
    expect(not(null)).toBeNull();
    expect(allOf([true, null])).toBeNull();
    expect(allOf([false, null])).toBe(false);
    expect(anyOf([true, null])).toBe(true);
  });

  test('sources agree, are silent, or contradict', () => {
    expect(agreement([null, null])).toBeNull();
    expect(agreement([null, false])).toBe(false);
    expect(agreement([true, null, true])).toBe(true);
    expect(agreement([true, false])).toBeNull();
    expect(agreement([true, false, true])).toBeNull();
  });

  test('an interval is compared at both ends', () => {
    expect(compareInterval(3, 12, 'gte', 3)).toBe(true);
    expect(compareInterval(0, 2, 'gte', 3)).toBe(false);
    expect(compareInterval(2, 3, 'gte', 3)).toBeNull();
    expect(compareInterval(0.5, 0.5, 'gt', 0.5)).toBe(false);
  });
});
