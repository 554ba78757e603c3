import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StagedRow } from '../intake/index.js';
import { loadPacks } from '../packs/index.js';
import { classifyScores } from './evaluate.js';
import { explainHousehold } from './explain-household.js';
import { fieldExport } from './field-export.js';
import type { Field } from './field-export.js';
import type { RowContext } from './read-household-row.js';
import { matchKey, readHouseholdRow } from './read-household-row.js';
import { REASON_SENTENCES } from './reasons.js';

const form = fieldExport();
const context = (more: Partial<RowContext> = {}): RowContext => ({
  form,
  standard: loadPacks().standardFor(2026)!,
  area: 'rural',
  unitIsSplit: false,
  classes: new Map(),
  ...more,
});

type Values = Partial<Record<Field, string | number | null>>;

/** A staged row of a good household; `unreadable` names fields whose cells could not be read. */
function staged(
  changes: Values = {},
  unreadable: Field[] = [],
  kind: StagedRow['kind'] = 'record',
) {
  const good: Values = {
    ...{ reviewed_on: '2025-10-17', head_name: 'Lý Thị Mẫu', field_code: '7', head_sex: 'female' },
    ...{ members: 4, quick_screen: 'failed', b1: 120, b2: 40, field_status: 'poor' },
  };
  const values = form.mapping.columns.map(
    ({ field }) => ({ ...good, ...changes })[field as Field] ?? null,
  );
  const bits = unreadable.map((field) => form.mapping.columns.findIndex((c) => c.field === field));
  const mask = bits.reduce((sum, bit) => sum | (1 << bit), 0);
  return { number: 1, kind, values, unreadable: mask, raw: new Uint8Array() };
}

const read = (changes: Values = {}, unreadable: Field[] = [], more: Partial<RowContext> = {}) =>
  readHouseholdRow(staged(changes, unreadable), context(more));

describe('what goes to a person', () => {
  test.each<[Values, Field[], string]>([
    [{ b2: 55 }, [], 'b2-not-valid'],
    [{ b2: 130 }, [], 'b2-not-valid'],
    [{ b2: -10 }, [], 'b2-not-valid'],
    [{ b2: null }, ['b2'], 'b2-not-valid'],
    [{ b1: -1 }, [], 'b1-out-of-range'],
    [{ b1: 500.5 }, [], 'b1-out-of-range'],
    [{ b1: null }, ['b1'], 'b1-not-a-number'],
    [{ members: 0 }, [], 'members-not-valid'],
    [{ members: 31 }, [], 'members-not-valid'],
    [{ members: 2.5 }, [], 'members-not-valid'],
    [{ members: null }, ['members'], 'members-not-valid'],
  ])('%j %j', (changes, unreadable, reason) => {
    const row = read(changes, unreadable);
    expect(row.status).toBeNull();
    expect(row.reasons).toContain(reason);
  });

  test('a doubtful value comes before a missing one', () => {
    const row = read({ b1: null, b2: 55 });
    expect(row.status).toBeNull();
    expect(row.reasons).toEqual(['b2-not-valid']);
  });

  test('a heading between households, and every row of a divided commune', () => {
    const heading = readHouseholdRow(staged({}, [], 'not_a_record'), context());
    expect([heading.status, heading.reasons[0]]).toEqual([null, 'not-a-household']);
    expect(read({}, [], { unitIsSplit: true }).reasons).toContain('unit-split');
  });

  test.each<Values>([
    { b1: 0, b2: 0 },
    { b1: 500, b2: 120 },
    { members: 1 },
    { members: 30 },
    { members: null },
  ])('%j does not', (changes) => {
    expect(read(changes).status).not.toBeNull();
  });
});

describe('the class', () => {
  test.each([
    [140.04, 140, 'poor'],
    [140.05, 140.1, 'not_poor'],
    [139.96, 140, 'poor'],
  ])('of B1 = %d follows from %d, which is kept and explained', (written, kept, status) => {
    const row = read({ b1: written, b2: 30 });
    expect([row.b1, row.status]).toEqual([kept, status]);
    const { b1, b2 } = row;
    const evidence = { round: 2025, standard_id: null, area: 'rural' as const, b1, b2 };
    expect(explainHousehold(evidence).status).toBe(status);
  });

  test.each<[Values, string]>([
    [{ b1: 140, b2: 30 }, 'poor'],
    [{ b1: 140, b2: 20 }, 'near_poor'],
    [{ b1: 140.1, b2: 120 }, 'not_poor'],
    [{ b1: null, b2: 120 }, 'not_computable'],
    [{ b1: 400, b2: null }, 'not_computable'],
  ])('rural %j is %s', (changes, status) => {
    expect(read(changes).status).toBe(status);
  });

  test('it is the class of the rule, for every pair of scores and both areas', () => {
    const area = fc.constantFrom('rural' as const, 'urban' as const, null);
    fc.assert(
      fc.property(area, fc.nat(500), fc.nat(12), (where, b1, count) => {
        const b2 = count * 10;
        const expected = classifyScores({ effectYear: 2026, area: where, b1, b2 });
        expect(read({ b1, b2 }, [], { area: where }).status).toBe(expected);
      }),
    );
  });

  test.each<[Values, boolean]>([
    [{ field_status: 'poor' }, false],
    [{ field_status: 'near_poor' }, true],
    [{ field_status: null }, false],
    [{ b1: null, field_status: 'near_poor' }, false],
    [{ b1: 300, field_status: 'average_living' }, false],
    [{ b1: 100, field_status: 'average_living' }, true],
  ])('%j disagrees with the field: %s', (changes, disagrees) => {
    expect(read(changes).reasons.includes('class-disagreement')).toBe(disagrees);
  });
});

describe('remarks', () => {
  test.each<[Values, Field[], string]>([
    [{ head_name: null }, [], 'name-missing'],
    [{ reviewed_on: '2025' }, [], 'date-year-only'],
    [{ reviewed_on: null }, ['reviewed_on'], 'date-not-readable'],
    [{ head_sex: null }, ['head_sex'], 'sex-not-readable'],
    [{ quick_screen: null }, ['quick_screen'], 'screen-not-readable'],
    [{ field_status: null }, ['field_status'], 'class-not-readable'],
    [{ b1: null }, [], 'b1-missing'],
    [{ b2: null }, [], 'b2-missing'],
  ])('%j %j is written with the remark %s', (changes, unreadable, reason) => {
    const row = read(changes, unreadable);
    expect(row.status).not.toBeNull();
    expect(row.reasons).toEqual([reason]);
    expect(REASON_SENTENCES[reason]).toMatch(/^\p{Lu}.*\.$/u);
  });

  test('a standard that scores alone cannot answer says so', () => {
    const row = read({}, [], { standard: loadPacks().standardFor(2027)! });
    expect([row.status, row.reasons]).toEqual(['not_computable', ['not-computable-by-scores']]);
  });

  test('a good row needs nobody', () => {
    expect(read().reasons).toEqual([]);
  });
});

test('one person spelled two ways has one key, another code another', () => {
  const key = (changes: Values) => {
    const { fieldCode, headNameKey } = read(changes);
    return matchKey(fieldCode, headNameKey);
  };
  const base = key({ head_name: 'Triệu Hoà' });
  expect(key({ head_name: 'TRIỆU  HÒA'.normalize('NFD') })).toBe(base);
  expect(key({ head_name: 'Triệu Hoà', field_code: '8' })).not.toBe(base);
  expect(key({ head_name: 'Triệu Hoá' })).not.toBe(base);
});
