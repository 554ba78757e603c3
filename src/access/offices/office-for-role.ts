import { areaRegister } from '../../areas/index.js';
import type { PlainDate } from '../../kernel/index.js';
import { Problem, formatDate, isId, laterOf, today } from '../../kernel/index.js';
import type { Tx } from '../../store/index.js';
import type { Scope } from '../scopes.js';
import { checkRoleInOffice, kindForRole, requireOfficeKind } from './office-kinds.js';
import type { Office } from './office.js';
import {
  communeOf,
  ensureOffice,
  findOffice,
  nameOfOffice,
  officeNotFound,
  officeOfUnit,
} from './office.js';
import { readScopeKey } from './scope-text.js';

interface NewRole {
  role: { id: string; label: string };
  scope: Scope;
  /** The office it is to be held in; the one of the scope that fits the role unless named. */
  officeId: string | undefined;
  validFrom: PlainDate;
}

/**
 * The office in which a new role is held. What counts is the day from which the role gives something: one
 * that is entered with a day in the past is held in the office of today.
 * @throws Problem `scope-ended`, `office-not-found`, `office-ended`, `office-not-begun`,
 *   `office-elsewhere`, `role-not-in-office`
 */
export async function officeOfNewRole(tx: Tx, asked: NewRole): Promise<string> {
  const { role, scope, officeId, validFrom } = asked;
  const on = laterOf(validFrom, today(tx.clock));
  refuseEndedScope(scope, on);
  if (officeId === undefined) return officeForRole(tx, role.id, scope, on);
  const office = isId(officeId) ? await findOffice(tx, officeId) : null;
  if (!office) throw officeNotFound();
  if (office.validTo !== null && office.validTo < on) throw officeEnded(office);
  if (office.validFrom > on) throw officeNotBegun(office);
  checkRoleInOffice(role, requireOfficeKind(office.kind));
  if (!(await answersFor(tx, office, scope))) throw officeElsewhere(office, scope);
  return officeId;
}

/** A role over a unit that is no more would give nothing in an office that moves no more. */
function refuseEndedScope(scope: Scope, on: PlainDate): void {
  const target = readScopeKey(scope.key);
  const unit = target?.level === 'unit' ? areaRegister().unit(target.unit) : null;
  if (!unit?.validTo || unit.validTo >= on) return;
  throw new Problem('refused', {
    code: 'scope-ended',
    what: `Đơn vị ${scope.words} đã kết thúc ngày ${formatDate(unit.validTo)}.`,
    why: 'Không giao vai trò ở một đơn vị không còn.',
    todo: 'Chọn đơn vị hiện nay: thonban areas find TÊN',
  });
}

/** Do the places of the scope lie in the unit or village that the office is of? */
async function answersFor(tx: Tx, office: Office, scope: Scope): Promise<boolean> {
  const target = readScopeKey(scope.key);
  const { rowCount } = await tx.query(
    `select from offices o
     left join units u on u.code = o.unit_code and u.valid_from = o.unit_valid_from
     cross join lateral (select case when o.place_id is not null then 'v:' || o.place_id
       when u.level = 'province' then 'p:' || u.code
       when u.level = 'commune' then 'u:' || u.code || '@' || u.valid_from end as key) own
     where o.office_id = $1 and (own.key = $2
       or u.level = 'province' and $2 in (
         select 'u:' || c.code || '@' || c.valid_from from units c where c.province_code = u.code)
       or exists (select from place_scopes s
         where s.scope_key = own.key and s.place_id = $3::uuid))`,
    [office.officeId, scope.key, target?.level === 'village' ? target.placeId : null],
  );
  return rowCount > 0;
}

/** The office of the scope that fits a role, opened with the first person who holds one there. */
async function officeForRole(tx: Tx, role: string, scope: Scope, on: PlainDate): Promise<string> {
  const kind = kindForRole(role, scope.level).id;
  const target = readScopeKey(scope.key);
  const register = areaRegister();
  if (target?.level === 'village') {
    // Not younger than its commune, so that whoever held a role there before finds the same office.
    const commune = await communeOf(tx, target.placeId, on);
    const validFrom = commune?.validFrom ?? on;
    const name = nameOfOffice(kind, scope.words);
    const office = { kind, unit: null, placeId: target.placeId, name, validFrom };
    return ensureOffice(tx, office, on);
  }
  const unit =
    target?.level === 'unit'
      ? register.unit(target.unit)
      : target && register.unitOn(target.code, on);
  if (!unit) throw new RangeError(`no unit behind the scope ${scope.key}`);
  return ensureOffice(tx, officeOfUnit(kind, unit), on);
}

const chooseOther = 'Chọn cơ quan đang hoạt động: thonban office list';

const officeEnded = ({ name }: Office): Problem =>
  new Problem('refused', {
    code: 'office-ended',
    what: `${name} đã kết thúc.`,
    why: 'Không ai giữ vai trò ở một cơ quan đã kết thúc.',
    todo: chooseOther,
  });

const officeNotBegun = ({ name, validFrom }: Office): Problem =>
  new Problem('refused', {
    code: 'office-not-begun',
    what: `${name} hoạt động từ ngày ${formatDate(validFrom)}.`,
    why: 'Trước ngày đó không ai giữ vai trò ở đây.',
    todo: `Chọn ngày bắt đầu từ ngày đó. ${chooseOther}`,
  });

const officeElsewhere = ({ name }: Office, scope: Scope): Problem =>
  new Problem('refused', {
    code: 'office-elsewhere',
    what: `${name} không phụ trách ${scope.words}.`,
    why: 'Vai trò giữ ở cơ quan của chính địa bàn đó, hoặc của cấp trên.',
    todo: chooseOther,
  });
