import { describe, expect, it } from 'vitest';
import { Problem } from '../kernel/index.js';
import { boundariesOf, idOf, pageNumberOf, roundOf, unitCodeOf } from './query.js';

describe('what an address may say', () => {
  it('takes a year, and the given one when there is none', () => {
    expect(roundOf('2024', 2025)).toBe(2024);
    expect(roundOf('', 2025)).toBe(2025);
    expect(roundOf(undefined, 2025)).toBe(2025);
  });

  it.each(['abc', '20245', '1e3', ' 2024', '1999', '-2024'])('refuses the year %j', (text) => {
    expect(() => roundOf(text, 2025)).toThrow(Problem);
  });

  it.each(['2025-02-30', '2025-07', "'; drop table units", '1/13/2025'])(
    'refuses the day %j',
    (text) => {
      expect(() => boundariesOf(text)).toThrow(Problem);
    },
  );

  it('reads a day in both spellings and nothing as the units of the day itself', () => {
    expect(boundariesOf('2025-07-01')).toBe('2025-07-01');
    expect(boundariesOf('1/7/2025')).toBe('2025-07-01');
    expect(boundariesOf('')).toBeUndefined();
  });

  it.each(['06004 ', '6', '060045', '../etc', '२०'])('refuses the unit code %j', (text) => {
    expect(() => unitCodeOf(text, '20')).toThrow(Problem);
  });

  it('treats a malformed id like one that does not exist', () => {
    expect(() => idOf('1 or 1=1')).toThrow(expect.objectContaining({ code: 'page-not-found' }));
    expect(() => idOf(undefined)).toThrow(expect.objectContaining({ kind: 'not-found' }));
  });

  it('counts pages from one, whatever is written', () => {
    expect([undefined, '0', '-1', '3', '99999999', 'x'].map(pageNumberOf)).toEqual([
      1, 1, 1, 3, 1, 1,
    ]);
  });
});
