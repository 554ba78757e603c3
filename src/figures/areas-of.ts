import type { AreaRegister, Unit } from '../areas/index.js';
import { areaRegister, keyOf } from '../areas/index.js';
import type { PlainDate } from '../kernel/index.js';
import { Problem, formatDate } from '../kernel/index.js';

/** An area on a boundary date with the communes it consists of on that day. */
export interface Area {
  unit: Unit;
  date: PlainDate;
  communes: readonly Unit[];
  /** Codes of `communes`; for the province also every place whose unit is not certain. */
  holds: (unitCode: string | null) => boolean;
}

/**
 * The area with this code in force on the boundary date.
 * @throws Problem `area-unknown`, with the dates on which the code was in use
 */
export function areaOn(
  code: string,
  date: PlainDate,
  provinceCode: string,
  register: AreaRegister = areaRegister(),
): Area {
  const unit = register.unitOn(code, date);
  const isOurs = unit?.provinceCode === provinceCode || unit?.code === provinceCode;
  if (!unit || !isOurs) throw unknownArea(code, date, register);
  const communes = communesOf(unit, date, register);
  const codes = new Set(communes.map((commune) => commune.code));
  const isProvince = unit.level === 'province';
  return {
    unit,
    date,
    communes,
    holds: (unitCode) => isProvince || (unitCode !== null && codes.has(unitCode)),
  };
}

function communesOf(unit: Unit, date: PlainDate, register: AreaRegister): Unit[] {
  if (unit.level === 'province') return register.communesOf(unit.code, date);
  return unit.level === 'district' ? register.children(unit.code, date) : [unit];
}

/**
 * The communes of the round's own day whose households may lie in `commune` on the boundary date:
 * those that went into it, wholly or in part.
 */
export function roundUnitsOf(
  commune: Unit,
  boundaries: PlainDate,
  referenceDate: PlainDate,
  register: AreaRegister = areaRegister(),
): readonly Unit[] {
  if (boundaries < referenceDate) {
    const later = register.successorsOf(commune, referenceDate);
    return later.map((successor) => successor.unit);
  }
  const key = `${commune.provinceCode} ${referenceDate} ${boundaries}`;
  const kept = originsOf.get(register) ?? new Map<string, Origins>();
  originsOf.set(register, kept);
  const known = kept.get(key);
  const found = known ?? findOrigins(register, commune.provinceCode, boundaries, referenceDate);
  if (kept.size > MAX_PAIRS) kept.clear();
  kept.set(key, found);
  return found.get(keyOf(commune)) ?? [];
}

type Origins = ReadonlyMap<string, readonly Unit[]>;

/** Per register, province and pair of days: asked for every commune of every figure. */
const originsOf = new WeakMap<AreaRegister, Map<string, Origins>>();
/** Officers may ask for any day. */
const MAX_PAIRS = 60;

/** For each commune of `boundaries` those of the round's day that went into it. */
function findOrigins(
  register: AreaRegister,
  provinceCode: string,
  boundaries: PlainDate,
  referenceDate: PlainDate,
): Origins {
  const found = new Map<string, Unit[]>();
  for (const unit of register.communesOf(provinceCode, referenceDate)) {
    for (const successor of register.successorsOf(unit, boundaries)) {
      const key = keyOf(successor.unit);
      found.set(key, [...(found.get(key) ?? []), unit]);
    }
  }
  return found;
}

/** The sentence for a code that is no area of this province, on a date or at all. */
export function unknownArea(
  code: string,
  date: PlainDate | null = null,
  register: AreaRegister = areaRegister(),
): Problem {
  const versions = register.lineage(code).map(({ unit }) => {
    const until = unit.validTo === null ? 'nay' : formatDate(unit.validTo);
    return `${unit.name} (${formatDate(unit.validFrom)} – ${until})`;
  });
  const when = date === null ? '' : ` trong ranh giới ngày ${formatDate(date)}`;
  return new Problem('not-found', {
    code: 'area-unknown',
    what: `Không có địa bàn mã "${code}"${when} của tỉnh này.`,
    ...(versions.length > 0 && { why: `Mã này đã dùng cho: ${versions.join('; ')}.` }),
    todo: 'Chọn ngày ranh giới khác, hoặc tra mã theo tên (trang Địa bàn; lệnh "thonban areas find TÊN").',
    details: { area: code, on: date },
  });
}
