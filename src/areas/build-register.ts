import type { PlainDate } from '../kernel/index.js';
import { addDays } from '../kernel/index.js';
import type { CommunesPack, LineagePack, ProvincesPack, UnitsPack } from './pack-schema.js';
import type { EdgePart, Unit, UnitEdge, UnitKey, UnitLevel } from './unit.js';
import { areaOfKind, splitName } from './unit.js';

interface Interval {
  validFrom: PlainDate;
  validTo: PlainDate | null;
}

function makeUnit(
  code: string,
  name: string,
  level: UnitLevel,
  interval: Interval,
  place: { parent: UnitKey | null; provinceCode: string; aliases?: readonly string[] },
): Unit {
  const { kind, shortName } = splitName(name.normalize('NFC'));
  return {
    code,
    validFrom: interval.validFrom,
    validTo: interval.validTo,
    name: name.normalize('NFC'),
    shortName,
    level,
    kind,
    area: level === 'commune' ? areaOfKind(kind) : null,
    parent: place.parent,
    provinceCode: place.provinceCode,
    aliases: place.aliases ?? [],
  };
}

/** Provinces of the national list; one with a pack of its own reaches back to that pack's first day. */
export function provinceUnits(list: ProvincesPack, packs: readonly UnitsPack[]): Unit[] {
  return Object.entries(list.provinces).map(([code, name]) => {
    const own = packs.find((pack) => pack.province === code);
    const interval = { validFrom: own?.valid_from ?? list.valid_from, validTo: null };
    return makeUnit(code, name, 'province', interval, { parent: null, provinceCode: code });
  });
}

/** Districts and communes of one province. */
export function unitsOfProvince(pack: UnitsPack): Unit[] {
  const province: UnitKey = { code: pack.province, validFrom: pack.valid_from };
  const district = { validFrom: pack.districts.valid_from, validTo: pack.districts.valid_to };
  const units = Object.entries(pack.districts.units).map(([code, name]) =>
    makeUnit(code, name, 'district', district, { parent: province, provinceCode: pack.province }),
  );
  for (const group of pack.communes) {
    const interval = { validFrom: group.valid_from, validTo: group.valid_to };
    const parent: UnitKey =
      group.parent === pack.province
        ? province
        : { code: group.parent, validFrom: district.validFrom };
    for (const [code, name] of Object.entries(group.units)) {
      const place = { parent, provinceCode: pack.province, aliases: pack.aliases[code] ?? [] };
      units.push(makeUnit(code, name, 'commune', interval, place));
    }
  }
  return units;
}

/** Communes of provinces that have no pack of their own, as the national list has them. */
export function communesOfCountry(pack: CommunesPack): Unit[] {
  const interval = { validFrom: pack.valid_from, validTo: null };
  return Object.entries(pack.provinces).flatMap(([provinceCode, communes]) => {
    const parent = { code: provinceCode, validFrom: pack.valid_from };
    return Object.entries(communes).map(([code, name]) =>
      makeUnit(code, name, 'commune', interval, { parent, provinceCode }),
    );
  });
}

/** Edges of a province, their ends found by date: `from` ends the day before or lives on. */
export function edgesOf(pack: LineagePack, units: readonly Unit[]): UnitEdge[] {
  const on = (code: string, date: PlainDate): UnitKey => {
    const unit = units.find(
      (u) => u.code === code && u.validFrom <= date && (u.validTo === null || date <= u.validTo),
    );
    if (!unit) throw new RangeError(`lineage names ${code}, which is no unit on ${date}`);
    return { code: unit.code, validFrom: unit.validFrom };
  };
  return pack.changes.flatMap(({ effective, instrument, full, partial }) => {
    const edge = (from: string, to: string, part: EdgePart): UnitEdge => ({
      from: on(from, addDays(effective, -1)),
      to: on(to, effective),
      effective,
      part,
      instrument,
    });
    return [
      ...Object.entries(full).flatMap(([to, olds]) => olds.map((from) => edge(from, to, 'full'))),
      ...Object.entries(partial).flatMap(([from, news]) =>
        news.map((to) => edge(from, to, 'partial')),
      ),
    ];
  });
}
