import type { FlowCell } from '../flow-cells.js';

/** A flow cell for tests: one household of four in unit A that stays above both lines. */
export const flowCell = (changes: Partial<FlowCell> = {}): FlowCell => {
  const households = changes.households ?? 1;
  return {
    unitBefore: 'A',
    unitAfter: 'A',
    statusBefore: 'not_poor',
    statusAfter: 'not_poor',
    wasInClass: null,
    isSynthetic: true,
    households,
    personsBefore: households * 4,
    personsAfter: households * 4,
    personsMore: 0,
    personsFewer: 0,
    unknownSize: 0,
    ...changes,
  };
};
