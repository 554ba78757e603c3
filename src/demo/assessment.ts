import type { Area } from '../kernel/index.js';
import type { Composition } from './life.js';
import type { Random } from './random.js';

/** The indicators of the standard of 2022, in the order of the columns `deprived_…`. */
export const INDICATORS = [
  ...['emp', 'dep', 'nut', 'ins', 'adu', 'chi'],
  ...['hqu', 'har', 'wat', 'toi', 'tel', 'inf'],
] as const;

export const CAUSES = [
  ...['no_land', 'no_capital', 'no_labour', 'no_tools'],
  ...['no_knowledge', 'no_skill', 'illness', 'other'],
] as const;

const DEP = 1;
/** How often each indicator is among a household's deprivations, relative to the others. */
const FREQUENCY = [0.25, 0.3, 0.25, 0.45, 0.5, 0.12, 0.45, 0.3, 0.4, 0.7, 0.4, 0.3];
const CAUSE_FREQUENCY = [0.35, 0.55, 0.25, 0.3, 0.4, 0.35, 0.2, 0.1];

export type Class = 'poor' | 'near_poor' | 'not_poor';

export interface Standing {
  status: Class;
  /** Position in the class by income, 0 = lowest; by deprivation, 0 = fewest. */
  income: number;
  deprivation: number;
  area: Area;
}

export interface Assessment {
  b1: number;
  b2: number;
  /** true, false, or null = not answered; the class is certain all the same. */
  deprived: (boolean | null)[];
  causes: boolean[];
  fieldStatus: Class;
  passedQuickScreen: boolean;
}

/** Traits that stay with a household through the years. */
export interface Traits {
  indicators: number[];
  causes: number[];
}

/** Keys of weighted sampling without replacement (Efraimidis and Spirakis 2006): high is taken first. */
export function makeTraits(random: Random): Traits {
  const key = (weight: number) => Math.log(1 - random.next()) / weight;
  return { indicators: FREQUENCY.map(key), causes: CAUSE_FREQUENCY.map(key) };
}

/** A year later one indicator and, rarely, one cause may stand elsewhere in the order. */
export function driftTraits(random: Random, traits: Traits): void {
  const i = random.int(FREQUENCY.length);
  if (random.chance(0.3)) traits.indicators[i] = Math.log(1 - random.next()) / FREQUENCY[i]!;
  const c = random.int(CAUSE_FREQUENCY.length);
  if (random.chance(0.15)) traits.causes[c] = Math.log(1 - random.next()) / CAUSE_FREQUENCY[c]!;
}

/** Score of the line: 140 rural, 175 urban (TT 07/2021/TT-BLĐTBXH). */
export const LINE: Record<Area, number> = { rural: 140, urban: 175 };
const STEP = 5;

/**
 * Scores and answers that lead to the class under the standard of 2022: at or below the line with at
 * least three deprivations poor, with fewer near-poor, above the line neither.
 */
export function assess(
  random: Random,
  standing: Standing,
  composition: Composition,
  traits: Traits,
): Assessment {
  const { status, income, area } = standing;
  const line = LINE[area];
  const isBelow = status !== 'not_poor';
  const b1 = isBelow
    ? line - STEP * Math.floor((1 - income) ** 2 * 16)
    : line + STEP * (1 + Math.floor(income ** 1.4 * 40));
  const deprived = deprivations(random, standing, composition, traits);
  const count = deprived.filter((x) => x === true).length;
  return {
    b1,
    b2: 10 * count,
    deprived,
    causes: isBelow ? causesOf(random, status, traits) : CAUSES.map(() => false),
    fieldStatus: fieldStatusOf(random, status, b1, line, count),
    passedQuickScreen: !isBelow && random.chance(0.9),
  };
}

function howMany({ status, deprivation }: Standing): number {
  if (status === 'poor') return 3 + Math.floor(deprivation ** 1.8 * 5);
  if (status === 'near_poor') return Math.floor(deprivation ** 0.8 * 3);
  return Math.floor(deprivation ** 2 * 4);
}

function deprivations(
  random: Random,
  standing: Standing,
  composition: Composition,
  traits: Traits,
): (boolean | null)[] {
  const flags: (boolean | null)[] = INDICATORS.map(() => false);
  const possible = canBeDeprived(composition);
  // More than half dependants is a matter of counting: it cannot be left out.
  const isForced = 2 * composition.under16 > composition.members;
  flags[DEP] = isForced;
  const wanted = howMany(standing) - (isForced ? 1 : 0);
  const order = INDICATORS.map((_, i) => i)
    .filter((i) => possible[i] && !(i === DEP && isForced))
    .sort((a, b) => traits.indicators[b]! - traits.indicators[a]!);
  for (const i of order.slice(0, Math.max(0, wanted))) flags[i] = true;
  if (random.chance(0.02)) forgetOne(random, flags, standing.status);
  return flags;
}

/** Which indicators can hold for these members: no child, no stunted child. */
function canBeDeprived(c: Composition): boolean[] {
  return INDICATORS.map((id) => {
    if (id === 'emp') return c.workingAge > 0;
    if (id === 'dep') return 2 * (c.under16 + c.aged60up) > c.members;
    if (id === 'nut') return c.under16 > 0;
    if (id === 'adu') return c.aged16to30 > 0;
    if (id === 'chi') return c.schoolAge > 0;
    return true;
  });
}

/** One answer that is false becomes unknown, where the class does not hang on it. */
function forgetOne(random: Random, flags: (boolean | null)[], status: Class): void {
  const count = flags.filter((x) => x === true).length;
  if (status === 'near_poor' && count >= 2) return;
  const i = random.int(flags.length);
  if (flags[i] === false && i !== DEP) flags[i] = null;
}

function causesOf(random: Random, status: Class, traits: Traits): boolean[] {
  const count = random.between(1, status === 'poor' ? 3 : 2);
  const order = CAUSES.map((_, i) => i).sort((a, b) => traits.causes[b]! - traits.causes[a]!);
  const chosen = order.slice(0, count);
  return CAUSES.map((_, i) => chosen.includes(i));
}

/** The field's own class: near a threshold one household in a few is put on the other side. */
function fieldStatusOf(
  random: Random,
  status: Class,
  b1: number,
  line: number,
  count: number,
): Class {
  if (status === 'poor' && count === 3 && random.chance(0.03)) return 'near_poor';
  if (status === 'near_poor' && count === 2 && random.chance(0.02)) return 'poor';
  if (status === 'near_poor' && b1 === line && random.chance(0.04)) return 'not_poor';
  if (status === 'not_poor' && b1 <= line + STEP && random.chance(0.03)) return 'near_poor';
  return status;
}
