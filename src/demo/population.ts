import type { Targets } from './targets.js';
import type { VillagePlan } from './villages.js';

export const ABSENT = -1;
export const NONE = 255;

/** How a household came into the register, and how it left. The words are those of `household_events`. */
export const ENTRY = { initial: 0, formed: 1, split_off: 2, moved_in: 3 } as const;
export const EXIT = { stays: 0, moved_away: 1, died_out: 2 } as const;

/**
 * The households of all rounds as columns; a household is an index. Rounds are positions in
 * `rounds`. Everything a person could recognise is made later, household by household.
 */
export interface Population {
  rounds: readonly number[];
  /** Households ever; columns may be longer. */
  size: number;
  book: Uint16Array;
  /** Per round: index of the village, or `ABSENT`. */
  place: readonly Int16Array[];
  entryRound: Uint8Array;
  entryKind: Uint8Array;
  /** First round in which it is gone, or `NONE`. */
  exitRound: Uint8Array;
  exitKind: Uint8Array;
  /** First round at another place, or `NONE`. */
  moveRound: Uint8Array;
  /** Round in which a part of it became a household of its own, or `NONE`. */
  splitRound: Uint8Array;
  /** The household it split off from, or −1. */
  parent: Int32Array;
  /** Index in the pack's list of ethnic groups. */
  ethnicity: Uint8Array;
  isFemaleHeaded: Uint8Array;
  /** One old person alone. */
  isAlone: Uint8Array;
}

/** Yearly shares of the households: chosen, not measured. */
const YEARLY = { diedOut: 0.0012, movedAway: 0.006, movedWithin: 0.004, leastGains: 0.006 };
/** Where new households come from; the rest moved in from outside the province. */
const GAIN_SHARES = { splitOff: 0.55, formed: 0.2 };

export interface YearlyFlow {
  diedOut: number;
  movedAway: number;
  movedWithin: number;
  splitOff: number;
  formed: number;
  movedIn: number;
}

/** Whole households that come and go between two rounds, so that `before` becomes `after`. */
export function yearlyFlow(before: number, after: number): YearlyFlow {
  const diedOut = Math.round(YEARLY.diedOut * before);
  const leastLosses = diedOut + Math.round(YEARLY.movedAway * before);
  const gains = Math.max(Math.round(YEARLY.leastGains * before), after - before + leastLosses);
  const movedAway = before + gains - after - diedOut;
  const splitOff = Math.round(GAIN_SHARES.splitOff * gains);
  const formed = Math.round(GAIN_SHARES.formed * gains);
  return {
    diedOut,
    movedAway,
    movedWithin: Math.round(YEARLY.movedWithin * before),
    splitOff,
    formed,
    movedIn: gains - splitOff - formed,
  };
}

export function flowsOf(targets: Targets): YearlyFlow[] {
  return targets.rounds.slice(1).map((target, i) => {
    return yearlyFlow(targets.rounds[i]!.resident, target.resident);
  });
}

/** Empty columns with room for every household that will ever be. */
export function emptyPopulation(targets: Targets, plan: VillagePlan): Population {
  const gains = flowsOf(targets).reduce((n, f) => n + f.splitOff + f.formed + f.movedIn, 0);
  const capacity = targets.rounds[0]!.resident + gains;
  if (plan.villages.length > 32_000) throw new RangeError('too many villages for 16 bits');
  return {
    rounds: targets.rounds.map((r) => r.round),
    size: 0,
    book: new Uint16Array(capacity),
    place: targets.rounds.map(() => new Int16Array(capacity).fill(ABSENT)),
    entryRound: new Uint8Array(capacity),
    entryKind: new Uint8Array(capacity),
    exitRound: new Uint8Array(capacity).fill(NONE),
    exitKind: new Uint8Array(capacity),
    moveRound: new Uint8Array(capacity).fill(NONE),
    splitRound: new Uint8Array(capacity).fill(NONE),
    parent: new Int32Array(capacity).fill(-1),
    ethnicity: new Uint8Array(capacity),
    isFemaleHeaded: new Uint8Array(capacity),
    isAlone: new Uint8Array(capacity),
  };
}
