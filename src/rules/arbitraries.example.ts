import fc from 'fast-check';
import type { AmountData, ConditionData, Facts } from './index.js';

/** Random conditions and households over the facts of `fixtures.example.ts`. */

const amount: fc.Arbitrary<AmountData> = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.constantFrom('line', 'unseen', 'few'),
  fc.constantFrom({ keyed: 'line' }, { keyed: 'few' }),
);
const measure = fc.oneof(
  fc.constantFrom('x', 'y'),
  fc.constant({ ratio: ['x', 'y'] as [string, string] }),
);
const compared = fc.tuple(measure, amount);

const atom: fc.Arbitrary<ConditionData> = fc.oneof(
  compared.map((operands) => ({ lt: operands })),
  compared.map((operands) => ({ lte: operands })),
  compared.map((operands) => ({ gt: operands })),
  compared.map((operands) => ({ gte: operands })),
  fc.constantFrom<ConditionData>('p', 'q', 'r'),
  fc.constantFrom<ConditionData>({ is: ['area', 'urban'] }, { is: ['kind', 'b'] }),
  fc.tuple(amount, fc.subarray(['p', 'q', 'r'], { minLength: 1 })).map((operands) => ({
    atLeast: operands,
  })),
);

export const condition: fc.Arbitrary<ConditionData> = fc.letrec<{ node: ConditionData }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((agree) => ({ agree })),
    tie('node').map((not) => ({ not })),
    tie('node').map((proven) => ({ proven })),
  ),
})).node;

const truth = fc.constantFrom(true, false, null);
const number = fc.constantFrom(null, 0, 0.5, 1, 1.5, 2, 3, 4);

export const household: fc.Arbitrary<Facts> = fc.record({
  area: fc.constantFrom('rural', 'urban', null),
  kind: fc.constantFrom('a', 'b', 'c', null),
  x: number,
  y: number,
  p: truth,
  q: truth,
  r: truth,
});
