import type { ActorIs, HoldsIs, ProvinceName, ScopeName, UnitName } from './description.js';
import { SINCE, TODAY, TOMORROW, YESTERDAY, holds } from './description.js';

/**
 * Offices in which several people hold roles, what they hand to one another there, and offices that move.
 * Written by hand like the rest of the description.
 */

export interface OfficeIs {
  of: ScopeName;
  kind: string;
  to: string | null;
}

export const OFFICES: Readonly<Record<string, OfficeIs>> = {
  'committee of N3': { of: 'N3', kind: 'commune_committee', to: null },
  'committee of N3 before': { of: 'N3', kind: 'commune_committee', to: YESTERDAY },
};

const COMMITTEE = { in: 'committee of N3' };
const GIVER = 'hands over in N3';
/** Nearly nothing by itself; but only who holds something in an office can be handed something there. */
const own = { ...holds('finance_officer', 'N3'), ...COMMITTEE };

/** Handed over in the committee of N3; in force today unless something is said. */
const handed = (by: string, is: Partial<HoldsIs> = {}): HoldsIs => ({
  ...holds('commune_officer', 'N3', '2025-11-01', '2026-03-31'),
  ...{ ...COMMITTEE, by, ...is },
});

/** People of whom the offices and delegations are the story. Givers stand before whom they give to. */
export const OFFICE_ACTORS: readonly ActorIs[] = [
  { name: GIVER, holds: [{ ...holds('commune_officer', 'N3'), ...COMMITTEE }] },
  {
    name: 'held a role in N3 until yesterday',
    holds: [{ ...holds('commune_officer', 'N3', SINCE, YESTERDAY), ...COMMITTEE }],
  },
  {
    name: 'closed account in N3',
    holds: [{ ...holds('commune_officer', 'N3'), ...COMMITTEE }],
    closed: true,
  },
  { name: 'colleague in N3', holds: [own] },
  { name: 'acts for another', holds: [own, handed(GIVER)] },
  { name: 'acts for another until today', holds: [own, handed(GIVER, { to: TODAY })] },
  { name: 'reads for another', holds: [own, handed(GIVER, { only: ['household:read'] })] },
  { name: 'delegation withdrawn', holds: [own, handed(GIVER, { withdrawn: true })] },
  { name: 'delegation over', holds: [own, handed(GIVER, { to: YESTERDAY })] },
  { name: 'delegation begins tomorrow', holds: [own, handed(GIVER, { from: TOMORROW })] },
  { name: 'giver’s role ended', holds: [own, handed('held a role in N3 until yesterday')] },
  { name: 'giver’s account closed', holds: [own, handed('closed account in N3')] },
  {
    name: 'left the office, delegation rests',
    holds: [{ ...own, to: YESTERDAY }, handed(GIVER)],
  },
  {
    name: 'office ended yesterday',
    holds: [{ ...holds('commune_officer', 'N3'), in: 'committee of N3 before' }],
  },
  {
    name: 'counts in pA, audits N1, runs accounts in pB',
    holds: [holds('sector_officer', 'pA'), holds('auditor', 'N1'), holds('administrator', 'pB')],
  },
];

/** Whose own offices are asked about, beside those above: of each level, and of units that ended. */
export const OFFICES_ASKED_ABOUT: readonly string[] = [
  'province_officer over pA',
  'province_officer over pB',
  'commune_officer over N1',
  'commune_officer over N4',
  'commune_officer over O1',
  'commune_officer over D1',
  'village_head over v1',
  'village_head over w1',
];

/** Whose roles and delegations in an office are asked about: one of each kind and state. */
export const HELD_ASKED_ABOUT: readonly string[] = [
  GIVER,
  'held a role in N3 until yesterday',
  'colleague in N3',
  'acts for another',
  'delegation withdrawn',
  'delegation over',
  'delegation begins tomorrow',
  'left the office, delegation rests',
];

/** A move of the offices of a unit that ends. */
export interface MoveIs {
  from: UnitName;
  province: ProvinceName;
  on: string;
  state: 'planned' | 'voided';
}

export const MOVES: readonly MoveIs[] = [
  /** Its day is over; it waits for somebody to say who goes where. */
  { from: 'O2', province: 'pA', on: '2025-07-01', state: 'planned' },
  { from: 'O3', province: 'pA', on: '2025-07-01', state: 'voided' },
  { from: 'N4', province: 'pB', on: '2026-07-01', state: 'planned' },
];

/** A unit that ended, the whole of it in one other; nobody has moved its offices yet. */
export const ENDING = { unit: 'O1', province: 'pA' } as const;
