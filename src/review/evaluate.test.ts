import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Evaluation, Refusal } from './evaluate.js';
import { classifyScores, evaluatePoverty, isRefusal } from './evaluate.js';

function evaluation(input: Record<string, unknown>): Evaluation {
  const answer = evaluatePoverty({ id: 'h', ...input });
  if (isRefusal(answer)) throw new Error(JSON.stringify(answer));
  return answer;
}
function refusal(input: unknown): Refusal['problem'] & { id: unknown } {
  const answer = evaluatePoverty(input);
  if (!isRefusal(answer)) throw new Error(`accepted: ${JSON.stringify(answer)}`);
  return { ...answer.problem, id: answer.id };
}
const statusOf = (input: Record<string, unknown>) => evaluation(input).status;

describe('boundary cases', () => {
  test.each([
    [2026, 'rural', { income_pcm: 1_500_000, deprivations: 3 }, 'poor'],
    [2026, 'rural', { income_pcm: 1_500_001, deprivations: 12 }, 'average_living'],
    [2026, 'rural', { income_pcm: 1_500_000, deprivations: 2 }, 'near_poor'],
    [2022, 'rural', { income_pcm: 900_000, deprivations: 0 }, 'near_poor'],
    [2026, 'rural', { income_pcm: 2_250_001 }, 'not_poor'],
    [2026, 'urban', { b1: 175, deprivations: 3 }, 'poor'],
    [2026, 'urban', { b1: 176, deprivations: 12 }, 'not_poor'],
    [2021, 'rural', { income_pcm: 700_000, deprivations: 0 }, 'poor'],
    [2021, 'rural', { income_pcm: 700_001, deprivations: 2 }, 'near_poor'],
    [2021, 'rural', { income_pcm: 1_000_000, deprivations: 3 }, 'poor'],
    [2021, 'rural', { income_pcm: 1_000_001, deprivations: 3 }, 'not_poor'],
    [2027, 'rural', { income_pcm: 2_200_000, deprivations: 3 }, 'poor'],
    [2027, 'rural', { income_pcm: 1_900_000, deprivations: 2 }, 'near_poor'],
  ])('%i %s %j is %s', (effectYear, area, given, status) => {
    expect(statusOf({ effectYear, area, ...given })).toBe(status);
  });

  test('the standard follows the effect year', () => {
    const standards = [2016, 2021, 2022, 2026, 2027, 2030].map(
      (effectYear) => evaluation({ effectYear }).standard,
    );
    expect(standards).toEqual(['PS-2016', 'PS-2016', 'PS-2022', 'PS-2022', 'PS-2027', 'PS-2027']);
  });
});

describe('what is not known', () => {
  test('is named; nothing at all is known of this household', () => {
    const answer = evaluation({ effectYear: 2026 });
    expect(answer).toMatchObject({
      status: 'not_computable',
      missing: ['income_pcm', 'b1', 'deprivations', 'area'],
    });
    expect(answer.trace.length).toBeGreaterThan(1);
  });

  test('null says the same as leaving out', () => {
    const nothing = { area: null, income_pcm: null, b1: null, deprivations: null };
    expect(evaluation({ effectYear: 2026, ...nothing })).toEqual(evaluation({ effectYear: 2026 }));
  });

  test('an indicator left out may be true or false', () => {
    const poor = { effectYear: 2026, area: 'rural', b1: 100 };
    const two = { emp: true, wat: true };
    expect(statusOf({ ...poor, deprivations: { ...two, toi: true } })).toBe('poor');
    const open = evaluation({ ...poor, deprivations: { ...two, toi: null } });
    expect(open.status).toBe('not_computable');
    expect(open.missing).toContain('deprivations.toi');
    expect(open.missing).not.toContain('deprivations.emp');
    const unsaid = evaluation({ ...poor, deprivations: {} });
    expect(unsaid.status).toBe('not_computable');
    expect(unsaid.missing).toHaveLength(12);
    expect(unsaid.missing).toContain('deprivations.inf');
    expect(evaluation({ ...poor, deprivations: { emp: null } }).missing).toEqual(unsaid.missing);
    const ids = [
      'emp',
      'dep',
      'nut',
      'ins',
      'adu',
      'chi',
      'hqu',
      'har',
      'wat',
      'toi',
      'tel',
      'inf',
    ];
    const none = Object.fromEntries(ids.map((id) => [id, false]));
    expect(statusOf({ ...poor, deprivations: { ...none, emp: true, wat: null } })).toBe(
      'near_poor',
    );
  });

  test('without the area a class is given when both areas agree', () => {
    expect(statusOf({ effectYear: 2026, b1: 140, deprivations: 3 })).toBe('poor');
    const split = evaluation({ effectYear: 2026, b1: 150, deprivations: 3 });
    expect(split).toMatchObject({ status: 'not_computable', missing: ['area'] });
  });

  test('no scorecard is known for 2027', () => {
    const answer = evaluation({ effectYear: 2027, area: 'rural', b1: 10, deprivations: 3 });
    expect(answer).toMatchObject({ status: 'not_computable', state: 'absent' });
    expect(answer.missing).toEqual(['income_pcm', 'parameters.b1_line']);
  });
});

