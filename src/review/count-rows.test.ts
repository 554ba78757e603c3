import { expect, test } from 'vitest';
import { SheetCounter } from './count-rows.js';
import type { HouseholdRow } from './read-household-row.js';

const row = (fieldCode: string | null, headNameKey: string | null): HouseholdRow => ({
  ...{ fieldCode, headNameKey, headName: headNameKey, headSex: null, members: 1 },
  ...{ quickScreenPassed: null, b1: null, b2: null, fieldStatus: null, reviewedOn: null },
  ...{ reviewer: null, status: 'not_computable', reasons: [] },
});

test('a row is told of when one before it has its code and its name, however many names a code has', () => {
  const counter = new SheetCounter();
  const told = [
    ...[row('7', 'lý a'), row('7', 'lý b'), row('7', 'lý c'), row('8', 'lý a')],
    ...[row('7', 'lý a'), row('7', 'lý b'), row('7', 'lý c'), row('8', 'lý b')],
    ...[row(null, 'lý a'), row(null, 'lý a'), row('7', null), row('7', null)],
  ].map((one) => {
    counter.add(one);
    return one.reasons.length > 0;
  });
  const [no, yes] = [false, true];
  expect(told).toEqual([no, no, no, no, yes, yes, yes, no, no, no, no, no]);
  expect(counter.counts.possibleSameHousehold).toBe(3);
  expect(counter.counts.distinctHouseholds).toBe(12);
});
