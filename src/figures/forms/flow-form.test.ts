import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PovertyStatus } from '../../kernel/index.js';
import type { FlowCell } from '../flow-cells.js';
import { formDefinition } from '../pack-files.js';
import { flowCell } from '../testing/flow-cell.js';
import type { FormRow } from '../types.js';
import { flowRows } from './flow-form.js';
import type { FormSet } from './identities.js';
import { checkIdentities } from './identities.js';
import type { RowHead } from './result-form.js';
import { resultRows } from './result-form.js';
import type { HouseholdCell } from '../counts.js';

const head = (unitCode: string, holds: RowHead['holds']): RowHead => ({
  unitCode,
  unitValidFrom: null,
  name: unitCode,
  level: unitCode === 'all' ? 'province' : 'commune',
  lacks: null,
  holds,
});
const HEADS = [
  head('all', () => true),
  head('A', (unit) => unit === 'A'),
  head('B', (unit) => unit === 'B'),
];

const STATUSES: (PovertyStatus | null)[] = [
  'poor',
  'near_poor',
  'not_poor',
  'average_living',
  null,
];

/** One household: where and what it was and is, and how many members; a class may be missing. */
const anyHousehold = fc.record({
  before: fc.constantFrom(...STATUSES),
  after: fc.constantFrom(...STATUSES),
  unitBefore: fc.constantFrom('A', 'B'),
  unitAfter: fc.constantFrom('A', 'B'),
  membersBefore: fc.integer({ min: 1, max: 9 }),
  membersAfter: fc.integer({ min: 1, max: 9 }),
  wasInClass: fc.boolean(),
});
type Household = typeof anyHousehold extends fc.Arbitrary<infer T> ? T : never;

const cellOf = (one: Household): FlowCell =>
  flowCell({
    unitBefore: one.before === null ? null : one.unitBefore,
    unitAfter: one.after === null ? null : one.unitAfter,
    statusBefore: one.before,
    statusAfter: one.after,
    wasInClass: one.wasInClass,
    personsBefore: one.before === null ? 0 : one.membersBefore,
    personsAfter: one.after === null ? 0 : one.membersAfter,
    personsMore:
      one.before === null || one.after === null
        ? 0
        : Math.max(0, one.membersAfter - one.membersBefore),
    personsFewer:
      one.before === null || one.after === null
        ? 0
        : Math.max(0, one.membersBefore - one.membersAfter),
  });

/** Form 1 counted from the households themselves, not from the flows. */
const resultOf = (all: readonly Household[], when: 'before' | 'after'): FormRow[] => {
  const cells = all.flatMap((one): HouseholdCell[] => {
    const status = one[when];
    if (status === null) return [];
    const unitCode = when === 'before' ? one.unitBefore : one.unitAfter;
    const persons = when === 'before' ? one.membersBefore : one.membersAfter;
    const rest = { groupKey: 'all', isSynthetic: true, households: 1, unknownSize: 0 };
    return [{ unitCode, roundUnitCode: unitCode, status, persons, ...rest }];
  });
  return resultRows(HEADS, cells);
};

const setOf = (all: readonly Household[]): FormSet => {
  const result = resultOf(all, 'after');
  const cells = all.map(cellOf);
  return {
    round: 2025,
    boundaries: '2025-12-31' as FormSet['boundaries'],
    rows: {
      1: result,
      2: flowRows(2, HEADS, cells, result),
      3: flowRows(3, HEADS, cells, result),
    },
    definitions: { 1: formDefinition(1), 2: formDefinition(2), 3: formDefinition(3) },
    before: resultOf(all, 'before'),
    noFlows: null,
  };
};

