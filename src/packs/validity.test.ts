import { describe, expect, test } from 'vitest';
import type { Validity } from './schemas.js';
import { checkFamily, checkValidity, periodAt } from './validity.js';

type Bound = number | string;
const pack = (id: string, from: Bound, to: Bound | null, extra: Partial<Validity> = {}) => ({
  id,
  path: `${id}.yaml`,
  validity: {
    axis: typeof from === 'number' ? ('effectYear' as const) : ('date' as const),
    periods: [{ from, to, state: 'verified' as const, cite: ['d1'] }],
    inside: [from],
    outside: [],
    ...extra,
  },
});

describe('versions of one family', () => {
  test('follow each other without a day left out', () => {
    const years = [pack('b', 2022, 2026), pack('a', 2016, 2021), pack('c', 2027, null)];
    expect(() => checkFamily('f', years)).not.toThrow();
    const days = [pack('a', '2024-01-01', '2024-02-29'), pack('b', '2024-03-01', null)];
    expect(() => checkFamily('f', days)).not.toThrow();
  });

  test.each([
    ['a gap of a year', [pack('a', 2016, 2020), pack('b', 2022, null)], /bỏ trống từ 2021/u],
    ['a year twice', [pack('a', 2016, 2022), pack('b', 2022, null)], /chồng/u],
    ['after an open end', [pack('a', 2016, null), pack('b', 2022, null)], /chồng/u],
    ['a leap day', [pack('a', '2024-01-01', '2024-02-28'), pack('b', '2024-03-01', null)], /02-29/u],
    ['an end before its begin', [pack('a', 2022, 2021)], /kết thúc trước/u],
  ])('%s is refused', (_, packs, why) => {
    expect(() => checkFamily('f', packs)).toThrow(why);
  });
});

describe('one version', () => {
  test('both ends belong to the period', () => {
    const { validity } = pack('a', 2016, 2021);
    expect([2015, 2016, 2021, 2022].map((year) => periodAt(validity, year) !== null)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('boundary examples and the axis are checked', () => {
    expect(() => checkValidity(pack('a', 2016, 2021, { inside: [2022] }))).toThrow(/2022/u);
    expect(() => checkValidity(pack('a', 2016, 2021, { outside: [2021] }))).toThrow(/2021/u);
    const mixed = pack('a', 2016, '2021-12-31');
    expect(() => checkValidity(mixed)).toThrow(/trục thời gian/u);
  });
});
