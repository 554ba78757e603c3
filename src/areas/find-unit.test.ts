import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { day, withoutDiacritics } from '../kernel/index.js';
import type { FindOptions } from './index.js';
import { areaRegister, resolveSheetName } from './index.js';

const register = areaRegister();
const before = day('2023-12-31');
const now = day('2025-12-31');
const match = (query: string, options: FindOptions) => register.find(query, options).match;
const codes = (query: string, options: FindOptions) =>
  register.find(query, options).candidates.map((unit) => unit.code);

describe('one name, many spellings', () => {
  test.each([
    'Xã Thiện Hòa',
    'Xã Thiện Hoà',
    'xã thiện hòa',
    'XÃ THIỆN HÒA',
    'X. Thiện Hòa',
    'X.Thiện Hòa',
    'x thien hoa',
    'Thien Hoa',
    'Thiện  Hòa ',
    'Xã Thiện Hòa'.normalize('NFD'),
    'Thiện\u00a0Hoà',
    'Thiện-Hòa',
    'Xa_Thien_Hoa',
    '12. Xã Thiện Hòa',
    'Xã Thiện Hòa (2)',
    'Xã Thiện Hòa - 2025',
    'Thiện Hòa 2025',
    'Xã Thiện Hòa, tỉnh Lạng Sơn',
    'Xã Thiện Hòa tỉnh Lạng Sơn',
    '06085',
    '06085 Thiện Hòa',
  ])('%s', (written) => {
    expect(match(written, { on: now, level: 'commune' })?.code).toBe('06085');
  });

  test.each([
    ['P. Đông Kinh', now, '05977'],
    ['P.dong kinh', now, '05977'],
    ['phường đông kinh', now, '05977'],
    ['TT. Thất Khê', before, '05995'],
    ['TT Thất Khê', day('2024-12-31'), '06040'],
    ['Thị trấn NT Thái Bình', before, '06616'],
    ['Xã Thuỵ Hùng, H. Văn Lãng', before, '06136'],
    ['Thụy Hùng (Cao Lộc)', before, '06208'],
    ['H. Văn Lãng', before, '182'],
    ['TP. Lạng Sơn', before, '178'],
    ['Tỉnh Lạng Sơn', now, '20'],
  ])('%s on %s is %s', (written, on, code) => {
    expect(match(written, { on })?.code).toBe(code);
  });
});

describe('homonyms are answered with candidates', () => {
  test('four communes named Hòa Bình', () => {
    const found = register.find('Hoà Bình', { on: before });
    expect(found.match).toBeNull();
    expect(found.candidates).toHaveLength(4);
  });

  test('the district, written behind or given as parent, decides', () => {
    const inVanQuan = match('Hòa Bình, Văn Quan', { on: before });
    expect(inVanQuan?.parent?.code).toBe('184');
    expect(match('hoa binh huyen van quan', { on: before })).toBe(inVanQuan);
    expect(match('Xã Hòa Bình', { on: before, parent: '184' })).toBe(inVanQuan);
  });

  test('a district without such a commune: the homonyms elsewhere are only suggested', () => {
    const found = register.find('Hòa Bình, Tràng Định', { on: before });
    expect(found.candidates).toEqual([]);
    expect(found.suggestions).toHaveLength(4);
  });

  test('a commune, a town and a district of one name', () => {
    const kinds = register.find('Bắc Sơn', { on: before }).candidates.map((unit) => unit.kind);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds).toContain('Huyện');
    expect(match('TT Bắc Sơn', { on: before })?.kind).toBe('Thị trấn');
  });
});

describe('what does not fit is never a match', () => {
  test('a wrong mark or another kind is only suggested', () => {
    expect(codes('Xã Thiện Hóa', { on: now })).toEqual([]);
    const wrongKind = register.find('Xã Đông Kinh', { on: now });
    expect(wrongKind.candidates).toEqual([]);
    expect(wrongKind.suggestions.map((unit) => unit.code)).toContain('05977');
  });

  test('a slip of the pen is suggested', () => {
    const found = register.find('Quốc Khanhs', { on: now, level: 'commune' });
    expect(found.match).toBeNull();
    expect(found.suggestions.map((unit) => unit.code)).toEqual(['06004']);
  });

  test('a name of another time is suggested with its version', () => {
    const found = register.find('Xã Vĩnh Tiến', { on: now });
    expect(found.candidates).toEqual([]);
    expect(found.suggestions.map((unit) => unit.validTo)).toEqual(['2024-11-30']);
  });

  test('a code that contradicts its name', () => {
    const found = register.find('06085 Quốc Khánh', { on: now });
    expect(found.candidates).toEqual([]);
    expect(found.suggestions.map((unit) => unit.code)).toContain('06085');
  });

  test.each(['', '   ', '...', 'Sheet1', '🙂', 'xã', ',,,', '(((', '0'.repeat(500)])(
    'nothing is found for %j',
    (query) => expect(register.find(query, { on: now }).candidates).toEqual([]),
  );
});

test('every official name finds its own unit, in any spelling', () => {
  const units = fc.constantFrom(...register.units);
  const spell = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => text.toUpperCase(),
    (text) => text.normalize('NFD'),
    (text) => withoutDiacritics(text),
    (text) => `  ${text.replaceAll(' ', '  ')} `,
  );
  fc.assert(
    fc.property(units, spell, (unit, respell) => {
      const found = register.find(respell(unit.name), { on: unit.validFrom, level: unit.level });
      expect(found.candidates).toContain(unit);
    }),
    { numRuns: 2000 },
  );
});

test('a sheet name names a commune and nothing else', () => {
  expect(resolveSheetName('phường đông kinh', now).match?.code).toBe('05977');
  expect(resolveSheetName('Lạng Sơn', before).candidates).toEqual([]);
  expect(resolveSheetName('Xã Quốc Khánh', now, '20').match?.code).toBe('06004');
});

test('a text longer than any name is no name, whatever it begins with', () => {
  const long = `Xã Thiện Hòa${' tỉnh Lạng Sơn'.repeat(20_000)}`;
  expect(register.find(long, { on: now })).toEqual({
    match: null,
    candidates: [],
    suggestions: [],
  });
});
