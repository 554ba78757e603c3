import { areaRegister, sameUnit, scopeOfUnit, keyIn } from '../../../areas/index.js';
import type { Unit, UnitKey } from '../../../areas/index.js';
import type { PlainDate } from '../../../kernel/index.js';
import { formatDate } from '../../../kernel/index.js';
import { audit, moveJobs } from '../../../store/index.js';
import type { AuditEntry, Tx } from '../../../store/index.js';
import type { Assignment } from '../assignments.js';
import {
  accountOfPerson,
  endAssignment,
  findAssignment,
  insertAssignment,
} from '../assignments.js';
import { communeOf, ensureOffice, findOffice, officeOfUnit } from '../office.js';
import type { MoveDays } from './move-days.js';
import type { InUnit, MovePlan, RoleStep } from './move-plan.js';
import type { OtherRooms } from './read-unit.js';
import type { Days } from './stretches.js';
import { overlap } from './stretches.js';

/** What ended, and what goes on instead: nothing, one row, or several one after the other. */
interface Replaced {
  ended: string;
  opened: string[];
}

/** What was done, by ids. */
export interface MoveResult {
  offices: string[];
  roles: Replaced[];
  delegations: Replaced[];
  lists: readonly string[];
  imports: readonly string[];
  jobs: readonly string[];
  inspections: readonly string[];
}

interface Step {
  tx: Tx;
  moveId: string;
  plan: MovePlan;
  there: InUnit;
  days: MoveDays;
  reason: string;
  /** Names of offices that were looked up, by their ids. */
  names: Map<string, string | null>;
}

/** A row by which a role is held in the days it is held by it. */
type Source = Days & Pick<Assignment, 'assignmentId' | 'officeId' | 'scopeKey'>;

/**
 * Carries a plan out: roles and offices of the unit end, and are held at its successor from then on. Each
 * thing that moves has its entry in the log. A plan with anything undecided is not carried out at all.
 */
export async function executeMove(
  at: Omit<Step, 'reason' | 'names'>,
  rooms: OtherRooms,
): Promise<MoveResult> {
  const { plan, there } = at;
  if (plan.undecided > 0) throw new RangeError('a plan with open questions');
  const reason = `Đơn vị sắp xếp lại từ ngày ${formatDate(plan.on)}`;
  const step: Step = { ...at, reason, names: new Map() };
  const roles: Replaced[] = [];
  const delegations: Replaced[] = [];
  const held = new Map([...there.roles, ...there.elsewhere].map((one) => [one.assignmentId, one]));
  for (const one of plan.roles) {
    const sources = await moveRole(step, held.get(one.assignmentId)!, one);
    roles.push({ ended: one.assignmentId, opened: idsOf(sources) });
    for (const handed of there.delegations) {
      if (handed.delegatedFrom !== one.assignmentId) continue;
      delegations.push(await moveDelegation(step, handed, sources));
    }
  }
  for (const { officeId, kind, name } of plan.offices) await moveOffice(step, officeId, kind, name);
  const work = await moveWork(step, rooms);
  return { offices: there.offices.map(({ officeId }) => officeId), roles, delegations, ...work };
}

const idsOf = (rows: readonly Pick<Assignment, 'assignmentId'>[]): string[] => [
  ...new Set(rows.map(({ assignmentId }) => assignmentId)),
];

/** An entry about one thing that moved. */
function enter({ tx, moveId, reason }: Step, entry: AuditEntry, payload: object): Promise<string> {
  return audit(tx, { ...entry, reason, payload: { moveId, ...payload } });
}

/** Ends a role, with what was handed over from it. @returns the rows by which it goes on */
async function moveRole(step: Step, held: Assignment, { to, ...one }: RoleStep): Promise<Source[]> {
  const { tx, days, reason } = step;
  await endAssignment(tx, held, days.isLate ? 'now' : days.lastDay, reason);
  const sources: Source[] = [];
  if (one.scopeKey !== null && to !== null) {
    const officeId = await officeAfter(step, held.officeId, unitOf(keyIn(to)));
    for (const { heldAs, ...stretch } of one.stretches) {
      const spot = { officeId, scopeKey: one.scopeKey };
      const known = heldAs === null ? null : await findAssignment(tx, heldAs);
      const { personId, role } = held;
      const assignmentId =
        heldAs ?? (await insertAssignment(tx, { personId, role, ...spot, ...stretch }));
      sources.push({
        ...spot,
        ...(known && { officeId: known.officeId }),
        assignmentId,
        ...stretch,
      });
    }
  }
  const subjectId = await accountOfPerson(tx, held.personId);
  const subject = { subjectKind: 'account', subjectId, baseVersion: held.assignmentId };
  const payload = { role: held.role, ...(await changeOf(step, held, sources)) };
  await enter(step, { action: 'role.move', ...subject }, payload);
  return sources;
}

/** What a row was and what goes on in its place, for the log. */
async function changeOf(
  step: Step,
  { assignmentId, officeId, scopeKey, validTo }: Assignment,
  sources: readonly Source[],
) {
  const [first, last] = [sources[0], sources.at(-1)];
  const office = await officeName(step, officeId);
  const goesOn = first && {
    office: await officeName(step, first.officeId),
    scopeKey: first.scopeKey,
  };
  return {
    ...{ ended: assignmentId, opened: idsOf(sources), lastDay: step.days.lastDay },
    before: { office, scopeKey, validTo },
    after: goesOn ? { ...goesOn, validTo: last?.validTo ?? null } : null,
  };
}

