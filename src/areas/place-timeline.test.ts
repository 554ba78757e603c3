import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { PlainDate } from '../kernel/index.js';
import { addDays, day, isWithin } from '../kernel/index.js';
import type { PlaceStay, UnitKey } from './index.js';
import { areaRegister, keyOf, placeTimeline } from './index.js';
import { checkStays } from './places.js';

const register = areaRegister();
const FIRST = day('2020-01-01');
const communes2020 = register.communesOf('20', FIRST);

const staysOn = (stays: readonly PlaceStay[], date: PlainDate) =>
  stays.filter((stay) => isWithin(date, stay.validFrom, stay.validTo));

const unit = (code: string, validFrom = '2020-01-01'): UnitKey => ({
  code,
  validFrom: day(validFrom),
});

describe('a place follows its commune', () => {
  test('through a full edge', () => {
    expect(
      placeTimeline(register, unit('06007'), FIRST).map((s) => [s.unit.code, s.validTo]),
    ).toEqual([
      ['06007', '2024-11-30'],
      ['05998', '2025-06-30'],
      [register.successorsOf(unit('05998'), day('2025-07-01'))[0]!.unit.code, null],
    ]);
  });

  test('to the successor that is known, and only there', () => {
    const stays = placeTimeline(register, unit('06622'), FIRST, () => unit('06625', '2025-07-01'));
    expect(stays.map((s) => [keyOf(s.unit), s.isCertain])).toEqual([
      ['06622@2020-01-01', true],
      ['06625@2025-07-01', true],
    ]);
  });

  test('to each successor while none is known', () => {
    const now = staysOn(placeTimeline(register, unit('06622'), FIRST), day('2026-01-01'));
    expect(now.map((s) => [s.unit.code, s.isCertain]).sort()).toEqual([
      ['06613', false],
      ['06625', false],
    ]);
  });

  test('a unit that is not in force is refused', () => {
    expect(() => placeTimeline(register, unit('06007'), day('2025-01-01'))).toThrow(RangeError);
  });
});

const arbitraryPlace = fc
  .record({
    start: fc.constantFrom(...communes2020),
    from: fc.integer({ min: 0, max: 1700 }),
    pick: fc.nat({ max: 2 }),
  })
  .map(({ start, from, pick }) => {
    const first = addDays(FIRST, from);
    const begins = isWithin(first, start.validFrom, start.validTo) ? first : FIRST;
    return placeTimeline(register, start, begins, (_, next) => next[pick] ?? null);
  });
const arbitraryDay = fc.integer({ min: 0, max: 3000 }).map((n) => addDays(FIRST, n));

test('on each day of its life a place has one certain unit, or several uncertain ones', () => {
  fc.assert(
    fc.property(arbitraryPlace, arbitraryDay, (stays, date) => {
      const now = staysOn(stays, date);
      const isBorn = date >= stays[0]!.validFrom;
      expect(now.length > 0).toBe(isBorn);
      expect(now.every((s) => s.isCertain)).toBe(now.length <= 1);
      for (const stay of now) expect(register.unitOn(stay.unit.code, date)).not.toBeNull();
      expect(() => checkStays(stays, register, 'x')).not.toThrow();
    }),
    { numRuns: 2000 },
  );
});

test('the units of any day and the undecided places add up to all places', () => {
  const places = fc.array(arbitraryPlace, { maxLength: 60 });
  fc.assert(
    fc.property(places, arbitraryDay, (all, date) => {
      const alive = all.filter((stays) => staysOn(stays, date).length > 0);
      const certain = alive.filter((stays) => staysOn(stays, date).length === 1);
      const perUnit = new Map<string, number>();
      for (const stays of certain) {
        const key = keyOf(staysOn(stays, date)[0]!.unit);
        perUnit.set(key, (perUnit.get(key) ?? 0) + 1);
      }
      const inUnits = register
        .communesOf('20', date)
        .reduce((sum, commune) => sum + (perUnit.get(keyOf(commune)) ?? 0), 0);
      expect(inUnits + (alive.length - certain.length)).toBe(alive.length);
    }),
    { numRuns: 300 },
  );
});

describe('stays that contradict each other are refused', () => {
  const stay = (code: string, validFrom: string, validTo: string | null, isCertain = true) => ({
    unit: unit(code, validFrom === '2025-07-01' ? validFrom : undefined),
    validFrom: day(validFrom),
    validTo: validTo === null ? null : day(validTo),
    isCertain,
  });

  test.each([
    [
      'two certain units',
      [stay('06004', '2020-01-01', '2025-06-30'), stay('06010', '2021-01-01', '2022-01-01')],
    ],
    [
      'a certain beside an uncertain one',
      [stay('06004', '2020-01-01', '2025-06-30'), stay('06010', '2020-01-01', '2020-02-01', false)],
    ],
    ['longer than the unit lived', [stay('06007', '2020-01-01', '2025-06-30')]],
    ['open in a unit that ended', [stay('06007', '2020-01-01', null)]],
    ['a unit that never was', [stay('99999', '2020-01-01', null)]],
  ])('%s', (_, stays) => {
    expect(() => checkStays(stays, register, 'Thôn Mẫu')).toThrow(/Thôn Mẫu/);
  });
});
