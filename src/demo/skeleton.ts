import type { EspeciallyDifficult } from '../areas/index.js';
import { areaRegister, especiallyDifficult, registeredPopulation } from '../areas/index.js';
import { periodicRound } from '../kernel/index.js';
import { readPack } from '../packs/index.js';
import type { PlaceClass } from './area-classes.js';
import { classifyPlaces } from './area-classes.js';
import { assignStatuses } from './assign-statuses.js';
import type { Skeleton } from './household.js';
import { simulatePopulation } from './simulate-population.js';
import { syntheticIds } from './synthetic-ids.js';
import type { DemonstrationPack, Targets } from './targets.js';
import { demonstrationPack, targetsAt } from './targets.js';
import type { VillagePlan } from './villages.js';
import { planVillages, unitOfVillage } from './villages.js';

/** The whole province before any person has a name. */
export interface Province extends Skeleton {
  pack: DemonstrationPack;
  packHash: string;
  scale: number;
  targets: Targets;
  plan: VillagePlan;
  classes: readonly PlaceClass[];
}

export const demonstrationTargets = () =>
  readPack('provinces/lang-son/demonstration.yaml', demonstrationPack);

/** Villages and households of every round with their classes; a second at full scale. */
export function buildProvince({ scale = 1, seed }: { scale?: number; seed?: number }): Province {
  const { data: pack, hash } = demonstrationTargets();
  const chosenSeed = seed ?? pack.seed;
  const targets = targetsAt(pack, scale);
  const difficult = especiallyDifficult(pack.provinceCode);
  const plan = layOut(pack, targets, scale, chosenSeed, difficult);
  const population = simulatePopulation(plan, targets, pack.ethnicGroups, chosenSeed);
  return {
    pack,
    packHash: hash,
    scale,
    targets,
    plan,
    seed: chosenSeed,
    classes: classifyPlaces(plan, pack.areaClasses, difficult),
    population,
    statuses: assignStatuses(plan, population, targets, pack.ethnicGroups, chosenSeed),
    groupIds: pack.ethnicGroups.map((group) => group.id),
    areas: targets.rounds.map(({ round }) => areasIn(plan, round)),
    idOf: syntheticIds(chosenSeed),
  };
}

function layOut(
  pack: DemonstrationPack,
  targets: Targets,
  scale: number,
  seed: number,
  difficult: EspeciallyDifficult,
): VillagePlan {
  const register = areaRegister();
  const first = periodicRound(targets.rounds[0]!.round);
  const last = periodicRound(targets.rounds.at(-1)!.round);
  const communes = register.communesOf(pack.provinceCode, first.referenceDate);
  // A small demonstration has fewer villages, or most would hold a household or two.
  const share = Math.min(1, 8 * scale);
  const count = Math.max(2 * communes.length, Math.round(share * difficult.villagesTotal));
  return planVillages({
    register,
    communes: [...communes].sort((a, b) => (a.code < b.code ? -1 : 1)),
    population: registeredPopulation(pack.provinceCode),
    count,
    until: last.referenceDate,
    seed,
  });
}

/** Rural or urban, of the commune each village lies in at the round's reference date. */
function areasIn(plan: VillagePlan, round: number) {
  const { referenceDate } = periodicRound(round);
  return plan.villages.map((village) => {
    const { area, code } = unitOfVillage(village, referenceDate);
    if (area === null) throw new RangeError(`unit ${code} is neither rural nor urban`);
    return area;
  });
}
