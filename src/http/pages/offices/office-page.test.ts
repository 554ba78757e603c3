import { expect, test } from 'vitest';
import { day } from '../../../kernel/index.js';
import { intervalText } from './office-page.js';

const held = (withdrawn: string | null) =>
  intervalText({
    ...{ validFrom: day('2026-12-01'), validTo: day('2026-12-15') },
    withdrawnAt: withdrawn === null ? null : new Date(withdrawn),
  });

test('a role that was withdrawn before its first day is not told as one that was held', () => {
  expect(held(null)).toBe('từ 01/12/2026 đến hết 15/12/2026');
  expect(held('2026-11-26T03:00:00Z')).toBe(
    'rút ngày 26/11/2026, trước khi bắt đầu (đã định từ 01/12/2026 đến hết 15/12/2026)',
  );
  // Half past midnight of the first day in Vietnam is the day before in UTC.
  expect(held('2026-11-30T17:30:00Z')).toBe(
    'từ 01/12/2026 đến hết 15/12/2026, rút ngày 01/12/2026',
  );
});
