import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixedClock, today } from './clock.js';
import {
  addDays,
  day,
  daysBetween,
  daysInMonth,
  formatDate,
  isWithin,
  parsePlainDate,
  plainDate,
  yearOf,
} from './plain-date.js';
import type { PlainDate } from './plain-date.js';
import { periodicRound } from './rounds.js';

const anyDay = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 365 }))
  .map(([year, offset]) => {
    const first = plainDate(year, 1, 1);
    if (!first) throw new Error('every year has a first day');
    return year === 9999 ? first : addDays(first, offset);
  });

test.each([
  ['31/2/2025'],
  ['29/02/2023'],
  ['2025-13-01'],
  ['2025-00-10'],
  ['0000-01-01'],
  ['1/7-2025'],
  ['01/07/25'],
  ['2025-7-1'],
  ['2025-07-01T00:00:00Z'],
  ['45839'],
  [''],
  ['ngày 1 tháng 7 năm 2025'],
])('"%s" is no calendar day', (text) => {
  expect(parsePlainDate(text)).toBeNull();
});

test.each([
  ['1/7/2025', '2025-07-01'],
  ['01-07-2025', '2025-07-01'],
  ['1.7.2025', '2025-07-01'],
  [' 2025-07-01 ', '2025-07-01'],
  ['29/2/2024', '2024-02-29'],
])('"%s" is the day %s', (text, expected) => {
  expect(parsePlainDate(text)).toBe(expected);
});

test('parts that are not whole numbers name no day', () => {
  expect(plainDate(2025, 1, 1.5)).toBeNull();
  expect(plainDate(2025, 1.5, 1)).toBeNull();
  expect(plainDate(Number.NaN, 1, 1)).toBeNull();
});

test('a malformed day in code throws, because that is a bug', () => {
  expect(() => day('2025-02-30')).toThrow(TypeError);
});

test('century years are leap years only every four hundred', () => {
  expect([1900, 2000, 2023, 2024, 2100].map((year) => daysInMonth(year, 2))).toEqual([
    28, 29, 28, 29, 28,
  ]);
});

test('writing and reading a day gives the day back, in both forms', () => {
  fc.assert(
    fc.property(anyDay, (date) => {
      expect(parsePlainDate(date)).toBe(date);
      expect(parsePlainDate(formatDate(date))).toBe(date);
    }),
  );
});

test('adding days and counting them are inverse, and text order is time order', () => {
  const span = fc.integer({ min: -200_000, max: 200_000 });
  const middle = anyDay.filter((date) => yearOf(date) > 1000 && yearOf(date) < 9000);
  fc.assert(
    fc.property(middle, span, (date, days) => {
      const moved = addDays(date, days);
      expect(daysBetween(date, moved)).toBe(days);
      expect(Math.sign(days)).toBe(moved < date ? -1 : moved > date ? 1 : 0);
    }),
  );
});

test('leaving the calendar is an error, not a strange text', () => {
  expect(() => addDays(day('9999-12-31'), 1)).toThrow(RangeError);
  expect(() => addDays(day('0001-01-01'), -1)).toThrow(RangeError);
});

test('an interval holds both its ends; a missing end is open', () => {
  const [from, to] = [day('2020-01-01'), day('2025-06-30')];
  const inside = (text: string, a: PlainDate | null, b: PlainDate | null) =>
    isWithin(day(text), a, b);
  expect(inside('2020-01-01', from, to)).toBe(true);
  expect(inside('2025-06-30', from, to)).toBe(true);
  expect(inside('2025-07-01', from, to)).toBe(false);
  expect(inside('2019-12-31', from, to)).toBe(false);
  expect(inside('9999-12-31', from, null)).toBe(true);
  expect(inside('0001-01-01', null, to)).toBe(true);
});

test('today is the Vietnamese day: it begins at 17:00 UTC', () => {
  expect(today(fixedClock('2025-06-30T16:59:59Z'))).toBe('2025-06-30');
  expect(today(fixedClock('2025-06-30T17:00:00Z'))).toBe('2025-07-01');
});

test('the round 2022 runs in autumn 2022 and takes effect in 2023', () => {
  expect(periodicRound(2022)).toEqual({
    round: 2022,
    windowFrom: '2022-09-01',
    windowTo: '2022-12-14',
    referenceDate: '2022-12-31',
    effectYear: 2023,
  });
});
