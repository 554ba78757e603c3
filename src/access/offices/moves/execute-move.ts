import { areaRegister, scopeOfUnit } from '../../../areas/index.js';
import type { Unit, UnitKey } from '../../../areas/index.js';
import type { PlainDate } from '../../../kernel/index.js';
import { addDays, formatDate } from '../../../kernel/index.js';
import { audit } from '../../../store/index.js';
import type { AuditEntry, Tx } from '../../../store/index.js';
import type { Assignment } from '../assignments.js';
import {
  accountOfPerson,
  endAssignment,
  findAssignment,
  insertAssignment,
} from '../assignments.js';
import { communeOf, ensureOffice, officeOfUnit } from '../office.js';
import type { InUnit, MovePlan, RoleStep } from './move-plan.js';
import { ENDS, unitOfTarget } from './move-plan.js';
import type { OtherRooms } from './read-unit.js';

/** What was done, by the ids of what ended and of what was opened. */
export interface MoveResult {
  offices: string[];
  roles: { ended: string; opened: string | null }[];
  delegations: { ended: string; opened: string | null }[];
  lists: string[];
  imports: string[];
  jobs: string[];
}

interface Step {
  tx: Tx;
  moveId: string;
  plan: MovePlan;
  there: InUnit;
  /** The day of the plan, or today when it is carried out late: nothing is ended in hindsight. */
  day: PlainDate;
  reason: string;
}

/**
 * Carries a plan out: on the day before, roles and offices of the unit end; on the day, they are held at
 * its successor. Each thing that moves has its entry in the log. A plan with anything undecided is not
 * carried out at all.
 */
export async function executeMove(
  at: Pick<Step, 'tx' | 'moveId' | 'plan' | 'there' | 'day'>,
  rooms: OtherRooms,
): Promise<MoveResult> {
  const { plan, there } = at;
  if (plan.undecided > 0) throw new RangeError('a plan with open questions');
  const step: Step = { ...at, reason: `Đơn vị sắp xếp lại từ ngày ${formatDate(plan.on)}` };
  const roles: MoveResult['roles'] = [];
  const delegations: MoveResult['delegations'] = [];
  for (const one of plan.roles) {
    const done = await moveRole(step, one);
    if (done) roles.push(done.role);
    delegations.push(...(done?.delegations ?? []));
  }
  for (const { officeId, kind, name } of plan.offices) await moveOffice(step, officeId, kind, name);
  const work = await moveWork(step, rooms);
  return { offices: there.offices.map(({ officeId }) => officeId), roles, delegations, ...work };
}

/** An entry about one thing that moved. */
function enter({ tx, moveId, reason }: Step, entry: AuditEntry, payload: object): Promise<string> {
  return audit(tx, { ...entry, reason, payload: { moveId, ...payload } });
}

async function moveRole(step: Step, { assignmentId, to, heldThere }: RoleStep) {
  const { tx, plan, day, reason } = step;
  const held = await findAssignment(tx, assignmentId);
  if (!held) return null;
  // Read before the source ends, which ends them too.
  const handedOn = step.there.delegations.filter((one) => one.delegatedFrom === assignmentId);
  await endAssignment(tx, held, addDays(day, -1), reason);
  const target = to === ENDS || to === null ? null : unitOf(unitOfTarget(to));
  const opened = target && (heldThere ?? (await openRole(step, held, target)));
  const subject = { subjectKind: 'account', subjectId: await accountOfPerson(tx, held.personId) };
  const payload = { ended: held.assignmentId, opened, role: held.role, from: plan.from, to };
  await enter(step, { action: 'role.move', ...subject }, payload);
  const delegations: MoveResult['delegations'] = [];
  for (const one of handedOn) delegations.push(await moveDelegation(step, one, opened));
  return { role: { ended: held.assignmentId, opened }, delegations };
}

async function openRole(step: Step, held: Assignment, target: Unit): Promise<string> {
  const { tx, day } = step;
  return insertAssignment(tx, {
    ...{ personId: held.personId, role: held.role, validTo: held.validTo },
    officeId: await officeAfter(step, held.officeId, target),
    scopeKey: scopeOfUnit(target.code, target.validFrom),
    validFrom: laterOf(day, held.validFrom),
  });
}