describe('income and score', () => {
  const rural = { effectYear: 2026, area: 'rural', deprivations: 3 };

  test('agreeing sources give the class, and income the band', () => {
    expect(statusOf({ ...rural, income_pcm: 1_500_000, b1: 140 })).toBe('poor');
    expect(statusOf({ ...rural, income_pcm: 2_000_000, b1: 150 })).toBe('average_living');
  });

  test.each([
    { income_pcm: 1_500_000, b1: 141 },
    { income_pcm: 1_500_001, b1: 140 },
  ])('contradicting sources %j give none, and are named', (given) => {
    const answer = evaluation({ ...rural, ...given });
    expect(answer).toMatchObject({ status: 'not_computable', missing: ['income_pcm', 'b1'] });
    expect(answer.trace.at(-1)?.sentence).toContain('trái nhau');
  });

  test('the band of average living is known only with an income and a keyed band', () => {
    expect(evaluation({ ...rural, b1: 141 })).toMatchObject({
      status: 'not_poor',
      averageLiving: 'unknown',
      missing: [],
    });
    const unchecked = evaluation({ effectYear: 2021, area: 'rural', income_pcm: 1_200_000 });
    expect(unchecked).toMatchObject({ status: 'not_poor', averageLiving: 'unknown' });
    const unseen = evaluation({ effectYear: 2027, area: 'rural', income_pcm: 2_500_000 });
    expect(unseen).toMatchObject({ status: 'not_poor', averageLiving: 'unknown' });
    const above = evaluation({ ...rural, income_pcm: 2_250_001 });
    expect(above).not.toHaveProperty('averageLiving');
  });

  test('đồng may be written as text', () => {
    expect(statusOf({ ...rural, income_pcm: '1500000' })).toBe('poor');
  });
});

describe('what cannot be used is refused with a sentence', () => {
  const base = { id: 'h', effectYear: 2026, area: 'rural' };
  test.each([
    [{ ...base, effectYear: 2015 }, 'effect-year-outside'],
    [{ ...base, effectYear: 2031 }, 'effect-year-outside'],
    [{ ...base, effectYear: '2026' }, 'effect-year-not-a-year'],
    [{ ...base, effectYear: 2026.5 }, 'effect-year-not-a-year'],
    [{ id: 'h' }, 'effect-year-missing'],
    [{ effectYear: 2026 }, 'id-missing'],
    [{ ...base, area: 'xã' }, 'area-unknown'],
    [{ ...base, area: 1 }, 'area-unknown'],
    [{ ...base, income_pcm: -1 }, 'out-of-range'],
    [{ ...base, income_pcm: '1.500.000' }, 'not-a-number'],
    [{ ...base, income_pcm: true }, 'not-a-number'],
    [{ ...base, b1: '140' }, 'not-a-number'],
    [{ ...base, b1: -0.5 }, 'out-of-range'],
    [{ ...base, b1: 501 }, 'out-of-range'],
    [{ ...base, deprivations: 13 }, 'deprivations-out-of-range'],
    [{ ...base, deprivations: -1 }, 'deprivations-out-of-range'],
    [{ ...base, deprivations: 2.5 }, 'deprivations-out-of-range'],
    [{ ...base, deprivations: ['emp'] }, 'deprivations-not-readable'],
    [{ ...base, deprivations: { emp: 1 } }, 'deprivation-not-a-truth'],
    [{ ...base, deprivations: { water: true } }, 'deprivation-unknown'],
    [{ ...base, deprivations: { hea: true } }, 'deprivation-unknown'],
    [
      JSON.parse('{"id":"h","effectYear":2026,"deprivations":{"__proto__":true}}'),
      'deprivation-unknown',
    ],
    [{ ...base, effectYear: 2027, deprivations: { inf: true } }, 'deprivation-unknown'],
    [[], 'not-an-object'],
    [null, 'not-an-object'],
    ['poor', 'not-an-object'],
  ])('%j', (input, code) => {
    const problem = refusal(input);
    expect(problem.code).toBe(code);
    expect(problem.what).toMatch(/\.$/u);
  });

  test('the id comes back also with a refusal', () => {
    expect(refusal({ id: 7, effectYear: 1999 }).id).toBe(7);
  });
});

