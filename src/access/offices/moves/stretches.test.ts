import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { PlainDate } from '../../../kernel/index.js';
import { addDays, day } from '../../../kernel/index.js';
import type { Days } from './stretches.js';
import { overlap, stretchesOf } from './stretches.js';

const days = (from: string, to: string | null): Days => ({
  validFrom: day(from),
  validTo: to === null ? null : day(to),
});
const held = (id: string, from: string, to: string | null) => ({
  assignmentId: id,
  ...days(from, to),
});
const ON = day('2025-07-01');
const seen = (role: Days, ...known: ReturnType<typeof held>[]) =>
  stretchesOf(role, ON, known).map((one) => [one.heldAs, one.validFrom, one.validTo]);

test('what begins before the day goes on from the day, what begins later begins as it was to', () => {
  expect(seen(days('2020-01-01', null))).toEqual([[null, '2025-07-01', null]]);
  expect(seen(days('2025-08-01', '2025-08-31'))).toEqual([[null, '2025-08-01', '2025-08-31']]);
});

test.each<[string, Days, ReturnType<typeof held>[], [string | null, string, string | null][]]>([
  [
    'held without an end: nothing is opened',
    days('2020-01-01', null),
    [held('h', '2025-07-01', null)],
    [['h', '2025-07-01', null]],
  ],
  [
    'held for a time: opened from the day after',
    days('2020-01-01', null),
    [held('h', '2024-01-01', '2025-07-10')],
    [
      ['h', '2025-07-01', '2025-07-10'],
      [null, '2025-07-11', null],
    ],
  ],
  [
    'held later: opened until then, and not twice',
    days('2020-01-01', null),
    [held('h', '2025-08-01', null)],
    [
      [null, '2025-07-01', '2025-07-31'],
      ['h', '2025-08-01', null],
    ],
  ],
  [
    'held longer than it was to run: not beyond',
    days('2020-01-01', '2025-07-31'),
    [held('h', '2020-01-01', null)],
    [['h', '2025-07-01', '2025-07-31']],
  ],
  [
    'held until the same day: nothing is left over',
    days('2020-01-01', '2025-07-31'),
    [held('h', '2020-01-01', '2025-07-31')],
    [['h', '2025-07-01', '2025-07-31']],
  ],
  [
    'over before the day, or to begin after the end: does not count',
    days('2020-01-01', '2025-07-31'),
    [held('over', '2020-01-01', '2025-06-30'), held('later', '2025-08-01', null)],
    [[null, '2025-07-01', '2025-07-31']],
  ],
])('%s', (_, role, known, expected) => {
  expect(seen(role, ...known)).toEqual(expected);
});

const someDay = fc.integer({ min: 0, max: 60 }).map((n) => addDays(day('2025-06-15'), n));
const someDays = fc
  .tuple(someDay, fc.option(fc.integer({ min: 0, max: 30 })))
  .map(([from, n]): Days => ({ validFrom: from, validTo: n === null ? null : addDays(from, n) }));
const covers = ({ validFrom, validTo }: Days, on: PlainDate) =>
  validFrom <= on && (validTo === null || on <= validTo);

test('every day of the role from the day on is in one stretch, held where it is held', () => {
  fc.assert(
    fc.property(someDays, fc.array(someDays, { maxLength: 4 }), (role, others) => {
      const known = others.map((one, at) => ({ ...one, assignmentId: `h${at}` }));
      const found = stretchesOf(role, ON, known);
      const all = Array.from({ length: 120 }, (_, n) => addDays(day('2025-06-01'), n));
      const said = all.map((on) => {
        const here = found.filter((one) => covers(one, on));
        const by = known.find(({ assignmentId }) => assignmentId === here[0]?.heldAs);
        return [on, here.length, here[0] ? here[0].heldAs !== null : null, !by || covers(by, on)];
      });
      expect(said).toEqual(
        all.map((on) => {
          const isDue = on >= ON && covers(role, on);
          return [on, Number(isDue), isDue ? known.some((one) => covers(one, on)) : null, true];
        }),
      );
    }),
    { numRuns: 200 },
  );
});

test('a delegation goes on in the days its source runs, its last day included', () => {
  const [handed, source] = [days('2025-06-20', '2025-07-15'), days('2025-07-01', null)];
  expect(overlap(handed, source, ON)).toEqual(days('2025-07-01', '2025-07-15'));
  expect(overlap(handed, days('2025-07-15', null), ON)).toEqual(days('2025-07-15', '2025-07-15'));
  expect(overlap(handed, days('2025-07-16', null), ON)).toBeNull();
  expect(overlap(days('2025-06-20', '2025-07-01'), source, ON)).toEqual(
    days('2025-07-01', '2025-07-01'),
  );
  expect(overlap(days('2025-06-20', '2025-06-30'), source, ON)).toBeNull();
  expect(overlap(days('2025-08-01', '2025-08-02'), source, ON)).toEqual(
    days('2025-08-01', '2025-08-02'),
  );
});
