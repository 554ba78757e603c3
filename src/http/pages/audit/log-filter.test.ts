import { expect, test } from 'vitest';
import { day } from '../../../kernel/index.js';
import { daysReversed, namedApart } from './log-filter.js';

test('days the wrong way round are told, one day or an open end is not', () => {
  const days = (from?: string, to?: string) =>
    daysReversed({ ...(from && { from: day(from) }), ...(to && { to: day(to) }) });
  expect(days('2026-11-27', '2026-11-20')?.what).toBe(
    '“Từ ngày” 27/11/2026 sau “Đến ngày” 20/11/2026.',
  );
  expect([
    days('2026-11-20', '2026-11-20'),
    days('2026-11-27'),
    days(undefined, '2026-11-20'),
  ]).toEqual([null, null, null]);
});

test('offices of one name are told apart: the ended one by its last day, others by their unit', () => {
  const office = (
    officeId: string,
    name: string,
    validTo: string | null,
    unitCode: string | null,
  ) => ({
    ...{ officeId, name, unitCode },
    validTo: validTo === null ? null : day(validTo),
  });
  const labels = namedApart([
    office('a', 'UBND xã Quốc Khánh', null, '06004'),
    office('b', 'UBND xã Quốc Khánh', '2025-06-30', '06004'),
    office('c', 'UBND xã Tân Lập', null, '06010'),
    office('d', 'UBND xã Tân Lập', null, '06020'),
    office('e', 'Thanh tra tỉnh', '2027-01-01', null),
  ]).map(({ label }) => label);
  expect(labels).toEqual([
    ...['UBND xã Quốc Khánh', 'UBND xã Quốc Khánh (đến hết 30/06/2025)'],
    ...['UBND xã Tân Lập · mã 06010', 'UBND xã Tân Lập · mã 06020', 'Thanh tra tỉnh'],
  ]);
});
