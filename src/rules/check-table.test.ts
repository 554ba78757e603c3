import { describe, expect, test } from 'vitest';
import type { ConditionData } from './index.js';
import { checkTable, compileRule } from './index.js';
import { ruleData } from './fixtures.example.js';

const faults = (rows: readonly (readonly [string, ConditionData])[]) =>
  checkTable(compileRule(ruleData(rows.map(([then, when]) => ({ then, when, cite: ['d1'] })))));

describe('interval analysis of a decision table', () => {
  test('a table that covers everything once is sound', () => {
    expect(
      faults([
        ['yes', { lte: ['x', 1] }],
        ['maybe', { all: [{ gt: ['x', 1] }, { lt: ['x', 2] }] }],
        ['no', { gte: ['x', 2] }],
      ]),
    ).toEqual([]);
  });

  test('one point left out is found', () => {
    const [gap] = faults([
      ['yes', { lt: ['x', 1] }],
      ['no', { gt: ['x', 1] }],
    ]);
    expect(gap).toMatchObject({ kind: 'gap', rows: [] });
    expect(gap?.where).toContain('x ≥ 1 ≤ 1');
  });

  test('one point covered twice is found', () => {
    const [overlap] = faults([
      ['yes', { lte: ['x', 1] }],
      ['no', { gte: ['x', 1] }],
    ]);
    expect(overlap).toMatchObject({ kind: 'overlap', rows: [1, 2] });
  });

  test('a fault in one area only is found', () => {
    const [fault] = faults([
      ['yes', { lte: ['x', 'line'] }],
      ['no', { gt: ['x', 1] }],
    ]);
    expect(fault?.kind).toBe('overlap');
    expect(fault?.where).toContain('area = urban');
  });

  test('truths, enums and counts are walked through too', () => {
    expect(faults([['yes', 'p']])[0]?.kind).toBe('gap');
    const kinds = faults([
      ['yes', { is: ['kind', 'a'] }],
      ['no', { is: ['kind', 'b'] }],
    ]);
    expect(kinds[0]?.where).toContain('kind = c');
    expect(faults([['yes', { atLeast: [2, ['p', 'q', 'r']] }]])[0]?.kind).toBe('gap');
  });

  test('a limit that nobody has seen leaves no gap: the case is open, not forgotten', () => {
    expect(
      faults([
        ['yes', { lte: ['x', 'unseen'] }],
        ['no', { gt: ['x', 'unseen'] }],
      ]),
    ).toEqual([]);
  });
});
