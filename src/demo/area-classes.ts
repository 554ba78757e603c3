import type { EspeciallyDifficult } from '../areas/index.js';
import type { DemonstrationPack } from './targets.js';
import type { VillagePlan } from './villages.js';

export type AreaClass = 'I' | 'II' | 'III';

export interface PlaceClass {
  areaClass: AreaClass | null;
  isExtremelyDisadvantaged: boolean;
}

/**
 * Simulated area classes, one per village. Counts of communes come from the pack; the most remote
 * communes get class III, and one commune of the towns stays outside the list (its class is null).
 * Especially difficult villages lie only in units of today that are known to have one.
 */
export function classifyPlaces(
  plan: VillagePlan,
  counts: DemonstrationPack['areaClasses'],
  difficult: EspeciallyDifficult,
): PlaceClass[] {
  const classOfBook = classOfCommunes(plan, counts);
  const chosen = extremelyDisadvantaged(plan, difficult);
  return plan.villages.map((village) => ({
    areaClass: classOfBook[village.book]!,
    isExtremelyDisadvantaged: chosen.has(village.index),
  }));
}

function classOfCommunes(
  plan: VillagePlan,
  counts: DemonstrationPack['areaClasses'],
): (AreaClass | null)[] {
  const order = plan.communes
    .map((_, book) => book)
    .sort((a, b) => plan.communeRemoteness[b]! - plan.communeRemoteness[a]!);
  const classes: (AreaClass | null)[] = plan.communes.map(() => null);
  const third = counts.classIII.value;
  const second = third + counts.classII.value;
  const first = second + counts.classI.value;
  order.forEach((book, rank) => {
    if (rank < first) classes[book] = rank < third ? 'III' : rank < second ? 'II' : 'I';
  });
  return classes;
}

/** The most remote village of each unit that has any, then the most remote of all the others. */
function extremelyDisadvantaged(plan: VillagePlan, difficult: EspeciallyDifficult): Set<number> {
  const share = difficult.villagesEspeciallyDifficult / difficult.villagesTotal;
  const wanted = Math.round(share * plan.villages.length);
  const candidates = plan.villages
    .map((village) => ({ village, code: village.stays.at(-1)!.unit.code }))
    .filter(({ code }) => !difficult.unitsWithout.has(code))
    .sort((a, b) => b.village.remoteness - a.village.remoteness);
  const chosen = new Set<number>();
  const served = new Set<string>();
  for (const { village, code } of candidates) {
    if (!served.has(code)) chosen.add(village.index);
    served.add(code);
  }
  for (const { village } of candidates) {
    if (chosen.size >= wanted) break;
    chosen.add(village.index);
  }
  return chosen;
}
