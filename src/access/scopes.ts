import { areaRegister, scopeOfPlace, scopeOfProvince, scopeOfUnit } from '../areas/index.js';
import type { Unit } from '../areas/index.js';
import type { PlainDate } from '../kernel/index.js';
import { Problem, isId } from '../kernel/index.js';
import type { Tx } from '../store/index.js';
import { findInstance } from '../store/index.js';
import type { Level, Role } from './roles.js';

/** What a role is answerable for. */
export interface Scope {
  key: string;
  level: Level;
  /** As it stands in the name of an office: "tỉnh Lạng Sơn", "xã Quốc Khánh", "Thôn Mẫu 01, xã …". */
  words: string;
}

const LEVEL_LABEL = { province: 'tỉnh', commune: 'xã, phường', village: 'thôn, bản' };

/** A commune officer has a commune, a village head a village. */
export function checkRoleScope(role: Role, scope: Scope): void {
  const { levels: allowed, label } = role;
  if (allowed.includes(scope.level)) return;
  throw new Problem('refused', {
    code: 'role-scope-mismatch',
    what: `Vai trò "${label}" không đi với phạm vi cấp ${LEVEL_LABEL[scope.level]}.`,
    todo: `Chọn phạm vi cấp ${allowed.map((level) => LEVEL_LABEL[level]).join(' hoặc ')}.`,
  });
}

/**
 * Reads a scope as a person writes it: the code of the province (`20`), of a commune in force on `date`
 * (`06004`), or the id of a village. An instance holds one province: over others nobody is given a role.
 * @throws Problem `scope-unknown`, `scope-elsewhere`
 */
export async function scopeOf(tx: Tx, text: string, date: PlainDate): Promise<Scope> {
  const unit = isId(text) ? null : areaRegister().unitOn(text, date);
  const province = unit && (await findInstance(tx))?.provinceCode;
  if (unit && province && unit.provinceCode !== province) throw isElsewhere(unit, province);
  if (unit?.level === 'province') {
    return { key: scopeOfProvince(unit.code), level: 'province', words: unitWords(unit) };
  }
  if (unit?.level === 'commune') {
    const key = scopeOfUnit(unit.code, unit.validFrom);
    return { key, level: 'commune', words: unitWords(unit) };
  }
  const village = isId(text) ? await villageWords(tx, text, date) : null;
  if (village !== null) return { key: scopeOfPlace(text), level: 'village', words: village };
  throw new Problem('refused', {
    code: 'scope-unknown',
    what: `Không có phạm vi "${text}".`,
    why: 'Phạm vi là mã tỉnh, mã xã đang có hiệu lực, hoặc mã thôn trong hệ thống.',
    todo: 'Tra mã: thonban areas find TÊN',
  });
}

const isElsewhere = (unit: Unit, province: string): Problem =>
  new Problem('refused', {
    code: 'scope-elsewhere',
    what: `${unit.name} (${unit.code}) không thuộc tỉnh của hệ thống này.`,
    why: `Hệ thống này quản lý một tỉnh, mã ${province}; vai trò chỉ được giao trong tỉnh đó.`,
    todo: `Ghi mã tỉnh ${province} hoặc mã một xã của tỉnh; tra mã: thonban areas find TÊN`,
  });

/** "xã Quốc Khánh", "tỉnh Lạng Sơn": a unit inside the name of its office or a sentence. */
export const unitWords = ({ kind, shortName }: Unit): string =>
  `${kind.toLowerCase()} ${shortName}`;

/** "Thôn Mẫu 01, xã Quốc Khánh": names of villages repeat from commune to commune. */
async function villageWords(tx: Tx, placeId: string, date: PlainDate): Promise<string | null> {
  const { rows } = await tx.query<{ name: string }>(
    `select concat_ws(', ', p.name, lower(u.kind) || substr(u.name, length(u.kind) + 1)) as name
     from places p
     left join place_units s on s.place_id = p.place_id and s.is_certain
       and s.valid_from <= $2 and (s.valid_to is null or s.valid_to >= $2)
     left join units u on u.code = s.unit_code and u.valid_from = s.unit_valid_from
     where p.place_id = $1 and p.kind = 'village'`,
    [placeId, date],
  );
  return rows[0]?.name ?? null;
}
