import type { PovertyStatus } from '../kernel/index.js';

/**
 * Households that went the same way between two rounds: what `sql/views/flow-cells.sql` counts.
 * A status of `null` means that the household has no row in that round, or none that is decided.
 */
export interface FlowCell {
  /** Unit on the boundary date; `null` = no row, or a place whose unit is not certain. */
  unitBefore: string | null;
  unitAfter: string | null;
  statusBefore: PovertyStatus | null;
  statusAfter: PovertyStatus | null;
  /** Recognised before the first round in the class it has now; known only where it matters. */
  wasInClass: boolean | null;
  isSynthetic: boolean;
  households: number;
  personsBefore: number;
  personsAfter: number;
  /** Σ growth of households that grew, Σ loss of those that shrank. */
  personsMore: number;
  personsFewer: number;
  /** Households whose number of members is unknown in a round that counts. */
  unknownSize: number;
}

export type Transition = Pick<
  FlowCell,
  'unitBefore' | 'unitAfter' | 'statusBefore' | 'statusAfter' | 'wasInClass'
>;

/** The class a flow form follows: form 2 the poor, form 3 the near-poor. */
export interface FlowSubject {
  subject: 'poor' | 'near_poor';
  other: 'poor' | 'near_poor';
}

export const FLOW_SUBJECTS: Record<2 | 3, FlowSubject> = {
  2: { subject: 'poor', other: 'near_poor' },
  3: { subject: 'near_poor', other: 'poor' },
};

const isAbove = (status: PovertyStatus | null): boolean =>
  status === 'not_poor' || status === 'average_living';

/** The column (2–4) in which a household leaves its class in the unit it was in, `null` if it stays. */
export function leavingColumn(flow: FlowSubject, t: Transition): 2 | 3 | 4 | null {
  if (t.unitBefore !== t.unitAfter) return 4;
  if (t.statusAfter === flow.subject) return null;
  if (t.statusAfter === flow.other) return 2;
  return isAbove(t.statusAfter) ? 3 : 4;
}

/** The column (5–8) in which a household enters the class in the unit it is in, `null` if it stayed. */
export function enteringColumn(flow: FlowSubject, t: Transition): 5 | 6 | 7 | 8 | null {
  if (t.unitBefore !== t.unitAfter) return 8;
  if (t.statusBefore === flow.subject) return null;
  if (t.statusBefore === flow.other) return 5;
  if (!isAbove(t.statusBefore)) return 8;
  return t.wasInClass === true ? 6 : 7;
}