describe('laws', () => {
  const line = fc.record({
    effectYear: fc.integer({ min: 2016, max: 2026 }),
    area: fc.constantFrom<('rural' | 'urban' | null)[]>('rural', 'urban', null),
    b1: fc.constantFrom(null, 0, 119, 120, 121, 139, 140, 141, 150, 151, 175, 176, 500),
    count: fc.constantFrom(null, 0, 1, 2, 3, 4, 10),
  });

  test('bulk classification from scores is the same rule', () => {
    fc.assert(
      fc.property(line, ({ effectYear, area, b1, count }) => {
        const b2 = count === null ? null : count * 10;
        const one = statusOf({ effectYear, area, b1, deprivations: count });
        expect(classifyScores({ effectYear, area, b1, b2 })).toBe(one);
      }),
      { numRuns: 3000 },
    );
  }, 60_000);

  test('a trace is never empty and begins with the standard', () => {
    fc.assert(
      fc.property(line, ({ count, ...rest }) => {
        const { trace, standard, missing, status } = evaluation({ ...rest, deprivations: count });
        expect(trace[0]?.sentence).toContain(standard);
        expect(missing.length > 0).toBe(status === 'not_computable');
      }),
    );
  });

  test('a count and the indicators that make it up lead to one class', () => {
    const ids = [
      'emp',
      'dep',
      'nut',
      'ins',
      'adu',
      'chi',
      'hqu',
      'har',
      'wat',
      'toi',
      'tel',
      'inf',
    ];
    const answers = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(answers, fc.integer({ min: 100, max: 200 }), (flags, b1) => {
        const household = { effectYear: 2026, area: 'rural', b1 };
        const deprivations = Object.fromEntries(ids.map((id, i) => [id, flags[i]]));
        const count = flags.filter(Boolean).length;
        const expected = statusOf({ ...household, deprivations: count });
        expect(statusOf({ ...household, deprivations })).toBe(expected);
      }),
    );
  });
});

test('states: what rests on the draft list of indicators is marked, what rests on the line is not', () => {
  const above = evaluation({ effectYear: 2027, area: 'rural', income_pcm: 2_200_001 });
  expect(above.state).toBe('verified');
  const below = evaluation({ effectYear: 2027, area: 'rural', income_pcm: 100, deprivations: 3 });
  expect(below.state).toBe('unverified');
  const old = evaluation({ effectYear: 2021, area: 'rural', b1: 150, deprivations: 3 });
  expect(old.state).toBe('unverified');
});

test('a field that means nothing, and a count beyond the old standard, are told in the trace', () => {
  const answer = evaluation({
    effectYear: 2021,
    area: 'rural',
    b1: 100,
    deprivations: 12,
    note: 'x',
  });
  const text = answer.trace.map(({ sentence }) => sentence).join(' ');
  expect(text).toContain('12 lớn hơn 10 chỉ số');
  expect(text).toContain('Không dùng trường: note.');
});
