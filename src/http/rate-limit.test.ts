import { describe, expect, it } from 'vitest';
import { Buckets } from './rate-limit.js';

describe('Buckets', () => {
  it('lets a burst through, then one now and then, and says when', () => {
    const buckets = new Buckets(60);
    const burst = Array.from({ length: 61 }, () => buckets.take('a', 0));
    expect(burst.slice(0, 60).every((wait) => wait === 0)).toBe(true);
    expect(burst[60]).toBe(1);
    expect(buckets.take('a', 500)).toBe(1);
    expect(buckets.take('a', 1001)).toBe(0);
    expect(buckets.take('a', 1002)).toBe(1);
  });

  it('counts sources apart, and asks more patience where less is allowed', () => {
    const buckets = new Buckets(2);
    expect([buckets.take('a', 0), buckets.take('a', 0)]).toEqual([0, 0]);
    expect(buckets.take('a', 0)).toBe(30);
    expect(buckets.take('b', 0)).toBe(0);
  });

  it('is never worth hammering: refusals cost nothing and gain nothing', () => {
    const buckets = new Buckets(6);
    for (let i = 0; i < 6; i++) buckets.take('a', 0);
    let through = 0;
    for (let ms = 0; ms < 60_000; ms += 100) if (buckets.take('a', ms) === 0) through += 1;
    expect(through).toBeLessThanOrEqual(6);
    expect(through).toBeGreaterThanOrEqual(5);
  });

  it('holds when the clock goes backwards, and keeps a bounded memory', () => {
    const buckets = new Buckets(1);
    expect(buckets.take('a', 10_000)).toBe(0);
    expect(buckets.take('a', 0)).toBeGreaterThan(0);
    for (let i = 0; i < 20_000; i++) buckets.take(`made up ${i}`, 0);
    expect(buckets.size).toBeLessThanOrEqual(10_000);
  });
});
