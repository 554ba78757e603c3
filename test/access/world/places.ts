import {
  addPlaces,
  countryRegister,
  installUnits,
  placeTimeline,
} from '../../../src/areas/index.js';
import type { NewPlace, PlaceStay, Unit } from '../../../src/areas/index.js';
import { unknownPlaceOf } from '../../../src/areas/index.js';
import { day, newId } from '../../../src/kernel/index.js';
import type { Store } from '../../../src/store/index.js';
import { SYSTEM_ACTOR, withActor } from '../../../src/store/index.js';
import type { PlaceName, ScopeName, UnitName } from './description.js';
import { PLACES, PLACE_NAMES, PROVINCES, TODAY, UNITS, placeOf } from './description.js';

const register = countryRegister();

function unitOf(name: UnitName): Unit {
  const { code, from } = UNITS[name];
  const unit = register.unit({ code, validFrom: day(from) });
  if (!unit) throw new Error(`the register has no unit ${name}`);
  return unit;
}

/** The key of row security for a scope of the description, once places have ids. */
export function scopeKey(scope: ScopeName, ids: Readonly<Record<PlaceName, string>>): string {
  if (scope in PROVINCES) return `p:${PROVINCES[scope as keyof typeof PROVINCES]}`;
  if (scope in PLACES) return `v:${ids[scope as PlaceName]}`;
  const { code, from } = UNITS[scope as UnitName];
  return `u:${code}@${from}`;
}

/** What an office of a scope is of, as columns of its row. */
export function spotOf(scope: ScopeName, ids: Readonly<Record<PlaceName, string>>) {
  if (scope in PLACES) return { place_id: ids[scope as PlaceName] };
  if (scope in UNITS) {
    const { code, from } = UNITS[scope as UnitName];
    return { unit_code: code, unit_valid_from: from };
  }
  const province = PROVINCES[scope as keyof typeof PROVINCES];
  const unit = register.unitOn(province, day(TODAY))!;
  return { unit_code: unit.code, unit_valid_from: unit.validFrom };
}

/** Whose "village unknown" a place is. */
export const UNKNOWN_OF = { u1: 'N1', u2: 'N2', u3: 'N3', uO: 'O1', uS: 'O2' } as const;

/** Puts the units and places of the description into the database by the doors of the areas room. */
export async function addWorldPlaces(store: Store): Promise<Record<PlaceName, string>> {
  return withActor(store, SYSTEM_ACTOR([]), async (tx) => {
    await installUnits(tx, register);
    await tx.query(
      `insert into instance (instance_id, kind, province_code, created_at)
       values ($1, 'real', $2, $3)`,
      [newId(), PROVINCES.pA, tx.now],
    );
    const villages = PLACE_NAMES.filter((name) => placeOf(name).kind === 'village');
    const ids = await addPlaces(tx, villages.map(villageOf), register);
    const found = Object.fromEntries(villages.map((name, i) => [name, ids[i]!]));
    for (const [name, unit] of Object.entries(UNKNOWN_OF)) {
      found[name] = await unknownPlaceOf(tx, unitOf(unit), register);
    }
    const province = register.unitOn(PROVINCES.pA, day(TODAY))!;
    found['uP'] = await unknownPlaceOf(tx, province, register);
    return found as Record<PlaceName, string>;
  });
}

function villageOf(name: PlaceName): NewPlace {
  const { province } = placeOf(name);
  return {
    provinceCode: PROVINCES[province],
    kind: 'village',
    name: `Thôn Mẫu ${name}`,
    isSimulated: false,
    stays: staysOf(name),
  };
}

/** The product itself follows the lineage; the description only says where the village went. */
function staysOf(name: PlaceName): PlaceStay[] {
  const is = placeOf(name);
  const communes = is.within.filter((unit) => UNITS[unit].level === 'commune').map(unitOf);
  const first = communes[0]!;
  const stays = placeTimeline(register, first, first.validFrom, (_, successors) =>
    is.uncertain ? null : (successors.find((one) => communes.includes(one)) ?? null),
  );
  return is.ended ? stays.filter((stay) => stay.validTo !== null) : stays;
}
