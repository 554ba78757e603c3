import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compareVietnamese,
  cutText,
  nameKey,
  personSortKey,
  sortKey,
  tidyText,
  withoutDiacritics,
} from './vietnamese.js';

const ONSETS = ['', 'b', 'c', 'd', 'đ', 'gi', 'h', 'kh', 'ngh', 'nh', 'ph', 'qu', 'th', 'tr', 'x'];
const RHYMES = ['a', 'an', 'ăm', 'âu', 'e', 'ênh', 'i', 'o', 'ôn', 'ơi', 'u', 'ưng', 'ương', 'yên'];
const TONES = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];

/** Syllables whose tone sits on the first vowel of the rhyme; spelling rules do not matter here. */
const syllable = fc
  .tuple(fc.constantFrom(...ONSETS), fc.constantFrom(...RHYMES), fc.constantFrom(...TONES))
  .map(([onset, rhyme, tone]) => (onset + rhyme.slice(0, 1) + tone + rhyme.slice(1)).normalize());
const name = fc.array(syllable, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));

test.each([
  ['Hoà', 'Hòa'],
  ['THUỶ', 'thủy'],
  ['Khoẻ', 'Khỏe'],
  ['Quý', 'qúy'],
  ['  Hoàng\u00A0 Thị  Hoè ', 'hoàng thị hòe'],
  ['Đào', 'Ðào'], // U+0110 and its look-alike U+00D0
  ['ĐỒNG', 'ðồng'],
  ['TT.Hoà Bình', 'tt.hòa bình'],
  ['(Hoà)', '(hòa)'],
  ['Ngu\u200Bye\u200B\u0302\u0303n', 'nguyễn'],
])('"%s" and "%s" are one name', (a, b) => {
  expect(nameKey(a)).toBe(nameKey(b));
});

test.each([
  ['Hòa', 'Hóa'],
  ['hoàn', 'hòan'], // a closed syllable has one spelling; the other is a mistake, not a variant
  ['Quy', 'Quý'],
  ['Hoa', 'Hoà'],
  ['Dung', 'Đung'],
  ['Tuy', 'Tưy'],
  ['An Na', 'Anna'],
])('"%s" and "%s" are two names', (a, b) => {
  expect(nameKey(a)).not.toBe(nameKey(b));
});

test('quý keeps its tone on y, thuỷ does not', () => {
  expect(nameKey('Quý')).toBe('quý');
  expect(nameKey('Quỳ Hợp')).toBe('quỳ hợp');
  expect(nameKey('Thuỷ')).toBe('thủy');
});

test('keys are the same for composed and decomposed text, and of a key itself', () => {
  fc.assert(
    fc.property(fc.oneof(name, fc.string({ unit: 'grapheme' })), (text) => {
      for (const key of [tidyText, nameKey, withoutDiacritics]) {
        expect(key(text.normalize('NFD'))).toBe(key(text.normalize('NFC')));
        expect(key(key(text))).toBe(key(text));
      }
      expect(sortKey(text.normalize('NFD'))).toBe(sortKey(text.normalize('NFC')));
    }),
  );
});

test('nothing is kept that turns the reading round or drives a terminal', () => {
  expect(tidyText('An\u202Enaib\u202C \u001b[31mBình\u2066\u0007')).toBe('Annaib [31mBình');
  expect(tidyText('\u202E \u061C')).toBe('');
  expect(tidyText('dòng\u0085sau')).toBe('dòng sau');
});

test('a text is cut between characters', () => {
  expect(cutText('ab😀c', 3)).toBe('ab');
  expect(cutText('ab😀c', 4)).toBe('ab😀');
  expect(cutText('ab', 3)).toBe('ab');
});

test('search text holds plain letters only', () => {
  expect(withoutDiacritics('Ấp Đồng Đăng – Ưỡn Ẹo')).toBe('ap dong dang – uon eo');
  fc.assert(
    fc.property(name, (text) => {
      expect(withoutDiacritics(text)).toMatch(/^[a-z ]+$/);
    }),
  );
});

test('the dictionary order of letters, then of tones', () => {
  const words = ['Yến', 'Anh', 'Em', 'Đào', 'Ấn', 'An', 'Dung', 'Ân', 'Ăn', 'Áo', 'Ao', 'Ạo'];
  expect([...words].sort(compareVietnamese)).toEqual([
    'An',
    'Anh',
    'Ao',
    'Áo',
    'Ạo',
    'Ăn',
    'Ân',
    'Ấn',
    'Dung',
    'Đào',
    'Em',
    'Yến',
  ]);
  const tones = ['bạ', 'bá', 'bã', 'bả', 'bà', 'ba'];
  expect([...tones].sort(compareVietnamese)).toEqual(['ba', 'bà', 'bả', 'bã', 'bá', 'bạ']);
});

test('a name stands before every longer name that begins with it', () => {
  fc.assert(
    fc.property(name, name, (head, tail) => {
      expect(compareVietnamese(head, `${head} ${tail}`)).toBe(-1);
      expect(compareVietnamese(head, `${head}h`)).toBe(-1);
    }),
  );
});

test('numbers in names come before letters', () => {
  expect(compareVietnamese('Thôn 2', 'Thôn An')).toBe(-1);
  expect(compareVietnamese('Thôn Mẫu 02', 'Thôn Mẫu 10')).toBe(-1);
});

test('the order agrees with the Vietnamese collation of Unicode', () => {
  const reference = new Intl.Collator('vi', { sensitivity: 'accent' });
  fc.assert(
    fc.property(name, name, (a, b) => {
      const [left, right] = [nameKey(a), nameKey(b)];
      expect(compareVietnamese(left, right)).toBe(Math.sign(reference.compare(left, right)));
    }),
    { numRuns: 2000 },
  );
});

test('people are ordered by given name, then family name', () => {
  const people = ['Vi Thị An', 'Hoàng Văn Anh', 'Lý A', 'Nông Văn An', 'Chu Thị Ân', 'An'];
  const byKey = (a: string, b: string) => (personSortKey(a) < personSortKey(b) ? -1 : 1);
  expect([...people].sort(byKey)).toEqual([
    'Lý A',
    'An',
    'Nông Văn An',
    'Vi Thị An',
    'Hoàng Văn Anh',
    'Chu Thị Ân',
  ]);
});
