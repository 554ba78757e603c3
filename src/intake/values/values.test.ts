import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, day, formatDate, formatDecimal } from '../../kernel/index.js';
import { dateOfNumber, excelDay, parseDateText } from './dates.js';
import { parseNumberText, settle } from './numbers.js';
import { valueReader } from './read-value.js';
import { wordKey, wordReader } from './words.js';

describe('numbers', () => {
  test.each([
    ['1.234', 1234],
    ['1,234', 1234],
    ['140,0', 140],
    ['140.0', 140],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['1.234.567', 1_234_567],
    ['1 234', 1234],
    ['0.125', 0.125],
    ['0,125', 0.125],
    ['12.34', 12.34],
    ['-5', -5],
    ['−5', -5],
    ['007', 7],
  ])('"%s" is %d', (text, value) => {
    expect(parseNumberText(text)).toBe(value);
  });

  test.each(['', 'abc', '12abc', '1.2.3', '1,2,3', '140.', '.5', '1e3', '0x10', '1.234.56', '- 5'])(
    '"%s" is no number',
    (text) => {
      expect(parseNumberText(text)).toBeNull();
    },
  );

  test('digits beyond every number are none', () => {
    expect(parseNumberText('9'.repeat(400))).toBeNull();
    expect(parseNumberText('9'.repeat(308))).toBeGreaterThan(0);
  });

  test('a number written the Vietnamese way reads as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), fc.nat(9), (whole, tenth) => {
        const decimal = `${whole}.${tenth}`;
        expect(parseNumberText(formatDecimal(decimal))).toBe(Number(decimal));
      }),
    );
  });

  test('the trace of a formula is taken off', () => {
    expect(settle(139.99999999999997)).toBe(140);
    expect(settle(0.1 + 0.2)).toBe(0.3);
    expect(settle(62.5)).toBe(62.5);
  });
});

describe('dates', () => {
  test.each([
    ['17/10/2025', '2025-10-17'],
    ['7/1/2025', '2025-01-07'],
    ['17-10-2025', '2025-10-17'],
    ['17.10.2025', '2025-10-17'],
    ['2025-10-17', '2025-10-17'],
    ['2025-10-17T08:30:00Z', '2025-10-17'],
    ['17/10/2025 08:30', '2025-10-17'],
    ['45947', '2025-10-17'],
    ['45947,5', '2025-10-17'],
    ['1957', '1957'],
  ])('"%s" is %s', (text, value) => {
    expect(parseDateText(text)).toBe(value);
  });

  test.each(['10/17/2025', '31/02/2025', '17/10/25', 'hôm nay', '3025', '12345', '99999'])(
    '"%s" is not guessed',
    (text) => {
      expect(parseDateText(text)).toBeNull();
    },
  );

  test('serials count days, in both systems and around the 29/2/1900 that never was', () => {
    expect(excelDay(1, false)).toBe('1900-01-01');
    expect(excelDay(59, false)).toBe('1900-02-28');
    expect(excelDay(60, false)).toBeNull();
    expect(excelDay(61, false)).toBe('1900-03-01');
    expect(excelDay(0, true)).toBe('1904-01-01');
    expect(excelDay(45_947 - 1462, true)).toBe(excelDay(45_947, false));
    expect(excelDay(9e12, false)).toBeNull();
    expect(excelDay(-3, false)).toBeNull();
  });

  test('a day reads the same as text, as ISO and as serial', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (days) => {
        const date = addDays(day('1960-01-01'), days);
        expect(parseDateText(formatDate(date))).toBe(date);
        expect(parseDateText(date)).toBe(date);
        expect(dateOfNumber(21_916 + days)).toBe(date);
      }),
    );
  });
});

describe('words', () => {
  const sex = wordReader({ male: ['Nam', 'M'], female: ['Nữ', 'F'] });

  test.each([
    ['nam', 'male'],
    ['NAM ', 'male'],
    ['Nu', 'female'],
    ['nữ', 'female'],
    ['NỮ'.normalize('NFD'), 'female'],
    ['female', 'female'],
  ])('"%s" is %s', (text, value) => {
    expect(sex(text)).toBe(value);
  });

  test('an undeclared word is not guessed', () => {
    expect(sex('khác')).toBeNull();
    expect(sex('n')).toBeNull();
  });

  test('a word for two values is a mistake in the pack', () => {
    expect(() => wordReader({ male: ['x'], female: ['X'] })).toThrow(/both/);
  });

  test('tone placement, case, spaces and punctuation do not matter', () => {
    expect(wordKey('Hộ  CẬN nghèo.')).toBe(wordKey('hộ cận nghèo'.normalize('NFD')));
    expect(wordKey('hoà')).toBe(wordKey('hòa'));
  });
});

describe('what two cells share when they say the same', () => {
  const sameness = (type: 'text' | 'number' | 'date', cell: string | number) =>
    valueReader({ field: 'f', type, titles: [] })(cell).sameness;

  test('spelling of numbers and dates is folded, case of words is not', () => {
    expect(sameness('number', '85,0')).toBe(sameness('number', 85));
    expect(sameness('date', '06/09/2025')).toBe(sameness('date', 45_906));
    expect(sameness('text', '  Triệu  Hoa')).toBe(sameness('text', 'Triệu Hoa'.normalize('NFD')));
    expect(sameness('text', 1038)).toBe(sameness('text', '1038.0'));
    expect(sameness('text', 'Lan')).not.toBe(sameness('text', 'LAN'));
    expect(sameness('text', '007')).not.toBe(sameness('text', 7));
  });

  test('what cannot be read is compared as text, and said to be unreadable', () => {
    const read = valueReader({ field: 'f', type: 'number', titles: [] });
    expect(read('không rõ')).toMatchObject({ value: null, isEmpty: false, sameness: 'không rõ' });
    expect(read('   ').isEmpty).toBe(true);
    expect(read(null).isEmpty).toBe(true);
  });

  test('a column of names that never come again reads on as it began, and so do words that repeat', () => {
    const names = valueReader({ field: 'f', type: 'text', titles: [] });
    const numbers = valueReader({ field: 'f', type: 'number', titles: [] });
    // More than a column remembers, twice: whether it is remembered or not must not be seen.
    const rows = Array.from({ length: 10_000 }, (_, i) => i);
    for (const i of [...rows, ...rows]) {
      const found = names(` Lý  "${i}" `);
      expect([found.value, found.json]).toEqual([`Lý "${i}"`, JSON.stringify(` Lý  "${i}" `)]);
      expect(numbers(`${i % 5000},5`)).toEqual({
        ...{ value: (i % 5000) + 0.5, isEmpty: false },
        ...{ sameness: `${(i % 5000) + 0.5}`, json: `"${i % 5000},5"` },
      });
    }
  });
});
