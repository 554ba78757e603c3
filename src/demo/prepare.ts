import { installOffices } from '../access/index.js';
import { addPlaces, installUnits, scopeOfProvince } from '../areas/index.js';
import { newId, periodicRound } from '../kernel/index.js';
import type { Store, Tx } from '../store/index.js';
import { SYSTEM_ACTOR, audit, bulkInsert, withActor } from '../store/index.js';
import { engines } from './engine.js';
import type { Province } from './skeleton.js';
import { unitOfVillage } from './villages.js';

const placeNumber = (village: number): number => 1 + village;
const decisionNumber = (round: number, unit: number): number => 20_000 + 1_000 * round + unit;

/** Ids the households' rows will refer to; they follow from the seed, nothing is read. */
export interface References {
  /** By village. */
  placeIds: string[];
  /** By round and village: the decision of the commune the village then lay in. */
  decisionIds: string[][];
}

export function referencesOf(province: Province): References {
  const { plan, idOf } = province;
  return {
    placeIds: plan.villages.map((village) => idOf(placeNumber(village.index))),
    decisionIds: decidingUnits(province).map(({ position }, round) =>
      position.map((unit) => idOf(decisionNumber(round, unit))),
    ),
  };
}

/** Per round: the communes in force on the reference date, and which of them each village lies in. */
function decidingUnits({ plan, targets }: Province) {
  return targets.rounds.map(({ round }) => {
    const { referenceDate } = periodicRound(round);
    const ofVillage = plan.villages.map((village) => unitOfVillage(village, referenceDate));
    const units = [...new Set(ofVillage)].sort((a, b) => (a.code < b.code ? -1 : 1));
    const index = new Map(units.map((unit, i) => [unit, i]));
    return { round, units, position: ofVillage.map((unit) => index.get(unit)!) };
  });
}

/**
 * Everything but the households, in one transaction: units, villages, classes, rounds, the simulated
 * decisions, and the `instance` row that makes this data directory a demonstration for good.
 */
export async function prepare(store: Store, province: Province, commandId: string): Promise<void> {
  const actor = SYSTEM_ACTOR([scopeOfProvince(province.pack.provinceCode)]);
  await withActor(
    store,
    actor,
    async (tx) => {
      await tx.query(
        `insert into instance (instance_id, kind, province_code, seed, scale, created_at)
         values ($1, 'demo', $2, $3, $4, $5)`,
        [newId(tx.clock), province.pack.provinceCode, province.seed, province.scale, tx.now],
      );
      await installUnits(tx);
      await installOffices(tx, province.pack.provinceCode);
      await addVillages(tx, province);
      await addRounds(tx, province);
      await addDecisions(tx, province, commandId);
      await audit(tx, {
        action: 'demo.prepare',
        subjectKind: 'instance',
        subjectId: province.pack.provinceCode,
        payload: { seed: province.seed, scale: province.scale, pack: province.packHash },
      });
    },
    { commandId },
  );
}

async function addVillages(tx: Tx, province: Province): Promise<void> {
  const { plan, classes, pack } = province;
  const { placeIds } = referencesOf(province);
  await addPlaces(
    tx,
    plan.villages.map((village) => ({
      placeId: placeIds[village.index]!,
      provinceCode: pack.provinceCode,
      kind: 'village' as const,
      name: village.name,
      isSimulated: true,
      stays: village.stays.map(({ unit, from, to }) => ({
        unit: { code: unit.code, validFrom: unit.validFrom },
        validFrom: from,
        validTo: to,
        isCertain: true,
      })),
    })),
  );
  const { scheme, validFrom, validTo } = pack.areaClasses;
  await bulkInsert(
    tx,
    'place_classes',
    [
      ...['place_id', 'scheme', 'area_class', 'is_extremely_disadvantaged'],
      ...['valid_from', 'valid_to', 'is_simulated'],
    ],
    classes.map(({ areaClass, isExtremelyDisadvantaged }, i) => [
      ...[placeIds[i], scheme, areaClass, isExtremelyDisadvantaged, validFrom, validTo, true],
    ]),
  );
}

async function addRounds(tx: Tx, province: Province): Promise<void> {
  const standards = engines(province).map((engine) => engine.standardId);
  const rows = province.targets.rounds.map(({ round }, r) => {
    const calendar = periodicRound(round);
    const { windowFrom, windowTo, referenceDate, effectYear } = calendar;
    return [round, standards[r], windowFrom, windowTo, referenceDate, effectYear, true];
  });
  await bulkInsert(
    tx,
    'review_rounds',
    [
      ...['round', 'standard_id', 'window_from', 'window_to', 'reference_date', 'effect_year'],
      'is_synthetic',
    ],
    rows,
  );
}

/** One simulated decision for each commune and round; it has no signer and no signed file. */
async function addDecisions(tx: Tx, province: Province, commandId: string): Promise<void> {
  const rows = decidingUnits(province).flatMap(({ round, units }, r) =>
    units.map((unit, i) => [
      province.idOf(decisionNumber(r, i)),
      round,
      unit.code,
      unit.validFrom,
      `MÔ PHỎNG-${unit.code}-${round}`,
      `${round}-12-${String(15 + ((i * 7) % 14)).padStart(2, '0')}`,
      null,
      null,
      true,
      commandId,
      tx.now,
    ]),
  );
  await bulkInsert(
    tx,
    'recognition_decisions',
    [
      ...['decision_id', 'round', 'unit_code', 'unit_valid_from', 'number', 'decided_on'],
      ...['signer_name', 'signer_title', 'is_simulated', 'command_id', 'recorded_at'],
    ],
    rows,
  );
}
