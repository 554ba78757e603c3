import { Problem, formatDate, isWithin, newId, sortKey } from '../kernel/index.js';
import type { Tx } from '../store/index.js';
import { areaRegister } from './load-register.js';
import type { PlaceStay } from './place-timeline.js';
import type { AreaRegister } from './register.js';
import { scopeOfPlace, scopeOfProvince, scopeOfUnit } from './scope-keys.js';
import { keyOf } from './unit.js';

export interface NewPlace {
  /** UUID; made when absent. */
  placeId?: string;
  provinceCode: string;
  kind: 'village' | 'unknown_village';
  name: string;
  isSimulated: boolean;
  /** Where it lies by date, see `placeTimeline`; at most one certain unit on any day. */
  stays: readonly PlaceStay[];
}

const INSERT_PLACES = `
  insert into places (place_id, province_code, kind, name, sort_key, is_simulated)
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[])
  on conflict (place_id) do nothing`;

const INSERT_STAYS = `
  insert into place_units (place_id, unit_code, unit_valid_from, valid_from, valid_to, is_certain)
  select * from unnest($1::uuid[], $2::text[], $3::date[], $4::date[], $5::date[], $6::boolean[])
  on conflict do nothing`;

const INSERT_SCOPES = `
  insert into place_scopes (scope_key, place_id)
  select * from unnest($1::text[], $2::uuid[])
  on conflict do nothing`;

/**
 * Adds places with their stays and the scope keys that see them. Adding the same place again (same
 * id) changes nothing.
 * @returns the ids, in the order given
 * @throws Problem `place-in-two-units` when stays contradict each other or the units' dates
 */
export async function addPlaces(
  tx: Tx,
  places: readonly NewPlace[],
  register: AreaRegister = areaRegister(),
): Promise<string[]> {
  const ids = places.map((place) => place.placeId ?? newId(tx.clock));
  places.forEach((place) => checkStays(place.stays, register, place.name));
  await tx.query(INSERT_PLACES, [
    ids,
    places.map((p) => p.provinceCode),
    places.map((p) => p.kind),
    places.map((p) => p.name),
    places.map((p) => sortKey(p.name)),
    places.map((p) => p.isSimulated),
  ]);
  const scopes = places.flatMap((place, i) => [
    { id: ids[i]!, key: scopeOfProvince(place.provinceCode) },
    { id: ids[i]!, key: scopeOfPlace(ids[i]!) },
  ]);
  await insertScopes(tx, scopes);
  await insertStays(
    tx,
    places.flatMap((place, i) => place.stays.map((stay) => ({ placeId: ids[i]!, stay }))),
    register,
  );
  return ids;
}

export const addPlace = async (
  tx: Tx,
  place: NewPlace,
  register: AreaRegister = areaRegister(),
): Promise<string> => (await addPlaces(tx, [place], register))[0]!;

/** Adds one stay to a place that exists; the days already known are checked against it. */
export async function addPlaceUnit(
  tx: Tx,
  placeId: string,
  stay: PlaceStay,
  register: AreaRegister = areaRegister(),
): Promise<void> {
  const { rows } = await tx.query<PlaceStay & { unitCode: string; unitValidFrom: string }>(
    `select unit_code as "unitCode", unit_valid_from as "unitValidFrom",
       valid_from as "validFrom", valid_to as "validTo", is_certain as "isCertain"
     from place_units where place_id = $1`,
    [placeId],
  );
  const known = rows.map((row) => ({
    ...row,
    unit: { code: row.unitCode, validFrom: row.unitValidFrom as PlaceStay['validFrom'] },
  }));
  checkStays([...known, stay], register, placeId);
  await insertStays(tx, [{ placeId, stay }], register);
}

/** A certain stay shares no day with any other stay; a stay lies within its unit's life. */
export function checkStays(
  stays: readonly PlaceStay[],
  register: AreaRegister,
  label: string,
): void {
  for (const [i, stay] of stays.entries()) {
    const unit = register.unit(stay.unit);
    const lives = (date: PlaceStay['validFrom']) =>
      unit !== null && isWithin(date, unit.validFrom, unit.validTo);
    const isInside =
      lives(stay.validFrom) &&
      (stay.validTo === null ? unit?.validTo === null : lives(stay.validTo));
    if (!isInside) throw contradiction(label, stay, `${keyOf(stay.unit)} không có hiệu lực suốt`);
    const rival = stays.find((other, j) => j > i && overlaps(stay, other));
    if (rival && (stay.isCertain || rival.isCertain || keyOf(stay.unit) === keyOf(rival.unit))) {
      throw contradiction(label, stay, `đồng thời thuộc ${keyOf(rival.unit)}`);
    }
  }
}

const overlaps = (a: PlaceStay, b: PlaceStay): boolean =>
  (b.validTo === null || a.validFrom <= b.validTo) &&
  (a.validTo === null || b.validFrom <= a.validTo);

const contradiction = (label: string, stay: PlaceStay, why: string): Problem =>
  new Problem('refused', {
    code: 'place-in-two-units',
    what: `Địa bàn "${label}" không thể thuộc ${keyOf(stay.unit)} từ ${formatDate(stay.validFrom)}.`,
    why: `Trong khoảng thời gian đó: ${why}.`,
    todo: 'Kiểm tra lại ngày bắt đầu, ngày kết thúc của đơn vị hành chính.',
  });

async function insertStays(
  tx: Tx,
  stays: readonly { placeId: string; stay: PlaceStay }[],
  register: AreaRegister,
): Promise<void> {
  await tx.query(INSERT_STAYS, [
    stays.map((s) => s.placeId),
    stays.map((s) => s.stay.unit.code),
    stays.map((s) => s.stay.unit.validFrom),
    stays.map((s) => s.stay.validFrom),
    stays.map((s) => s.stay.validTo),
    stays.map((s) => s.stay.isCertain),
  ]);
  await insertScopes(
    tx,
    stays.flatMap(({ placeId, stay }) =>
      scopesOf(stay, register).map((key) => ({ id: placeId, key })),
    ),
  );
}

/** The unit itself and, while it lay in one, its district. */
function scopesOf(stay: PlaceStay, register: AreaRegister): string[] {
  const parent = register.unit(stay.unit)?.parent ?? null;
  const above = parent && register.unit(parent);
  const own = scopeOfUnit(stay.unit.code, stay.unit.validFrom);
  return above?.level === 'district' ? [own, scopeOfUnit(above.code, above.validFrom)] : [own];
}

async function insertScopes(tx: Tx, scopes: readonly { id: string; key: string }[]): Promise<void> {
  await tx.query(INSERT_SCOPES, [scopes.map((s) => s.key), scopes.map((s) => s.id)]);
}
