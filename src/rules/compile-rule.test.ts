import { describe, expect, test } from 'vitest';
import type { ConditionData } from './index.js';
import { RuleError, compileRule } from './index.js';
import { ruleData, yesOrNo } from './fixtures.example.js';

const refusal = (when: unknown): RuleError => {
  try {
    compileRule(yesOrNo(when as ConditionData));
  } catch (error) {
    if (error instanceof RuleError) return error;
    throw error;
  }
  throw new Error('the rule was accepted');
};

describe('a rule that is wrong', () => {
  test.each([
    ['an unknown fact', { lte: ['z', 1] }, /"z"/u],
    ['an unknown parameter', { lte: ['x', 'limit'] }, /"limit"/u],
    ['a boolean compared', { lte: ['p', 1] }, /boolean/u],
    ['a number as a truth', 'x', /number/u],
    ['a value the enum has not', { is: ['area', 'sea'] }, /"sea"/u],
    ['an unknown operator', { maybe: ['p'] }, /"maybe"/u],
    ['two operators at once', { not: 'p', all: ['q'] }, /một phép toán/u],
    ['nothing to combine', { all: [] }, /ít nhất/u],
    ['a fact counted twice', { atLeast: [1, ['p', 'p']] }, /hai lần/u],
    ['a question to members in a table', { someMember: 'p' }, /thành viên/u],
    ['an infinite limit', { lte: ['x', Infinity] }, /hữu hạn/u],
  ])('%s is refused with its place', (_, when, why) => {
    const error = refusal(when);
    expect(error.why).toMatch(why);
    expect(error.what).toContain('table.0.when');
  });

  test('a value without a citation, or a null that is not absent', () => {
    const data = yesOrNo('p');
    const cell = { value: 1, state: 'verified' as const, cite: [] };
    const withCell = (any: object) => ({
      ...data,
      parameters: { few: { label: 'số', cells: { any } } },
    });
    expect(() => compileRule(withCell(cell) as typeof data)).toThrow(/dẫn văn bản/u);
    const empty = { value: null, state: 'verified', cite: ['d1'] };
    expect(() => compileRule(withCell(empty) as typeof data)).toThrow(/absent/u);
    const lost = { value: 1, state: 'keyed', cite: ['d9'] };
    expect(() => compileRule(withCell(lost) as typeof data)).toThrow(/"d9"/u);
  });

  test('a parameter with a cell too few', () => {
    const data = yesOrNo('p');
    const cells = { rural: { value: 1, state: 'verified' as const, cite: ['d1'] } };
    const parameters = { line: { label: 'mức', by: 'area', cells } };
    expect(() => compileRule({ ...data, parameters })).toThrow(/rural, urban/u);
  });

  test('an outcome without a label, an empty table', () => {
    const row = { then: 'never', when: 'p', cite: ['d1'] };
    expect(() => compileRule(ruleData([row]))).toThrow(/"never"/u);
    expect(() => compileRule(ruleData([]))).toThrow(/trống/u);
  });
});

test('a definition is used by name, in a table and in a later definition', () => {
  const define = {
    low: { label: 'thấp', when: { lte: ['x', 1] } as const },
    lowAndP: { label: 'thấp và p', when: { all: ['low', 'p'] } },
  };
  const rule = compileRule(yesOrNo('lowAndP', { define }));
  expect(rule.rows[0]?.when).toBe(rule.definitions.get('lowAndP'));
});
