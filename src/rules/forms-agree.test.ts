import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConditionData, Rule } from './index.js';
import type { MeasureData } from './rule-data.js';
import { RuleError, classify, compileRule, explain, toColumns, toLookup } from './index.js';
import { dimensionsOf } from './dimensions.js';
import { condition, household } from './arbitraries.example.js';
import { columnsOf } from './columns.example.js';
import { yesOrNo } from './fixtures.example.js';

/** Random rules may tell more cases apart than any law does; those only cost time. */
function isSmall(rule: Rule): boolean {
  try {
    return dimensionsOf(rule).reduce((product, { size }) => product * size, 1) < 3_000;
  } catch (error) {
    if (error instanceof RuleError) return false;
    throw error;
  }
}

test('explanation, lookup and columns of any rule give any household one class', () => {
  fc.assert(
    fc.property(condition, fc.array(household, { minLength: 30, maxLength: 40 }), (when, homes) => {
      const rule = compileRule(yesOrNo(when));
      fc.pre(isSmall(rule));
      const codes = toColumns(rule)(columnsOf(rule, homes), homes.length);
      const lookup = toLookup(rule);
      homes.forEach((facts, i) => {
        const expected = classify(rule, facts);
        expect(rule.outcomes[codes[i]!]).toBe(expected);
        expect(lookup(facts)).toBe(expected);
        expect(explain(rule, facts).status).toBe(expected);
      });
    }),
    { numRuns: 350 },
  );
}, 60_000);

test('a class once given is not taken back when more becomes known', () => {
  // "agree" and "proven" are left out: a new source may contradict, a proof may arrive.
  const settled = condition.filter((when) => !/agree|proven/u.test(JSON.stringify(when)));
  fc.assert(
    fc.property(settled, household, household, (when, known, more) => {
      const rule = compileRule(yesOrNo(when));
      const before = classify(rule, known);
      const filled = Object.fromEntries(
        Object.entries(known).map(([id, value]) => [id, value ?? more[id] ?? null]),
      );
      if (before !== 'not_computable') expect(classify(rule, filled)).toBe(before);
    }),
    { numRuns: 3000 },
  );
}, 60_000);

test('an explanation is never empty, and names what is missing when no class is given', () => {
  fc.assert(
    fc.property(condition, household, (when, facts) => {
      const rule = compileRule(yesOrNo(when));
      const { status, missing, conflicts, trace } = explain(rule, facts);
      expect(trace.length).toBeGreaterThan(0);
      for (const { sentence } of trace) expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
      expect(missing.length + conflicts.length > 0).toBe(status === 'not_computable');
    }),
    { numRuns: 3000 },
  );
}, 60_000);

test('what is chosen by an unknown fact is missing where its values end in different classes', () => {
  const ratio: MeasureData = { ratio: ['x', 'y'] };
  const sources: ConditionData[] = [
    { proven: { lte: ['x', 'unseen'] } },
    { gte: [ratio, { keyed: 'line' }] },
  ];
  const when: ConditionData = {
    proven: { agree: [{ lt: [ratio, 3] }, { all: [{ agree: sources }] }] },
  };
  const explained = explain(compileRule(yesOrNo(when)), { area: null, x: 2, y: 1 });
  expect(explained).toMatchObject({ status: 'not_computable', missing: ['area'] });
});

test('columns left out are unknown for every household, in more than one block', () => {
  const rule = compileRule(yesOrNo({ all: [{ lte: ['x', 1] }, 'p'] }));
  const households = 20_001;
  const x = new Float64Array(households).fill(2);
  x[20_000] = 1;
  const codes = toColumns(rule)({ x }, households);
  expect(rule.outcomes[codes[0]!]).toBe('no');
  expect(rule.outcomes[codes[20_000]!]).toBe('not_computable');
  expect(toColumns(rule)({}, 0)).toHaveLength(0);
});
