import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Condition, ConditionData, Facts, Tri } from './index.js';
import { compileFacts, compileRule, parseCondition, reduceMembers } from './index.js';
import { yesOrNo } from './fixtures.example.js';

const rule = compileRule(yesOrNo('p'));
const members = compileFacts({
  age: { kind: 'number', label: 'tuổi' },
  insured: { kind: 'boolean', label: 'có thẻ' },
});

function indicator(data: ConditionData): Condition {
  const { facts, parameters } = rule;
  return parseCondition(data, { facts, parameters, definitions: new Map(), members }, 'test');
}

const answer = (data: ConditionData, list: readonly Facts[] | null): Tri =>
  reduceMembers(rule, new Map([['i', indicator(data)]]), {}, list).get('i')!;

const uninsured: ConditionData = {
  someMember: { all: [{ gte: ['age', 6] }, { not: 'insured' }] },
};
const young = { memberShare: { where: { lt: ['age', 16] as [string, number] }, gt: 0.5 } };

describe('members become household columns', () => {
  test('true when one proves it, false only when all are known not to', () => {
    expect(answer(uninsured, [{ age: 6, insured: false }, {}])).toBe(true);
    expect(answer(uninsured, [{ age: 5.99, insured: false }])).toBe(false);
    expect(answer(uninsured, [{ age: 40, insured: true }, { insured: false }])).toBeNull();
    expect(answer(uninsured, [{ age: 40, insured: true }, { insured: true }])).toBe(false);
  });

  test('a household nobody has listed is unknown, not without faults', () => {
    expect(answer(uninsured, null)).toBeNull();
    expect(answer(uninsured, [])).toBeNull();
    expect(answer(young, [])).toBeNull();
  });

  test('exactly half is not more than half', () => {
    expect(answer(young, [{ age: 3 }, { age: 4 }, { age: 30 }, { age: 31 }])).toBe(false);
    expect(answer(young, [{ age: 3 }, { age: 4 }, { age: 15 }, { age: 30 }, { age: 31 }])).toBe(
      true,
    );
  });

  test('an indicator whose text was not seen stays unknown', () => {
    const answers = reduceMembers(rule, new Map([['i', null]]), {}, [{ age: 3 }]);
    expect(answers.get('i')).toBeNull();
  });

  test('learning more never turns true into false or false into true', () => {
    const member = fc.record({
      age: fc.constantFrom(null, 3, 5.99, 6, 15, 16, 40),
      insured: fc.constantFrom(null, true, false),
    });
    const list = fc.array(fc.tuple(member, member), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(uninsured, young), list, (data, pairs) => {
        const before = answer(
          data,
          pairs.map(([known]) => known),
        );
        const filled = pairs.map(([known, more]) => ({
          age: known.age ?? more.age,
          insured: known.insured ?? more.insured,
        }));
        if (before !== null) expect(answer(data, filled)).toBe(before);
      }),
      { numRuns: 3000 },
    );
  }, 60_000);
});
