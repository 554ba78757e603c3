import { describe, expect, it } from 'vitest';
import { isId } from '../kernel/index.js';
import { Random } from './random.js';
import { householdNumber, syntheticIds, FIRST_HOUSEHOLD, SLOTS } from './synthetic-ids.js';

const draw = (random: Random, n: number) => Array.from({ length: n }, () => random.bits());

describe('Random', () => {
  it('repeats itself for a seed and stream, and differs for another', () => {
    const first = draw(new Random(1, 1), 50);
    expect(draw(new Random(1, 1), 50)).toEqual(first);
    expect(draw(new Random(2, 1), 50)).not.toEqual(first);
    expect(draw(new Random(1, 2), 50)).not.toEqual(first);
  });

  it('is even over its range and does not follow neighbouring streams', () => {
    const buckets = Array<number>(10).fill(0);
    for (let stream = 0; stream < 20_000; stream++) {
      buckets[Math.floor(new Random(7, stream).next() * 10)]! += 1;
    }
    for (const count of buckets) expect(Math.abs(count - 2000)).toBeLessThan(250);
  });

  it('has a standard normal', () => {
    const random = new Random(3, 3);
    const values = Array.from({ length: 20_000 }, () => random.normal());
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
  });

  it('never picks what has no weight', () => {
    const random = new Random(5, 5);
    for (let i = 0; i < 1000; i++) expect([1, 3]).toContain(random.weighted([0, 2, 0, 1, 0]));
  });
});

describe('syntheticIds', () => {
  const idOf = syntheticIds(42);

  it('are UUIDs of version 7, all different, rising with their number', () => {
    const ids = Array.from({ length: 20_000 }, (_, n) => idOf(FIRST_HOUSEHOLD + n));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => isId(id) && id[14] === '7' && '89ab'.includes(id[19]!))).toBe(true);
    expect([...ids].sort()).toEqual(ids);
  });

  it('follow from the seed', () => {
    expect(syntheticIds(42)(5)).toBe(idOf(5));
    expect(syntheticIds(43)(5)).not.toBe(idOf(5));
  });

  it('keep one household apart from the next', () => {
    expect(householdNumber(1, 0)).toBeGreaterThan(householdNumber(0, SLOTS.persons + 30));
  });
});
