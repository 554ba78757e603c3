import { expect, test } from 'vitest';
import { loadPacks } from '../../packs/index.js';
import { toColumns } from '../../rules/index.js';
import { FLAGS, classifyByHand, makeColumns } from './household-columns.js';

test('the hand-written loop gives each household the class that the pack gives it', () => {
  const columns = makeColumns(20_000);
  const rule = loadPacks().standard('PS-2022')?.rule;
  if (!rule) throw new Error('no PS-2022');
  const flags = FLAGS.map((flag, i) => [`deprived_${flag}`, columns.flags[i]!] as const);
  const set = { area: columns.area, b1: columns.b1, ...Object.fromEntries(flags) };
  const byHand = classifyByHand(columns, rule.outcomes);
  expect(byHand).toEqual(toColumns(rule)(set, 20_000));
  // Every class occurs, so that the comparison means something.
  expect(new Set(byHand).size).toBe(4);
});

test('the load is the same every time and holds unknowns', () => {
  expect(makeColumns(100)).toEqual(makeColumns(100));
  const { area, b1, flags } = makeColumns(5_000);
  expect(area.includes(-1)).toBe(true);
  expect(b1.some(Number.isNaN)).toBe(true);
  expect(flags.every((flag) => flag.includes(-1) && flag.includes(1))).toBe(true);
});
