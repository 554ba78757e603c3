import { describe, expect, test } from 'vitest';
import { day } from '../kernel/index.js';
import { areaRegister, countryRegister, registeredPopulation, tileGrid } from './index.js';

const register = areaRegister();

describe('units of Lạng Sơn', () => {
  test.each([
    ['2020-01-01', 200],
    ['2024-11-30', 200],
    ['2024-12-01', 194],
    ['2025-06-30', 194],
    ['2025-07-01', 65],
  ])('on %s there are %i communes', (date, count) => {
    expect(register.communesOf('20', day(date))).toHaveLength(count);
  });

  test('code 06040 is re-used', () => {
    expect(register.unitOn('06040', day('2024-11-30'))?.name).toBe('Xã Đại Đồng');
    expect(register.unitOn('06040', day('2024-12-01'))?.name).toBe('Thị trấn Thất Khê');
    expect(register.unitOn('06040', day('2025-07-01'))?.name).toBe('Xã Thất Khê');
    expect(register.lineage('06040')).toHaveLength(3);
  });

  test('districts end, provinces stay', () => {
    expect(register.children('20', day('2025-06-30'))).toHaveLength(11);
    expect(register.children('20', day('2025-07-01'))).toHaveLength(65);
    expect(register.unitOn('178', day('2025-07-01'))).toBeNull();
    expect(register.units.filter((unit) => unit.level === 'province')).toHaveLength(34);
  });

  test('tiles and population cover exactly the 65 units', () => {
    const codes = register
      .communesOf('20', day('2025-07-01'))
      .map((unit) => unit.code)
      .sort();
    const tiles = tileGrid('20');
    expect(tiles.map((tile) => tile.code).sort()).toEqual(codes);
    expect(new Set(tiles.map((tile) => `${tile.column},${tile.row}`)).size).toBe(65);
    expect(
      registeredPopulation('20')
        .map((row) => row.code)
        .sort(),
    ).toEqual(codes);
  });
});

describe('the whole country', () => {
  const country = countryRegister();

  test('has 3,321 communes since 2025-07-01', () => {
    const now = day('2025-07-01');
    const counts = country.children('01', now).length;
    expect(counts).toBe(126);
    const all = country.units.filter((u) => u.level === 'commune' && u.validTo === null);
    expect(all).toHaveLength(3321);
    expect(new Set(all.map((u) => u.code)).size).toBe(3321);
  });

  test('a name of another province is known with its province', () => {
    const found = country.find('Phường Ba Đình, Hà Nội', { on: day('2025-12-31') });
    expect(found.match?.code).toBe('00004');
    expect(register.find('Phường Ba Đình', {}).match).toBeNull();
  });
});

describe('lineage', () => {
  test('a receiving commune keeps its version', () => {
    const history = register.historyOf({ code: '05998', validFrom: day('2020-01-01') });
    expect(history?.unit.validTo).toBe('2025-06-30');
    expect(history?.predecessors.map((edge) => edge.from.code)).toEqual(['06007']);
  });

  test('a split unit has every successor', () => {
    const parts = register.successorsOf(
      { code: '06622', validFrom: day('2020-01-01') },
      day('2025-07-01'),
    );
    expect(parts.map(({ unit, part }) => [unit.code, part]).sort()).toEqual([
      ['06613', 'partial'],
      ['06625', 'partial'],
    ]);
  });

  test('nothing comes from nowhere: each unit that begins later has predecessors', () => {
    const later = register.units.filter(
      (u) => u.level === 'commune' && u.validFrom > day('2020-01-01'),
    );
    expect(later).toHaveLength(66);
    for (const unit of later) {
      expect(register.historyOf(unit)!.predecessors.length, unit.name).toBeGreaterThan(0);
    }
    expect(register.edges).toHaveLength(8 + 196);
  });

  test('is closed: whatever ends has successors that begin or live, and all territory arrives', () => {
    const ended = register.units.filter((u) => u.level === 'commune' && u.validTo !== null);
    expect(ended).toHaveLength(201);
    for (const unit of ended) {
      const { successors } = register.historyOf(unit)!;
      const parts = successors.map((edge) => edge.part);
      expect(parts.length, unit.name).toBeGreaterThan(0);
      expect(parts.length === 1 ? parts : new Set(parts), unit.name).toEqual(
        parts.length === 1 ? ['full'] : new Set(['partial']),
      );
      expect(register.successorsOf(unit, day('2026-01-01')).length).toBeGreaterThan(0);
    }
  });
});
