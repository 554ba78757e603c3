import { expect, test } from 'vitest';
import { comparedValues, createMatcher } from './match-households.js';
import type { CurrentRow } from './match-households.js';
import { matchKey } from './read-household-row.js';
import type { HouseholdRow } from './read-household-row.js';

const row = (members: number): HouseholdRow => ({
  ...{ fieldCode: '7', headName: 'Lý Mẫu', headNameKey: 'lý mẫu', headSex: null, members },
  ...{ quickScreenPassed: null, b1: 120, b2: 40, fieldStatus: null, reviewedOn: null },
  ...{ reviewer: null, status: 'poor', reasons: [] },
});
const standing = (rowId: string, members: number): CurrentRow => ({
  ...{ bookId: 'book', placeId: 'place', householdId: `household of ${rowId}`, rowId },
  head: { sex: null, birthYear: null, ethnicityId: null, isEthnicMinority: null },
  isRecognised: false,
  values: comparedValues(row(members)),
});

/** What becomes of rows in their order, where two households of one code and name have 3 and 5 members. */
const outcomes = (...members: number[]) => {
  const two = [standing('a', 3), standing('b', 5)];
  const matcher = createMatcher(new Map([[matchKey('7', 'lý mẫu'), two]]));
  return members.map((n) => {
    const match = matcher.match(row(n));
    return [match.outcome, 'current' in match ? match.current.rowId : null];
  });
};

test.each<[string, number[], (string | null)[][]]>([
  [
    'in the order of before',
    [3, 5],
    [
      ['unchanged', 'a'],
      ['unchanged', 'b'],
    ],
  ],
  ['when the row of the first went to a person', [5], [['unchanged', 'b']]],
  [
    'in another order',
    [5, 3],
    [
      ['unchanged', 'b'],
      ['unchanged', 'a'],
    ],
  ],
  [
    'corrected, by order',
    [4, 6],
    [
      ['updated', 'a'],
      ['updated', 'b'],
    ],
  ],
  [
    'and a third',
    [3, 5, 6],
    [
      ['unchanged', 'a'],
      ['unchanged', 'b'],
      ['created', null],
    ],
  ],
])('households of one code and name are found %s', (_, members, expected) => {
  expect(outcomes(...members)).toEqual(expected);
});