/** The same kind of office at the successor; an office that is not of the unit goes on. */
async function officeAfter({ tx, plan, day }: Step, officeId: string, target: Unit) {
  const ending = plan.offices.find((one) => one.officeId === officeId);
  return ending ? ensureOffice(tx, officeOfUnit(ending.kind, target), day) : officeId;
}

/** The same people, the same part, until the same day. */
async function moveDelegation(step: Step, one: Assignment, source: string | null) {
  const { tx, day } = step;
  const held = source === null ? null : await findAssignment(tx, source);
  const validFrom = laterOf(day, one.validFrom);
  const isLeft = held !== null && one.validTo !== null && one.validTo >= validFrom;
  const opened = isLeft
    ? await insertAssignment(tx, {
        ...{ personId: one.personId, officeId: held.officeId, role: one.role },
        ...{ scopeKey: held.scopeKey, validFrom, validTo: one.validTo },
        ...{ delegatedFrom: held.assignmentId, permissions: one.permissions, reason: one.reason },
      })
    : null;
  const subject = { subjectKind: 'account', subjectId: await accountOfPerson(tx, one.personId) };
  const payload = { ended: one.assignmentId, opened, role: one.role };
  await enter(step, { action: 'role.move-delegation', ...subject }, payload);
  return { ended: one.assignmentId, opened };
}

/** Ends an office; what stands below it stands below the same kind of office of the unit it lies in then. */
async function moveOffice(step: Step, officeId: string, kind: string, name: string): Promise<void> {
  const { tx, plan, day } = step;
  const { rows } = await tx.query<{ officeId: string; placeId: string | null }>(
    `select office_id as "officeId", place_id as "placeId" from offices
     where parent_office_id = $1 and (valid_to is null or valid_to >= $2)`,
    [officeId, day],
  );
  for (const child of rows) {
    const [only] = plan.isWhole ? plan.successors : [];
    const unit = only ?? (await communeOf(tx, child.placeId, day));
    const above = unit && (await ensureOffice(tx, officeOfUnit(kind, unitOf(unit)), day));
    await tx.query('update offices set parent_office_id = $2 where office_id = $1', [
      child.officeId,
      above,
    ]);
  }
  await tx.query(
    `update offices set valid_to = greatest($2::date, valid_from)
     where office_id = $1 and (valid_to is null or valid_to > $2::date)`,
    [officeId, addDays(day, -1)],
  );
  const subject = { subjectKind: 'office', subjectId: officeId };
  await enter(step, { action: 'office.move', ...subject }, { name, successors: plan.successors });
}

/** What is not finished goes with the whole unit; of a divided one it stays with the province. */
async function moveWork(step: Step, rooms: OtherRooms) {
  const { tx, plan, there } = step;
  const [to] = plan.isWhole ? plan.successors : [];
  if (!to) return { lists: [], imports: [], jobs: [] };
  const { lists, imports, jobs } = there.work;
  await rooms.moveWork(tx, plan.from, to);
  const keys = [plan.from, to].map(({ code, validFrom }) => scopeOfUnit(code, validFrom));
  await tx.query(
    `update jobs set scope_keys = array_replace(scope_keys, $1, $2)
     where state in ('queued', 'running') and $1 = any (scope_keys)`,
    keys,
  );
  const entries = [
    ...lists.map((id) => ({ action: 'office.move-list', subjectKind: 'list', subjectId: id })),
    ...imports.map((id) => ({
      action: 'office.move-import',
      subjectKind: 'import',
      subjectId: id,
    })),
    ...jobs.map((id) => ({ action: 'office.move-job', subjectKind: 'job', subjectId: id })),
  ];
  for (const entry of entries) await enter(step, entry, { from: plan.from, to });
  return { lists: [...lists], imports: [...imports], jobs: [...jobs] };
}

function unitOf(key: UnitKey): Unit {
  const unit = areaRegister().unit(key);
  if (!unit) throw new RangeError(`no unit ${key.code}@${key.validFrom}`);
  return unit;
}

const laterOf = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b);
