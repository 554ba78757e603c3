import { areaRegister, scopeOfUnit } from '../../../areas/index.js';
import type { UnitKey } from '../../../areas/index.js';
import type { PlainDate } from '../../../kernel/index.js';
import { openJobsOf } from '../../../store/index.js';
import type { Tx } from '../../../store/index.js';
import type { Assignment } from '../assignments.js';
import { ASSIGNMENT_COLUMNS } from '../assignments.js';
import type { OfficeRow } from '../office.js';
import { OFFICE_COLUMNS, communeOf, officeOf } from '../office.js';
import { readScopeKey } from '../scope-text.js';
import type { MoveDays } from './move-days.js';
import type { HeldElsewhere, HeldThere, InUnit, MoveOf, OpenWork } from './move-plan.js';

/** What a move does to things that lie in other rooms. */
export interface OtherRooms {
  /** What is not finished in a unit. */
  openWork: (tx: Tx, unit: UnitKey) => Promise<Omit<OpenWork, 'jobs'>>;
  /** Hands it over on the day to the unit that takes all of this one. */
  moveWork: (tx: Tx, from: UnitKey, to: UnitKey) => Promise<void>;
}

/** Not over on the day: what is there, and what is to begin. */
const NOT_OVER = 'r.withdrawn_at is null and (r.valid_to is null or r.valid_to >= $2)';

/** Everything of a unit that a move concerns, as it stands now for the days of the move. */
export async function readUnit(
  tx: Tx,
  { from, successors }: MoveOf,
  { day, lastDay }: MoveDays,
  rooms: OtherRooms,
): Promise<InUnit> {
  const key = scopeOfUnit(from.code, from.validFrom);
  const offices = await tx.query<OfficeRow>(
    `select ${OFFICE_COLUMNS} from offices o
     where o.unit_code = $1 and o.unit_valid_from = $2 and (o.valid_to is null or o.valid_to > $3)
     order by o.valid_from, o.office_id`,
    [from.code, from.validFrom, lastDay],
  );
  // In offices of the unit that are over, too: a role that came afterwards gives nothing until it moves.
  const held = await heldNow(
    tx,
    `(r.scope_key = $1 or r.office_id in (select o.office_id from offices o
       where o.unit_code = $3 and o.unit_valid_from = $4)) and r.delegated_from is null`,
    [key, day, from.code, from.validFrom],
  );
  const ids = held.map((row) => row.assignmentId);
  const delegations = await heldNow(tx, 'r.delegated_from = any ($1::uuid[])', [ids, day]);
  const roles = held.filter(({ scopeKey }) => scopeKey === key);
  const elsewhere: HeldElsewhere[] = [];
  for (const one of held.filter(({ scopeKey }) => scopeKey !== key)) {
    elsewhere.push({ ...one, liesIn: await unitOfScope(tx, one.scopeKey, day) });
  }
  const keys = [
    ...successors.map((unit) => scopeOfUnit(unit.code, unit.validFrom)),
    ...elsewhere.map(({ scopeKey }) => scopeKey),
  ];
  const there: HeldThere[] = await heldNow(
    tx,
    `r.scope_key = any ($1) and r.delegated_from is null and r.assignment_id <> all ($3::uuid[])`,
    [keys, day, ids],
  );
  return {
    offices: offices.rows.map(officeOf),
    ...{ roles, elsewhere, delegations, heldThere: there },
    work: { ...(await rooms.openWork(tx, from)), jobs: await openJobsOf(tx, key) },
  };
}

async function heldNow(tx: Tx, which: string, params: unknown[]): Promise<Assignment[]> {
  const { rows } = await tx.query<Assignment>(
    `select ${ASSIGNMENT_COLUMNS} from role_assignments r where ${which} and ${NOT_OVER}
     order by r.valid_from, r.assignment_id`,
    params,
  );
  return rows;
}

/** The commune in which what a scope key names lies for certain on the day; a commune is its own. */
async function unitOfScope(tx: Tx, key: string, day: PlainDate): Promise<UnitKey | null> {
  const target = readScopeKey(key);
  if (target?.level === 'village') return communeOf(tx, target.placeId, day);
  const unit = target?.level === 'unit' ? areaRegister().unit(target.unit) : undefined;
  const isThere = unit && (unit.validTo === null || unit.validTo >= day);
  return isThere ? { code: unit.code, validFrom: unit.validFrom } : null;
}
