import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentRate, toHundredths } from '../kernel/index.js';
import { bridgeParts, poorFlows } from './bridge-parts.js';
import { flowCell } from './testing/flow-cell.js';

const everywhere = () => true;

describe('bridgeParts', () => {
  it('sums exactly to the change that is shown', () => {
    const count = fc.nat(3000);
    fc.assert(
      fc.property(
        fc.tuple(
          fc.integer({ min: 10_000, max: 300_000 }),
          fc.integer({ min: 10_000, max: 300_000 }),
        ),
        fc.tuple(count, count, count, count, count),
        ([allBefore, allAfter], [stayed, escaped, newlyPoor, rePoor, other]) => {
          const before = percentRate(stayed + escaped, allBefore);
          const after = percentRate(stayed + newlyPoor + rePoor + other, allAfter);
          const parts = bridgeParts(before, after, { escaped, newlyPoor, rePoor, other });
          const sum = parts.reduce((total, part) => total + part.hundredths, 0);
          expect(sum).toBe(toHundredths(after.value!) - toHundredths(before.value!));
          for (const part of parts.filter(({ id }) => id === 'escaped')) {
            expect(part.hundredths).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it('shows what the flows do not explain as other', () => {
    const before = percentRate(100, 1000);
    const after = percentRate(90, 1000);
    const parts = bridgeParts(before, after, { escaped: 7, newlyPoor: 0, rePoor: 0, other: 0 });
    const other = parts.find(({ id }) => id === 'other');
    expect(other).toMatchObject({ households: -3, value: '-0.30' });
  });

  it('has no parts when a rate is unknown', () => {
    const flows = { escaped: 1, newlyPoor: 1, rePoor: 1, other: 1 };
    expect(bridgeParts(percentRate(null, null), percentRate(1, 10), flows)).toEqual([]);
    expect(bridgeParts(percentRate(0, 0), percentRate(1, 10), flows)).toEqual([]);
  });
});

describe('poorFlows', () => {
  it('counts the near-poor who became poor as newly poor, and returns as re-poor', () => {
    const cells = [
      flowCell({ statusBefore: 'near_poor', statusAfter: 'poor', households: 5 }),
      flowCell({ statusBefore: 'not_poor', statusAfter: 'poor', wasInClass: true, households: 3 }),
      flowCell({ statusBefore: 'not_poor', statusAfter: 'poor', wasInClass: false, households: 2 }),
      flowCell({ statusBefore: 'poor', statusAfter: 'near_poor', households: 4 }),
      flowCell({ statusBefore: 'poor', statusAfter: 'poor', households: 50 }),
    ];
    expect(poorFlows(cells, everywhere)).toEqual({ escaped: 4, newlyPoor: 7, rePoor: 3, other: 0 });
  });

  it('takes a move, a death and an undecided household as other, in both directions', () => {
    const cells = [
      flowCell({ statusBefore: 'poor', statusAfter: 'poor', unitAfter: 'B', households: 3 }),
      flowCell({ statusBefore: 'poor', statusAfter: null, unitAfter: null, households: 2 }),
      flowCell({ statusBefore: 'poor', statusAfter: 'not_computable', households: 1 }),
    ];
    expect(poorFlows(cells, everywhere).other).toBe(-3);
    expect(poorFlows(cells, (unit) => unit === 'A').other).toBe(-6);
    expect(poorFlows(cells, (unit) => unit === 'B').other).toBe(3);
  });
});
