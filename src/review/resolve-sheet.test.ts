import { describe, expect, test } from 'vitest';
import { areaRegister } from '../areas/index.js';
import { periodicRound } from '../kernel/index.js';
import type { SheetUnits } from './resolve-sheet.js';
import { isResolved, resolveSheet } from './resolve-sheet.js';

const byHand = (more: Partial<SheetUnits> = {}): SheetUnits => ({
  ...{ bySheet: {}, onlySheet: null },
  ...more,
});

const resolve = (sheet: string, round: number, units = byHand()) =>
  resolveSheet(sheet, periodicRound(round), '20', units, areaRegister());

const unitOf = (sheet: string, round: number, units = byHand()) => {
  const found = resolve(sheet, round, units);
  return isResolved(found) ? `${found.unit.code}@${found.unit.validFrom}` : found.reason;
};

describe('by its name', () => {
  test.each([
    ['Xã Quốc Khánh', '06004@2025-07-01'],
    ['phường đông kinh', '05977@2025-07-01'],
    ['xa kien moc', '06625@2025-07-01'],
    ['XÃ QUỐC KHÁNH'.normalize('NFD'), '06004@2025-07-01'],
  ])('"%s" in 2025', (sheet, unit) => {
    expect(unitOf(sheet, 2025)).toBe(unit);
  });

  test('a commune that is gone by the reference date is followed when the whole of it went', () => {
    const found = resolve('Xã Vĩnh Tiến', 2024);
    if (!isResolved(found)) throw new Error(found.what);
    expect([found.unit.code, found.unit.validFrom, found.isSplit]).toEqual([
      ...['05998', '2020-01-01', false],
    ]);
  });

  test('a commune that was divided during the round goes to a person', () => {
    const found = resolve('Xã Đại Đồng', 2024);
    if (!isResolved(found)) throw new Error(found.what);
    expect([found.unit.code, found.unit.validTo, found.isSplit]).toEqual([
      ...['06040', '2024-11-30', true],
    ]);
  });

  test('a homonym is answered with candidates and their districts, never with a guess', () => {
    const found = resolve('Tân Thành', 2023);
    if (isResolved(found)) throw new Error('a homonym was guessed');
    expect(found.reason).toBe('several-units');
    expect(found.candidates.length).toBeGreaterThan(1);
    expect(found.candidates.every((one) => one.within !== null)).toBe(true);
  });

  test('a commune of other times, and a name that is none', () => {
    expect(unitOf('Thị trấn Cao Lộc', 2025)).toBe('no-longer-in-force');
    expect(unitOf('Sheet1', 2025)).toBe('unknown-name');
  });
});

describe('by hand', () => {
  test('a code given for the sheet, or for the only sheet, comes before its name', () => {
    expect(unitOf('Sheet1', 2025, byHand({ bySheet: { Sheet1: '06004' } }))).toBe(
      '06004@2025-07-01',
    );
    expect(unitOf('Xã Kiên Mộc', 2025, byHand({ onlySheet: '06004' }))).toBe('06004@2025-07-01');
  });

  test('a code that is no commune', () => {
    expect(unitOf('Sheet1', 2025, byHand({ onlySheet: '20' }))).toBe('unknown-name');
    expect(unitOf('Sheet1', 2025, byHand({ onlySheet: '99999' }))).toBe('unknown-name');
  });

  test('a re-used code names the unit of the round', () => {
    expect(unitOf('x', 2023, byHand({ onlySheet: '06040' }))).toBe('06040@2020-01-01');
    expect(unitOf('x', 2024, byHand({ onlySheet: '06040' }))).toBe('06040@2024-12-01');
  });
});