async function officeName({ tx, names }: Step, officeId: string): Promise<string | null> {
  if (!names.has(officeId)) names.set(officeId, (await findOffice(tx, officeId))?.name ?? null);
  return names.get(officeId) ?? null;
}

/** The same kind of office at the successor, also for one that is over; one not of the unit goes on. */
async function officeAfter({ tx, plan, days }: Step, officeId: string, target: Unit) {
  const office = await findOffice(tx, officeId);
  if (!office?.unit || !sameUnit(office.unit, plan.from)) return officeId;
  return ensureOffice(tx, officeOfUnit(office.kind, target), days.day);
}

/** The same people, the same part, until the same day, from whatever its giver holds the role by then. */
async function moveDelegation(
  step: Step,
  one: Assignment,
  sources: readonly Source[],
): Promise<Replaced> {
  const { tx, days } = step;
  const made: Source[] = [];
  for (const source of sources) {
    const stretch = overlap(one, source, days.day);
    if (!stretch) continue;
    const { officeId, scopeKey } = source;
    const { personId, role, permissions, reason } = one;
    const assignmentId = await insertAssignment(tx, {
      ...{ personId, role, permissions, reason, officeId, scopeKey, ...stretch },
      delegatedFrom: source.assignmentId,
    });
    made.push({ ...source, ...stretch, assignmentId });
  }
  const subjectId = await accountOfPerson(tx, one.personId);
  const subject = { subjectKind: 'account', subjectId, baseVersion: one.assignmentId };
  const payload = { role: one.role, ...(await changeOf(step, one, made)) };
  await enter(step, { action: 'role.move-delegation', ...subject }, payload);
  return { ended: one.assignmentId, opened: idsOf(made) };
}

/** Ends an office; what stands below it is put below the one of its kind where it lies then. */
async function moveOffice(step: Step, officeId: string, kind: string, name: string): Promise<void> {
  const { tx, plan, days } = step;
  await moveBelow(step, officeId, kind);
  const { rows } = await tx.query<{ was: PlainDate | null; is: PlainDate }>(
    `update offices o set valid_to = greatest($2::date, o.valid_from)
     from offices earlier
     where o.office_id = $1 and earlier.office_id = o.office_id
     returning earlier.valid_to as was, o.valid_to as is`,
    [officeId, days.lastDay],
  );
  const change = { before: { validTo: rows[0]?.was }, after: { validTo: rows[0]?.is } };
  const subject = { subjectKind: 'office', subjectId: officeId };
  const payload = { name, successors: plan.successors, ...change };
  await enter(step, { action: 'office.move', ...subject }, payload);
}

async function moveBelow(step: Step, officeId: string, kind: string): Promise<void> {
  const { tx, plan, days } = step;
  const { rows } = await tx.query<{ officeId: string; name: string; placeId: string | null }>(
    `select office_id as "officeId", name, place_id as "placeId" from offices
     where parent_office_id = $1 and (valid_to is null or valid_to >= $2)
     order by name, office_id`,
    [officeId, days.day],
  );
  const [only] = plan.isWhole ? plan.successors : [];
  for (const child of rows) {
    const unit = only ?? (await communeOf(tx, child.placeId, days.day));
    const above = unit && (await ensureOffice(tx, officeOfUnit(kind, unitOf(unit)), days.day));
    await tx.query('update offices set parent_office_id = $2 where office_id = $1', [
      child.officeId,
      above,
    ]);
    const change = {
      before: { parent: await officeName(step, officeId) },
      after: { parent: above && (await officeName(step, above)) },
    };
    const subject = { subjectKind: 'office', subjectId: child.officeId };
    await enter(step, { action: 'office.move-below', ...subject }, { name: child.name, ...change });
  }
}

/** What is not finished goes with the whole unit; of a divided one it stays with the province. */
async function moveWork(step: Step, rooms: OtherRooms): Promise<InUnit['work']> {
  const { tx, plan, there } = step;
  const [to] = plan.isWhole ? plan.successors : [];
  if (!to) return { lists: [], imports: [], jobs: [], inspections: [] };
  await rooms.moveWork(tx, plan.from, to);
  const [was, is] = [plan.from, to].map(({ code, validFrom }) => scopeOfUnit(code, validFrom));
  await moveJobs(tx, was!, is!);
  const { lists, imports, jobs, inspections } = there.work;
  const entries = [
    ...lists.map((id) => ({ action: 'office.move-list', subjectKind: 'list', subjectId: id })),
    ...imports.map((id) => ({
      action: 'office.move-import',
      subjectKind: 'import',
      subjectId: id,
    })),
    ...jobs.map((id) => ({ action: 'office.move-job', subjectKind: 'job', subjectId: id })),
    ...inspections.map((id) => ({
      action: 'office.move-inspection',
      subjectKind: 'inspection',
      subjectId: id,
    })),
  ];
  const change = { before: { scopeKey: was }, after: { scopeKey: is } };
  for (const entry of entries) await enter(step, entry, change);
  return there.work;
}

function unitOf(key: UnitKey): Unit {
  const unit = areaRegister().unit(key);
  if (!unit) throw new RangeError(`no unit ${key.code}@${key.validFrom}`);
  return unit;
}
