import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadPacks } from './index.js';

const { ethnicGroups } = loadPacks();
const idOf = (name: string) => {
  const found = ethnicGroups.byName(name);
  return found.kind === 'match' ? found.group.id : found.kind;
};

describe('names of ethnic groups', () => {
  test.each([
    ['Nùng', 'nung'],
    ['  nùng ', 'nung'],
    ['Nùng'.normalize('NFD'), 'nung'],
    ['NUNG', 'nung'],
    ['dân tộc Tày', 'tay'],
    ["H'Mông", 'hmong'],
    ['H’mông', 'hmong'],
    ['Hmông', 'hmong'],
    ['Mèo', 'hmong'],
    ['Khơ Me', 'kho-me'],
    ['khmer', 'kho-me'],
    ['Giẻ Triêng', 'gie-trieng'],
    ['Ê Đê', 'e-de'],
    ['Sán chay', 'san-chay'],
    ['San Diu', 'san-diu'],
    ['Bru Vân Kiều', 'bru-van-kieu'],
  ])('"%s" is %s', (name, id) => {
    expect(idOf(name)).toBe(id);
  });

  test.each(['Thổ', 'tho', 'Xá', 'Cao Lan', 'Mán'])('"%s" is left to a person', (name) => {
    expect(idOf(name)).toBe('ambiguous');
  });

  test.each(['Konkơlor', 'Pơng', 'DTTS', '', 'Nụng'])('"%s" is not in the closed list', (name) => {
    expect(idOf(name)).toBe('unknown');
  });

  test('each canonical name finds its own group, however it is typed', () => {
    const typed = fc.constantFrom<((text: string) => string)[]>(
      (text) => text.toUpperCase(),
      (text) => text.toLowerCase(),
      (text) => text.normalize('NFD'),
      (text) => ` ${text.replaceAll(' ', '  ')}`,
      (text) => text.replaceAll('-', ' '),
    );
    const groups = ethnicGroups.all.filter(({ id }) => id !== 'tho');
    fc.assert(
      fc.property(fc.constantFrom(...groups), typed, ({ id, name }, type) => {
        expect(idOf(type(name))).toBe(id);
      }),
    );
  });
});

describe('codes', () => {
  test('a code means nothing without its list', () => {
    expect(ethnicGroups.byCode('eth1979', '04')?.id).toBe('hoa');
    expect(ethnicGroups.byCode('eth2008', '04')?.id).toBe('muong');
    expect(ethnicGroups.byCode('eth1979', '6')?.id).toBe('muong');
    expect(ethnicGroups.byCode('eth2008', '06')?.id).toBe('hoa');
    expect(ethnicGroups.byCode('eth2008', '55')).toBeUndefined();
  });

  test('both lists hold 54 groups, each once; unchecked codes say so', () => {
    const groups = ethnicGroups.all.filter(({ id }) => id !== 'foreigner');
    for (const scheme of ['eth1979', 'eth2008'] as const) {
      const numbers = groups.map(({ codes }) => Number(codes[scheme].code)).sort((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 54 }, (_, i) => i + 1));
    }
    for (const { codes } of groups) {
      const { code, state } = codes.eth2008;
      expect(state).toBe(Number(code) <= 20 ? 'verified' : 'unverified');
    }
  });
});

test('groups of difficulty are those of the decision of 2021', () => {
  const sizes = ethnicGroups.sets.map(({ id, ids }) => [id, new Set(ids).size]);
  expect(Object.fromEntries(sizes)).toEqual({ nkk: 32, dt: 14, 'rat-it-nguoi': 16 });
  const [nkk, dt] = ethnicGroups.sets;
  expect(nkk?.ids.filter((id) => dt?.ids.includes(id))).toEqual([]);
});

test('everyone of the 54 but Kinh is a minority; foreigners are not', () => {
  const minorities = ethnicGroups.all.filter(({ id }) => ethnicGroups.isMinority(id));
  expect(minorities).toHaveLength(53);
  expect(ethnicGroups.isMinority('kinh')).toBe(false);
  expect(ethnicGroups.isMinority('foreigner')).toBe(false);
});
