import { expect, test } from 'vitest';
import { fixedClock } from './clock.js';
import { isId, newId } from './ids.js';

test('ids of one millisecond are distinct and sort in the order they were made', () => {
  const clock = fixedClock('2090-01-01T00:00:00Z');
  // More than the 4,096 values of the counter, so that its overflow is passed too.
  const ids = Array.from({ length: 10_000 }, () => newId(clock));
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
  expect(ids.every(isId)).toBe(true);
});

test('an id says when it was made, and which version and variant it is', () => {
  const at = Date.UTC(2095, 5, 1);
  const id = newId({ now: () => new Date(at) });
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at);
  expect(id[14]).toBe('7');
  expect('89ab').toContain(id[19]);
});

test('a clock that goes back does not make ids go back', () => {
  const late = newId(fixedClock('2099-01-01T00:00:00Z'));
  const early = newId(fixedClock('2021-01-01T00:00:00Z'));
  expect(early > late).toBe(true);
});

test.each([
  [''],
  ['0190f1a2-0000-7000-8000-00000000000'],
  ['0190F1A2-0000-7000-8000-000000000000'],
  ['{0190f1a2-0000-7000-8000-000000000000}'],
  ["0190f1a2-0000-7000-8000-000000000000'--"],
])('"%s" is no id', (text) => {
  expect(isId(text)).toBe(false);
});
