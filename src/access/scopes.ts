import { areaRegister, scopeOfPlace, scopeOfProvince, scopeOfUnit } from '../areas/index.js';
import type { Unit } from '../areas/index.js';
import type { PlainDate } from '../kernel/index.js';
import { Problem, isId } from '../kernel/index.js';
import type { Tx } from '../store/index.js';
import type { Level, Role } from './roles.js';

/** What an account is answerable for, and the office that holds it. */
export interface Scope {
  key: string;
  level: Level;
  office: { name: string; kind: 'province' | 'commune' | 'village' };
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
 * Reads a scope as a person writes it: the code of a province (`20`), of a commune in force on `date`
 * (`06004`), or the id of a village.
 * @throws Problem `scope-unknown`
 */
export async function scopeOf(tx: Tx, text: string, date: PlainDate): Promise<Scope> {
  const unit = isId(text) ? null : areaRegister().unitOn(text, date);
  if (unit?.level === 'province') {
    const office = { name: authorityOf(unit), kind: 'province' as const };
    return { key: scopeOfProvince(unit.code), level: 'province', office };
  }
  if (unit?.level === 'commune') {
    const office = {
      name: `Ủy ban nhân dân ${unit.name} (${unit.code})`,
      kind: 'commune' as const,
    };
    return { key: scopeOfUnit(unit.code, unit.validFrom), level: 'commune', office };
  }
  const village = isId(text) ? await villageName(tx, text, date) : null;
  if (village !== null) {
    const office = { name: village, kind: 'village' as const };
    return { key: scopeOfPlace(text), level: 'village', office };
  }
  throw new Problem('refused', {
    code: 'scope-unknown',
    what: `Không có phạm vi "${text}".`,
    why: 'Phạm vi là mã tỉnh, mã xã đang có hiệu lực, hoặc mã thôn trong hệ thống.',
    todo: 'Tra mã: thonban areas find TÊN',
  });
}

const authorityOf = ({ kind, shortName }: Unit): string =>
  `Ủy ban nhân dân ${kind.toLowerCase()} ${shortName}`;

/** "Thôn Mẫu 01, Xã Quốc Khánh": names of villages repeat from commune to commune. */
async function villageName(tx: Tx, placeId: string, date: PlainDate): Promise<string | null> {
  const { rows } = await tx.query<{ name: string }>(
    `select concat_ws(', ', p.name, u.name) as name
     from places p
     left join place_units s on s.place_id = p.place_id and s.is_certain
       and s.valid_from <= $2 and (s.valid_to is null or s.valid_to >= $2)
     left join units u on u.code = s.unit_code and u.valid_from = s.unit_valid_from
     where p.place_id = $1 and p.kind = 'village'`,
    [placeId, date],
  );
  return rows[0]?.name ?? null;
}
