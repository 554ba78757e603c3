import { expect, test } from 'vitest';
import { withWords, wordsFor } from './namesakes.js';

const words = (...all: string[][]) =>
  wordsFor(all.map((origins, i) => ({ placeId: `0000000${i}`, origins }))).map(([, text]) => text);

test('each gets words that no other has', () => {
  expect(words(['xã A'])).toEqual([]);
  expect(words(['xã A'], ['xã B'], [])).toEqual(['xã A cũ', 'xã B cũ', 'mã …000002']);
  expect(words(['xã A'], ['xã A', 'xã C'], ['xã B'])).toEqual(['xã A cũ', 'xã C cũ', 'xã B cũ']);
  expect(words(['xã A'], ['xã A'])).toEqual(['mã …000000', 'mã …000001']);
  // What is the last of one and the first of another tells neither.
  expect(words(['xã A'], ['xã B', 'xã A'], ['xã B'])).toEqual([
    ...['mã …000000', 'mã …000001', 'xã B cũ'],
  ]);
});

test('a name that stands alone stays bare', () => {
  expect(withWords('Thôn Mẫu 01', undefined)).toBe('Thôn Mẫu 01');
  expect(withWords('Thôn Mẫu 01', 'xã A cũ')).toBe('Thôn Mẫu 01 (xã A cũ)');
});