describe('forms 2 and 3', () => {
  it('keep every identity for any households, moves, deaths and changes of size', () => {
    fc.assert(
      fc.property(fc.array(anyHousehold, { minLength: 1, maxLength: 40 }), (all) => {
        const identities = [...checkIdentities(setOf(all)).values()].flat();
        expect(identities.filter((identity) => identity.ok === false)).toEqual([]);
        // Only the average living standard, which nobody collects, stays unknown.
        const unknown = identities.filter((identity) => identity.ok === null);
        const isEmpty = all.every(({ after }) => after === null);
        expect(new Set(unknown.map(({ id }) => id))).toEqual(
          new Set(['F1.8=7/1*100', 'F1.14=13/2*100', ...(isEmpty ? ['F1.rates'] : [])]),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('counts a move inside the province as a decrease there and an increase here', () => {
    const cell = flowCell({ statusBefore: 'poor', statusAfter: 'near_poor', unitAfter: 'B' });
    const rows = flowRows(2, HEADS, [cell], []);
    const households = (code: string) =>
      rows.find((row) => row.unitCode === code && row.measure === 'household')!.cells;
    expect(households('A')).toMatchObject({ 1: 1, 2: 0, 4: 1, 9: 0 });
    expect(households('B')).toMatchObject({ 1: 0, 8: 0, 9: 0 });
    const near = flowRows(3, HEADS, [cell], []).find((row) => row.unitCode === 'B')!.cells;
    expect(near).toMatchObject({ 5: 0, 8: 1, 9: 1 });
  });

  it('puts a grown household into the other increase by its new members', () => {
    const cell = flowCell({
      statusBefore: 'poor',
      statusAfter: 'poor',
      personsAfter: 6,
      personsMore: 2,
    });
    const persons = flowRows(2, HEADS, [cell], []).find((row) => row.measure === 'person')!.cells;
    expect(persons).toMatchObject({ 1: 4, 4: 0, 8: 2, 9: 6 });
  });

  it('does not count persons when the size of one household is unknown', () => {
    const cell = flowCell({ statusBefore: 'poor', statusAfter: 'poor', unknownSize: 1 });
    const rows = flowRows(2, HEADS, [cell], []);
    const persons = rows.filter((row) => row.measure === 'person' && row.unitCode === 'A');
    expect(persons[0]!.cells).toMatchObject({ 1: null, 9: null });
    const households = rows.filter((row) => row.measure === 'household' && row.unitCode === 'A');
    expect(households[0]!.cells).toMatchObject({ 1: 1, 9: 1 });
  });
});

describe('identities', () => {
  const all: Household[] = [
    {
      before: 'poor',
      after: 'near_poor',
      unitBefore: 'A',
      unitAfter: 'A',
      membersBefore: 4,
      membersAfter: 4,
      wasInClass: false,
    },
  ];

  /** Changes one cell of one row behind the back of the forms. */
  const spoil = (set: FormSet, form: 1 | 2 | 3, column: number, value: number): FormSet => {
    const rows = set.rows[form].map((row, at) =>
      at === 0 ? { ...row, cells: { ...row.cells, [column]: value } } : row,
    );
    return { ...set, rows: { ...set.rows, [form]: rows } };
  };

  it.each([
    [2, 9, 'F2.9=1-2-3-4+5+6+7+8', 1],
    [2, 2, 'F2.2=F3.5', 1],
    [3, 2, 'F3.2=F2.5', 2],
    [2, 1, 'F2.1=previous-end', 1],
    [1, 3, 'F1.3=F2.9', 1],
    [1, 5, 'F1.5=F3.9', 1],
    [1, 1, 'F1.sum-of-units', 1],
  ] as const)('form %i column %i wrong is seen by %s', (form, column, id, value) => {
    const set = spoil(setOf(all), form, column, 7);
    const found = [...checkIdentities(set).values()].flat().filter((one) => one.id === id);
    expect(found.length).toBeGreaterThan(0);
    for (const identity of found) {
      expect(identity.ok).toBe(false);
      expect(identity.difference).not.toBe(0);
      expect(identity.rowsRef).toMatchObject({ unitCode: 'all', round: 2025 });
      expect(identity.failures?.length).toBeGreaterThanOrEqual(value > 1 ? 1 : value);
    }
  });

  it('a rate that is not the ratio of its columns, or above 100, is seen', () => {
    const set = setOf(all);
    const rate = { value: '204.00', unit: 'percent' as const, numerator: 204, denominator: 10 };
    const rows = set.rows[1].map((row) => ({ ...row, cells: { ...row.cells, 4: rate } }));
    const wrong = checkIdentities({ ...set, rows: { ...set.rows, 1: rows } }).get(1)!;
    expect(wrong.filter(({ ok }) => ok === false).map(({ id }) => id)).toEqual([
      'F1.4=3/1*100',
      'F1.rates',
    ]);
  });

  it('without an earlier round nothing about flows is true or false', () => {
    const set = setOf(all);
    const blank = (rows: readonly FormRow[]) =>
      rows.map((row) => ({
        ...row,
        cells: Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((n) => [n, null])),
      }));
    const none: FormSet = {
      ...set,
      rows: { 1: set.rows[1], 2: blank(set.rows[2]), 3: blank(set.rows[3]) },
      before: null,
      noFlows: 'đợt đầu',
    };
    const flow = checkIdentities(none)
      .get(2)!
      .filter(({ id }) => !id.includes('sum-of-units'));
    expect(flow.length).toBeGreaterThan(3);
    for (const identity of flow) {
      expect(identity).toMatchObject({ ok: null, difference: null, reason: 'đợt đầu' });
    }
  });
});
