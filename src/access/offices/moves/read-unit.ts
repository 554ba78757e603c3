import { scopeOfUnit } from '../../../areas/index.js';
import type { UnitKey } from '../../../areas/index.js';
import type { PlainDate } from '../../../kernel/index.js';
import type { Tx } from '../../../store/index.js';
import type { Assignment } from '../assignments.js';
import { ASSIGNMENT_COLUMNS } from '../assignments.js';
import { inForce } from '../held-on.js';
import type { OfficeRow } from '../office.js';
import { OFFICE_COLUMNS, officeOf } from '../office.js';
import type { InUnit, MoveOf, OpenWork } from './move-plan.js';

/** What a move does to things that lie in other rooms. */
export interface OtherRooms {
  /** What is not finished in a unit. */
  openWork: (tx: Tx, unit: UnitKey) => Promise<Pick<OpenWork, 'lists' | 'imports'>>;
  /** Hands it over on the day to the unit that takes all of this one. */
  moveWork: (tx: Tx, from: UnitKey, to: UnitKey) => Promise<void>;
}

/** Not over on the day: what is there, and what is to begin. */
const NOT_OVER = 'r.withdrawn_at is null and (r.valid_to is null or r.valid_to >= $2)';

/** Everything of a unit that a move concerns, as it stands now for the day of the move. */
export async function readUnit(
  tx: Tx,
  { from, successors }: MoveOf,
  day: PlainDate,
  rooms: OtherRooms,
): Promise<InUnit> {
  const key = scopeOfUnit(from.code, from.validFrom);
  const offices = await tx.query<OfficeRow>(
    `select ${OFFICE_COLUMNS} from offices o
     where o.unit_code = $1 and o.unit_valid_from = $2 and (o.valid_to is null or o.valid_to >= $3)
     order by o.valid_from, o.office_id`,
    [from.code, from.validFrom, day],
  );
  const held = await tx.query<Assignment>(
    `select ${ASSIGNMENT_COLUMNS} from role_assignments r
     where r.scope_key = $1 and r.delegated_from is null and ${NOT_OVER}
     order by r.valid_from, r.assignment_id`,
    [key, day],
  );
  const delegations = await tx.query<Assignment>(
    `select ${ASSIGNMENT_COLUMNS} from role_assignments r
     where r.delegated_from = any ($1::uuid[]) and ${NOT_OVER}
     order by r.valid_from, r.assignment_id`,
    [held.rows.map((row) => row.assignmentId), day],
  );
  const there = await tx.query<InUnit['heldThere'][number]>(
    `select ${ASSIGNMENT_COLUMNS} from role_assignments r
     where r.scope_key = any ($1) and r.delegated_from is null and ${inForce('r', '$2', '$3')}`,
    [successors.map((unit) => scopeOfUnit(unit.code, unit.validFrom)), day, tx.now],
  );
  return {
    offices: offices.rows.map(officeOf),
    ...{ roles: held.rows, delegations: delegations.rows, heldThere: there.rows },
    work: { ...(await rooms.openWork(tx, from)), jobs: await openJobs(tx, key) },
  };
}

/** Jobs in the name of who answers for the unit, waiting or running. */
async function openJobs(tx: Tx, key: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select job_id as id from jobs where state in ('queued', 'running') and $1 = any (scope_keys)
     order by created_at, job_id`,
    [key],
  );
  return rows.map(({ id }) => id);
}
