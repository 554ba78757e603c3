import { areaRegister, scopeOfProvince, scopeOfUnit } from '../../../areas/index.js';
import type { Unit, UnitKey } from '../../../areas/index.js';
import type { PlainDate } from '../../../kernel/index.js';
import { scopesFor } from '../../../store/index.js';
import type { Tx } from '../../../store/index.js';
import { moveDays } from './move-days.js';
import { lineageEvents } from './move-plan.js';
import type { MoveState } from './move-rows.js';
import { movesBy } from './move-rows.js';

/** A move in a list. */
export interface MoveLine {
  moveId: string;
  unitCode: string;
  unitName: string;
  on: PlainDate;
  state: MoveState;
  /** How many of each, as it was shown when it was planned. */
  offices: number;
  roles: number;
  delegations: number;
  /** Why it could not be carried out on its day. */
  problem: { problem: { what: string; why: string | null; todo: string | null } } | null;
  plannedAt: Date;
  /** `null` = the installation. */
  plannedBy: string | null;
  executedAt: Date | null;
  voidedAt: Date | null;
  voidReason: string | null;
}

/** Moves of the provinces the actor plans for, the next ones first. */
export async function listMoves(tx: Tx, only: MoveState | null = null): Promise<MoveLine[]> {
  const { rows } = await tx.query<MoveLine>(
    `select m.move_id as "moveId", m.from_code as "unitCode", u.name as "unitName",
       m.effective_on as "on", m.state, m.problem, m.planned_at as "plannedAt",
       jsonb_array_length(m.plan -> 'offices') as offices,
       jsonb_array_length(m.plan -> 'roles') as roles,
       jsonb_array_length(m.plan -> 'delegations') as delegations, p.full_name as "plannedBy", m.executed_at as "executedAt", m.voided_at as "voidedAt",
       m.void_reason as "voidReason"
     from office_moves m
     join units u on u.code = m.from_code and u.valid_from = m.from_valid_from
     left join accounts a on a.account_id = m.actor_id
     left join people p on p.person_account_id = a.person_account_id
     where 'p:' || u.province_code = any ($1) and ($2::text is null or m.state = $2)
     order by m.state <> 'planned', m.effective_on desc, m.planned_at desc limit 500`,
    [scopesFor(tx.actor, 'office:propose'), only],
  );
  return rows;
}

/** Whether a move of a unit waits, or was done; `null` = neither. */
export async function moveStateOf(tx: Tx, { code, validFrom }: UnitKey): Promise<MoveState | null> {
  const key = scopeOfUnit(code, validFrom);
  return (await movesBy(tx, [key])).get(key) ?? null;
}

/** A commune that ends on a day, with what its offices hold still. */
export interface EndingUnit {
  unit: Unit;
  /** Names of what it goes into; none when it was abolished. */
  successors: readonly string[];
  isWhole: boolean;
  offices: number;
  roles: number;
  /** The move that waits, or else the one that was done, if any. */
  moveState: MoveState | null;
}

/** Days on which communes of a province end, by the register, the latest first. */
export const eventDays = (provinceCode: string): { on: PlainDate; units: number }[] =>
  lineageEvents(areaRegister(), provinceCode).map(({ on, units }) => ({
    on,
    units: units.length,
  }));

/** What ends on a day: first what still holds roles or offices. Numbers alone. */
export async function unitsEnding(
  tx: Tx,
  provinceCode: string,
  on: PlainDate,
): Promise<EndingUnit[]> {
  const register = areaRegister();
  const event = lineageEvents(register, provinceCode).find((one) => one.on === on);
  if (!event || !scopesFor(tx.actor, 'office:propose').includes(scopeOfProvince(provinceCode))) {
    return [];
  }
  const keys = event.units.map(({ code, validFrom }) => scopeOfUnit(code, validFrom));
  const { day, lastDay } = moveDays(on, tx.now);
  const [roles, offices, moves] = [
    await countBy(tx, ROLES, [keys, day]),
    await countBy(tx, OFFICES, [keys, lastDay]),
    await movesBy(tx, keys),
  ];
  const lines = event.units.map((unit, at): EndingUnit => {
    const found = register.successorsOf(unit, on);
    const key = keys[at]!;
    return {
      unit,
      successors: found.map((one) => one.unit.name),
      isWhole: found.length === 1 && found[0]?.part === 'full',
      offices: offices.get(key) ?? 0,
      roles: roles.get(key) ?? 0,
      moveState: moves.get(key) ?? null,
    };
  });
  const isEmpty = ({ offices: n, roles: m }: EndingUnit) => n + m === 0;
  return lines.sort((a, b) => Number(isEmpty(a)) - Number(isEmpty(b)));
}

/** Over the unit, or in one of its offices. */
const ROLES = `
  select found.key, count(*)::integer as n
  from role_assignments r
  left join offices o on o.office_id = r.office_id
  cross join lateral (select case when r.scope_key = any ($1) then r.scope_key
    else 'u:' || o.unit_code || '@' || o.unit_valid_from end as key) found
  where found.key = any ($1) and r.delegated_from is null and r.withdrawn_at is null
    and (r.valid_to is null or r.valid_to >= $2)
  group by 1`;

const OFFICES = `
  select 'u:' || o.unit_code || '@' || o.unit_valid_from as key, count(*)::integer as n
  from offices o
  where 'u:' || o.unit_code || '@' || o.unit_valid_from = any ($1)
    and (o.valid_to is null or o.valid_to > $2)
  group by 1`;

async function countBy(tx: Tx, sql: string, params: unknown[]): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ key: string; n: number }>(sql, params);
  return new Map(rows.map(({ key, n }) => [key, n]));
}
