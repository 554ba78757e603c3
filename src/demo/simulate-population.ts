import { allocate, fitTable } from './allocate.js';
import type { Population, YearlyFlow } from './population.js';
import { ENTRY, EXIT, NONE, emptyPopulation, flowsOf } from './population.js';
import { Random } from './random.js';
import type { DemonstrationPack, Targets } from './targets.js';
import type { VillagePlan } from './villages.js';

const FEMALE_HEADED_SHARE = 0.22;
const ALONE_SHARE = 0.035;

interface Simulation {
  plan: VillagePlan;
  random: Random;
  population: Population;
  villagesOfBook: readonly (readonly number[])[];
  groupShares: readonly number[];
  villageWeights: readonly number[];
}

/**
 * Who lives where in which round. Numbers of households are exact: `targets.rounds[r].resident` have
 * a place in round r. A household keeps its index, and its book, through every move.
 */
export function simulatePopulation(
  plan: VillagePlan,
  targets: Targets,
  groups: DemonstrationPack['ethnicGroups'],
  seed: number,
): Population {
  const persons = groups.reduce((sum, group) => sum + group.persons, 0);
  const simulation: Simulation = {
    plan,
    random: new Random(seed, 2),
    population: emptyPopulation(targets, plan),
    villagesOfBook: plan.communes.map((_, book) =>
      plan.villages.filter((v) => v.book === book).map((v) => v.index),
    ),
    groupShares: groups.map((group) => group.persons / persons),
    villageWeights: plan.villages.map((village) => village.weight),
  };
  settle(simulation, targets.rounds[0]!.resident, groups);
  flowsOf(targets).forEach((flow, i) => {
    passYear(simulation, flow, i + 1);
  });
  return simulation.population;
}

/** The first round: villages by weight, ethnic groups by commune, then mixed within each commune. */
function settle(s: Simulation, total: number, groups: DemonstrationPack['ethnicGroups']): void {
  const { plan, random } = s;
  const counts = allocate(total, s.villageWeights);
  const inBook = s.villagesOfBook.map((list) => list.reduce((sum, v) => sum + counts[v]!, 0));
  const affinity = plan.communes.map((unit) =>
    groups.map(({ id }) => {
      const spread = id === 'tay' || id === 'nung' ? 0.8 : id === 'kinh' ? 1 : 1.9;
      const towns = unit.area === 'urban' && id === 'kinh' ? 4 : 1;
      return towns * Math.exp(spread * random.normal());
    }),
  );
  const columns = s.groupShares.map((share) => share * total);
  const fitted = fitTable(affinity, inBook, columns);
  plan.communes.forEach((_, book) => {
    const groupsHere = mixedGroups(allocate(inBook[book]!, fitted[book]!), random);
    let next = 0;
    for (const village of s.villagesOfBook[book]!) {
      for (let i = 0; i < counts[village]!; i++) {
        const household = addHousehold(s, 0, ENTRY.initial, village, groupsHere[next++]!);
        if (random.chance(ALONE_SHARE)) s.population.isAlone[household] = 1;
      }
    }
  });
}

/** Neighbours are mostly of one group: blocks in random order, then a fifth of the places swapped. */
function mixedGroups(counts: readonly number[], random: Random): number[] {
  const order = random.shuffle(counts.map((_, group) => group));
  const list = order.flatMap((group) => Array<number>(counts[group]!).fill(group));
  for (let n = Math.floor(list.length / 10); n > 0; n--) {
    const i = random.int(list.length);
    const j = random.int(list.length);
    const kept = list[i]!;
    list[i] = list[j]!;
    list[j] = kept;
  }
  return list;
}

function addHousehold(
  s: Simulation,
  round: number,
  kind: number,
  village: number,
  group: number,
): number {
  const p = s.population;
  const household = p.size++;
  p.book[household] = s.plan.villages[village]!.book;
  p.entryRound[household] = round;
  p.entryKind[household] = kind;
  p.ethnicity[household] = group;
  p.isFemaleHeaded[household] = s.random.chance(FEMALE_HEADED_SHARE) ? 1 : 0;
  p.place[round]![household] = village;
  return household;
}

/** From round − 1 to round: some leave, some move, the rest stay, new ones come. */
function passYear(s: Simulation, flow: YearlyFlow, round: number): void {
  const p = s.population;
  const before = p.place[round - 1]!;
  const now = p.place[round]!;
  const here: number[] = [];
  for (let i = 0; i < p.size; i++) if (before[i]! >= 0) here.push(i);
  s.random.shuffle(here);
  const leave = (kind: number) => (household: number) => {
    p.exitRound[household] = round;
    p.exitKind[household] = kind;
  };
  const stays = (household: number) => p.exitRound[household] === NONE;
  take(here, flow.diedOut, (i) => p.isAlone[i] === 1).forEach(leave(EXIT.died_out));
  take(here, flow.movedAway, stays).forEach(leave(EXIT.moved_away));
  const rest = here.filter(stays);
  for (const household of rest) now[household] = before[household]!;
  const movers = take(rest, flow.movedWithin, (i) => p.moveRound[i] === NONE);
  for (const household of movers) {
    now[household] = destination(s, household, before[household]!);
    p.moveRound[household] = round;
  }
  const parents = take(
    rest,
    flow.splitOff,
    (i) => p.moveRound[i] !== round && p.splitRound[i] === NONE && canSplit(p, i),
  );
  for (const parent of parents) splitOff(s, parent, round);
  for (let i = 0; i < flow.formed; i++) arrive(s, round, ENTRY.formed);
  for (let i = 0; i < flow.movedIn; i++) arrive(s, round, ENTRY.moved_in);
}

/** Only a household of the first round that is more than one old person has grown children to leave. */
const canSplit = (p: Population, i: number): boolean =>
  p.entryKind[i] === ENTRY.initial && p.isAlone[i] === 0;

/** The first `count` that fit, in the (shuffled) order given; throws when there are too few. */
function take(list: readonly number[], count: number, fits: (i: number) => boolean): number[] {
  const taken: number[] = [];
  for (const i of list) {
    if (taken.length === count) break;
    if (fits(i)) taken.push(i);
  }
  if (taken.length < count) throw new RangeError(`only ${taken.length} of ${count} households fit`);
  return taken;
}

/** Six of ten movers stay in their commune (book), the others go anywhere in the province. */
function destination(s: Simulation, household: number, from: number): number {
  const near = s.villagesOfBook[s.population.book[household]!]!.filter((v) => v !== from);
  if (near.length > 0 && s.random.chance(0.6)) return s.random.pick(near);
  const village = s.random.weighted(s.villageWeights);
  return village === from ? (village + 1) % s.villageWeights.length : village;
}

function splitOff(s: Simulation, parent: number, round: number): void {
  const p = s.population;
  const village = p.place[round]![parent]!;
  const child = addHousehold(s, round, ENTRY.split_off, village, p.ethnicity[parent]!);
  // The book of a household never changes and its first persons come with it.
  p.book[child] = p.book[parent]!;
  p.parent[child] = parent;
  p.splitRound[parent] = round;
}

function arrive(s: Simulation, round: number, kind: number): void {
  const village = s.random.weighted(s.villageWeights);
  addHousehold(s, round, kind, village, s.random.weighted(s.groupShares));
}
