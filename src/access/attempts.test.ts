import { describe, expect, it } from 'vitest';
import { Attempts, waitAfter } from './attempts.js';

describe('waitAfter', () => {
  it('is nothing at first, doubles, and ends at a minute', () => {
    expect([1, 2, 3, 4].map(waitAfter)).toEqual([0, 0, 0, 0]);
    expect([5, 6, 7, 8, 9, 10, 11, 40].map(waitAfter)).toEqual([
      ...[2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000],
    ]);
  });
});

describe('Attempts', () => {
  it('makes a name wait after its fifth failure, also when all came at once', () => {
    const attempts = new Attempts();
    const waits = Array.from({ length: 7 }, () => attempts.begin('an', 1000));
    expect(waits).toEqual([0, 0, 0, 0, 0, 2000, 2000]);
    expect(attempts.begin('an', 2999)).toBe(1);
    expect(attempts.begin('an', 3000)).toBe(0);
    expect(attempts.begin('an', 3001)).toBe(3999);
  });

  it('leaves other names alone and forgives success', () => {
    const attempts = new Attempts();
    for (let i = 0; i < 6; i++) attempts.begin('an', 0);
    expect(attempts.begin('bình', 0)).toBe(0);
    expect(attempts.begin('an', 1)).toBeGreaterThan(0);
    attempts.succeed('an');
    expect(attempts.begin('an', 1)).toBe(0);
  });

  it('keeps a bounded number of names', () => {
    const attempts = new Attempts();
    for (let i = 0; i < 6; i++) attempts.begin('first', 0);
    for (let i = 0; i < 10_000; i++) attempts.begin(`name ${i}`, 0);
    expect(attempts.begin('first', 0)).toBe(0);
  });
});
