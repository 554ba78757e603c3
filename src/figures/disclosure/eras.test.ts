import { expect, it } from 'vitest';
import type { PlainDate } from '../../kernel/index.js';
import { boundaryEras, dayOfEra, eraOf } from './eras.js';

const day = (text: string) => text as PlainDate;

it('a province that changed twice has three stretches, the first before its first change', () => {
  expect(boundaryEras('20')).toEqual(['2024-11-30', '2024-12-01', '2025-07-01']);
});

it('a province whose units never changed has one stretch, so that hiding has a table', () => {
  const eras = boundaryEras('01');
  expect(eras).toHaveLength(1);
  expect(eraOf(eras, day('1990-01-01'))).toBe(0);
  expect(eraOf(eras, day('2090-01-01'))).toBe(0);
});

it.each([
  // asked, answered for
  ['2025-12-31', '2025-12-31'],
  ['2025-07-01', '2025-12-31'],
  ['2030-01-01', '2025-12-31'],
  ['2025-06-30', '2024-12-01'],
  ['2024-12-01', '2024-12-01'],
  ['2024-11-30', '2024-11-30'],
  ['1999-01-01', '2024-11-30'],
])('round 2025 in the boundaries of %s is answered for %s', (asked, answered) => {
  expect(dayOfEra('20', day('2025-12-31'), day(asked))).toBe(answered);
});

it('each day of the stretch of a round is answered for the round’s own day', () => {
  expect(dayOfEra('20', day('2022-12-31'), day('2024-05-05'))).toBe('2022-12-31');
});
