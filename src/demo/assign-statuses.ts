import { ascending } from './ascending.js';
import type { Population } from './population.js';
import { ENTRY } from './population.js';
import { Random } from './random.js';
import type { DemonstrationPack, Targets } from './targets.js';
import { unitOfVillage } from './villages.js';
import type { VillagePlan } from './villages.js';
import { periodicRound } from '../kernel/index.js';

/** Classes as small numbers; 0 = no row in that round. */
export const STATUS = { absent: 0, poor: 1, near_poor: 2, not_poor: 3 } as const;

export interface Statuses {
  /** Per round and household: one of `STATUS`. */
  status: readonly Uint8Array[];
  /** Per round: where in its class the household stands by income, 0 = lowest, below 1. */
  income: readonly Float32Array[];
  /** Per round: where in its class it stands by deprivation, 0 = fewest, below 1. */
  deprivation: readonly Float32Array[];
  /** Class on the simulated earlier list. */
  earlier: Uint8Array;
}

/** How much each trait moves the simulated means of a household, in standard deviations. */
const EFFECT = {
  remoteness: -0.6,
  urban: 0.2,
  minority: -0.3,
  highland: -0.7,
  femaleHead: -0.2,
  alone: -0.6,
  splitOff: -0.15,
  yearly: 0.24,
  shock: -1.3,
  shockChance: 0.006,
};

/**
 * Gives every household of every round a class. Two hidden scores (means and deprivation) wander a
 * little each year; the households with the least means, as many as the round has below the line,
 * are poor or near-poor, and of them the most deprived are poor, as the standard of 2022 says. So
 * totals are exact and a household's years hang together.
 */
export function assignStatuses(
  plan: VillagePlan,
  population: Population,
  targets: Targets,
  groups: DemonstrationPack['ethnicGroups'],
  seed: number,
): Statuses {
  const random = new Random(seed, 3);
  const columns = () => targets.rounds.map(() => new Float32Array(population.size));
  const statuses = {
    status: targets.rounds.map(() => new Uint8Array(population.size)),
    income: columns(),
    deprivation: columns(),
    earlier: new Uint8Array(population.size),
  };
  const scores = firstScores(population, groups, random);
  assignEarlier(population, scores, targets.earlier, statuses.earlier, random);
  targets.rounds.forEach((target, r) => {
    if (r > 0) wander(population, scores, r, random);
    classify(placed(plan, population, scores, r), target, {
      status: statuses.status[r]!,
      income: statuses.income[r]!,
      deprivation: statuses.deprivation[r]!,
    });
  });
  return statuses;
}

/** The columns of one round, by household. */
interface RoundColumns {
  status: Uint8Array;
  income: Float32Array;
  deprivation: Float32Array;
}

/** Classes and standings of one round, written into its columns. */
function classify(
  { household, means, need }: Placed,
  target: { poor: number; nearPoor: number },
  { status, income, deprivation }: RoundColumns,
): void {
  const byMeans = ascending(means);
  const below = byMeans.subarray(0, target.poor + target.nearPoor);
  const above = byMeans.subarray(below.length);
  above.forEach((at, rank) => {
    const i = household[at]!;
    status[i] = STATUS.not_poor;
    income[i] = rank / above.length;
    deprivation[i] = 1 / (1 + Math.exp(-need[at]!));
  });
  below.forEach((at, rank) => {
    income[household[at]!] = rank / below.length;
  });
  const least = new Float32Array(below.length);
  for (const [place, at] of below.entries()) least[place] = -need[at]!;
  const byNeed = ascending(least);
  byNeed.forEach((place, rank) => {
    const i = household[below[place]!]!;
    const isPoor = rank < target.poor;
    status[i] = isPoor ? STATUS.poor : STATUS.near_poor;
    deprivation[i] = isPoor
      ? 1 - (rank + 1) / target.poor
      : 1 - (rank - target.poor + 1) / target.nearPoor;
  });
}

interface Scores {
  means: Float32Array;
  need: Float32Array;
}

function firstScores(
  p: Population,
  groups: DemonstrationPack['ethnicGroups'],
  random: Random,
): Scores {
  const means = new Float32Array(p.size);
  const need = new Float32Array(p.size);
  const ofGroup = groups.map(({ id }) =>
    id === 'kinh' ? 0 : id === 'dao' || id === 'hmong' ? EFFECT.highland : EFFECT.minority,
  );
  for (let i = 0; i < p.size; i++) {
    const traits =
      ofGroup[p.ethnicity[i]!]! +
      (p.isFemaleHeaded[i] ? EFFECT.femaleHead : 0) +
      (p.isAlone[i] ? EFFECT.alone : 0) +
      (p.entryKind[i] === ENTRY.split_off ? EFFECT.splitOff : 0);
    // A household that split off stands near the one it came from.
    const parent = p.parent[i]!;
    const own = random.normal();
    means[i] = parent >= 0 ? 0.5 * means[parent]! + 0.8 * own + traits : own + traits;
    need[i] = -0.35 * means[i]! + random.normal();
  }
  return { means, need };
}

function wander(p: Population, scores: Scores, round: number, random: Random): void {
  const { means, need } = scores;
  for (let i = 0; i < p.size; i++) {
    if (p.place[round]![i]! < 0) continue;
    means[i]! += EFFECT.yearly * random.normal();
    if (random.chance(EFFECT.shockChance)) means[i]! += EFFECT.shock;
    need[i]! += 1.5 * EFFECT.yearly * random.normal();
  }
}

/** Households that have a place in a round, and their scores there. */
interface Placed {
  household: Int32Array;
  means: Float32Array;
  need: Float32Array;
}

function placed(plan: VillagePlan, p: Population, scores: Scores, round: number): Placed {
  const { referenceDate } = periodicRound(p.rounds[round]!);
  const ofPlace = plan.villages.map((village) => {
    const isUrban = unitOfVillage(village, referenceDate).area === 'urban';
    return EFFECT.remoteness * village.remoteness + (isUrban ? EFFECT.urban : 0);
  });
  const place = p.place[round]!;
  const household = householdsWhere(p, (i) => place[i]! >= 0);
  const means = new Float32Array(household.length);
  const need = new Float32Array(household.length);
  for (const [at, i] of household.entries()) {
    const local = ofPlace[place[i]!]!;
    means[at] = scores.means[i]! + local;
    need[at] = scores.need[i]! - 0.3 * local;
  }
  return { household, means, need };
}

function householdsWhere(p: Population, fits: (household: number) => boolean): Int32Array {
  const found = new Int32Array(p.size);
  let size = 0;
  for (let i = 0; i < p.size; i++) if (fits(i)) found[size++] = i;
  return found.subarray(0, size);
}

/** The list of before the first round: much the same households, seen with another year's luck. */
function assignEarlier(
  p: Population,
  scores: Scores,
  target: Targets['earlier'],
  earlier: Uint8Array,
  random: Random,
): void {
  const known = householdsWhere(p, (i) => p.entryKind[i] === ENTRY.initial);
  const luck = new Float32Array(known.length);
  for (const [at, i] of known.entries()) luck[at] = scores.means[i]! + 0.5 * random.normal();
  const order = ascending(luck);
  order.subarray(0, target.poor + target.nearPoor).forEach((at, rank) => {
    earlier[known[at]!] = rank < target.poor ? STATUS.poor : STATUS.near_poor;
  });
}
