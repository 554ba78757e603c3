import { describe, expect, test } from 'vitest';
import type { ConditionData, Facts } from './index.js';
import { compileRule, explain } from './index.js';
import { yesOrNo } from './fixtures.example.js';

const ask = (when: ConditionData, facts: Facts) => explain(compileRule(yesOrNo(when)), facts);
const sentences = (when: ConditionData, facts: Facts) =>
  ask(when, facts).trace.map(({ sentence }) => sentence);

describe('sentences', () => {
  test('state the true relation, the limit, its name and the area', () => {
    expect(sentences({ lte: ['x', 'line'] }, { area: 'rural', x: 1 })).toEqual([
      'X = 1 ≤ 1 (mức, nông thôn).',
      'Kết luận: có.',
    ]);
    expect(sentences({ lte: ['x', 'line'] }, { area: 'rural', x: 1234567.5 })[0]).toBe(
      'X = 1.234.567,5 > 1 (mức, nông thôn).',
    );
  });

  test('say that a limit was not checked, and where it stands', () => {
    const { trace, state } = ask({ lte: ['x', 'line'] }, { area: 'urban', x: 1 });
    expect(trace[0]).toMatchObject({
      sentence: 'X = 1 ≤ 2 (mức, thành thị) – chưa đối chiếu văn bản gốc.',
      articles: ['NĐ 01/2021/NĐ-CP điều 3'],
      state: 'unverified',
    });
    expect(state).toBe('unverified');
  });

  test('an unchecked limit is not used where a keyed one is needed', () => {
    const { status, missing } = ask({ lte: ['x', { keyed: 'line' }] }, { area: 'urban', x: 1 });
    expect({ status, missing }).toEqual({ status: 'not_computable', missing: ['parameters.line'] });
  });

  test('without the area each possibility is told, and the class given if they agree', () => {
    const agreed = ask({ lte: ['x', 'line'] }, { x: 1 });
    expect(agreed.status).toBe('yes');
    expect(agreed.trace.map(({ sentence }) => sentence)).toEqual([
      'Chưa rõ khu vực: xét từng khả năng.',
      'Nếu nông thôn: x = 1 ≤ 1 (mức, nông thôn).',
      'Nếu nông thôn: có.',
      'Nếu thành thị: x = 1 ≤ 2 (mức, thành thị) – chưa đối chiếu văn bản gốc.',
      'Nếu thành thị: có.',
      'Kết luận: có.',
    ]);
    const split = ask({ lte: ['x', 'line'] }, { x: 1.5 });
    expect(split).toMatchObject({ status: 'not_computable', missing: ['area'] });
  });

  test('contradicting sources are named, not chosen between', () => {
    const either = { agree: [{ lte: ['x', 1] }, { lte: ['y', 1] }] } as const;
    const { status, conflicts, missing } = ask(either, { x: 1, y: 2 });
    expect({ status, conflicts, missing }).toEqual({
      status: 'not_computable',
      conflicts: ['x', 'y'],
      missing: [],
    });
  });

  test('counting names what is so and what is not known', () => {
    const two = { atLeast: ['few', ['p', 'q', 'r']] } as const;
    expect(sentences(two, { p: true, q: true })[0]).toBe(
      'Thiếu hụt từ 2 đến 3 chỉ số ≥ 2 (p, q); chưa rõ: r.',
    );
    expect(ask(two, { p: true, q: false })).toMatchObject({ missing: ['r'] });
  });

  test('an answer rests on the facts that decide it, and on no others', () => {
    const { used, state } = ask(
      { any: ['p', { lte: ['x', 'line'] }] },
      { area: 'urban', p: true, x: 1 },
    );
    expect(used).toEqual(['p']);
    expect(state).toBe('verified');
  });

  test('a division by zero is missing data, not infinity', () => {
    const share = { gte: [{ ratio: ['x', 'y'] }, 1] } as const;
    expect(ask(share, { x: 1, y: 0 })).toMatchObject({
      status: 'not_computable',
      missing: ['y'],
    });
  });
});
