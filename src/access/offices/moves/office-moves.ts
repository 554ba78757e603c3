import { areaRegister, scopeOfProvince } from '../../../areas/index.js';
import type { PlainDate } from '../../../kernel/index.js';
import { newId, today } from '../../../kernel/index.js';
import type { Problem } from '../../../kernel/index.js';
import {
  SYSTEM_ACTOR,
  audit,
  enqueueJob,
  runCommand,
  scopesFor,
  withActor,
} from '../../../store/index.js';
import type { Actor, Store, Tx } from '../../../store/index.js';
import { roleReason } from '../assignments.js';
import type { MoveResult } from './execute-move.js';
import { executeMove } from './execute-move.js';
import type { Choices, MoveOf, MovePlan } from './move-plan.js';
import { moveOf, planMove } from './move-plan.js';
import { moveProblems } from './move-problems.js';
import type { OtherRooms } from './read-unit.js';
import { readUnit } from './read-unit.js';

export interface MoveInput {
  actor: Actor;
  /** Code of the commune that ends. */
  unitCode: string;
  /** The first day without it. */
  on: PlainDate;
  choices?: Choices;
}

export const MOVE_JOB = 'office.move';

/**
 * What would move, where, and what needs a person; writes nothing.
 * @throws Problem `move-unit-unknown`, `move-no-change`, `unit-not-found`
 */
export async function previewMove(
  store: Store,
  input: MoveInput,
  rooms: OtherRooms,
): Promise<MovePlan> {
  const move = ownMove(input);
  return withActor(
    store,
    everywhere(move),
    async (tx) => (await planNow(tx, move, input.choices ?? {}, rooms)).plan,
    { readOnly: true },
  );
}

async function planNow(tx: Tx, move: MoveOf, choices: Choices, rooms: OtherRooms) {
  const now = today(tx.clock);
  const day = move.on > now ? move.on : now;
  const there = await readUnit(tx, move, day, rooms);
  return { plan: planMove(move, there, choices), there, day };
}

/** The move, if the actor plans for the province of the unit. */
function ownMove({ actor, unitCode, on }: MoveInput): MoveOf {
  const move = moveOf(areaRegister(), unitCode, on);
  if (plansFor(actor, move.from.provinceCode)) return move;
  throw moveProblems.notHere();
}

const plansFor = (actor: Actor, provinceCode: string): boolean =>
  scopesFor(actor, 'office:propose').includes(scopeOfProvince(provinceCode));

/** Counts of unfinished work are read as the installation: they are numbers, and name no household. */
const everywhere = ({ from }: MoveOf): Actor => SYSTEM_ACTOR([scopeOfProvince(from.provinceCode)]);

export type MoveState = 'planned' | 'executed' | 'voided';

export interface PlannedMove {
  moveId: string;
  state: MoveState;
  plan: MovePlan;
  /** Why it was not carried out, although its day has come. */
  problem: Problem | null;
}

/**
 * Plans a move for its day: a job carries it out then, not before. One whose day has come is carried out
 * at once.
 * @throws Problem `move-undecided` naming how many roles need a person, `move-planned-already`
 */
export async function planOfficeMove(
  store: Store,
  input: MoveInput & { commandId: string },
  rooms: OtherRooms,
): Promise<PlannedMove> {
  const { actor, commandId, unitCode, on, choices = {} } = input;
  const move = ownMove(input);
  const plan = await previewMove(store, input, rooms);
  if (plan.undecided > 0) throw moveProblems.undecided(plan.undecided);
  const facts = { unitCode, on, choices };
  const permission = 'office:propose' as const;
  const call = { actor, commandId, name: 'office.plan-move', permission };
  const moveId = await runCommand(store, { ...call, input: facts }, async (tx) => {
    await tx.query('select pg_advisory_xact_lock(7400021, hashtext($1))', [unitCode]);
    await refusePlanned(tx, move);
    const id = newId(tx.clock);
    const notBefore = new Date(`${on}T00:00:00+07:00`);
    const jobId = await enqueueJob(tx, MOVE_JOB, { moveId: id }, { notBefore });
    await tx.query(
      `insert into office_moves (move_id, from_code, from_valid_from, effective_on, state, choices,
         plan, job_id, actor_id, command_id, planned_at)
       values ($1, $2, $3, $4, 'planned', $5, $6, $7, $8, $9, $10)`,
      [
        ...[id, move.from.code, move.from.validFrom, on, JSON.stringify(decided(plan))],
        ...[JSON.stringify(plan), jobId, tx.actor.id, tx.commandId, tx.now],
      ],
    );
    const payload = { ...facts, unitName: move.from.name, offices: plan.offices.length };
    await enter(tx, 'office.plan-move', id, { ...payload, roles: plan.roles.length });
    return id;
  });
  if (on > today(store.clock)) return { moveId, state: 'planned', plan, problem: null };
  return { moveId, plan, ...(await carryOut(store, moveId, rooms)) };
}

const enter = (
  tx: Tx,
  action: 'office.plan-move' | 'office.move-done' | 'office.void-move',
  moveId: string,
  payload: unknown,
  reason: string | null = null,
): Promise<string> =>
  audit(tx, { action, subjectKind: 'office-move', subjectId: moveId, payload, reason });

/** Every role with where it goes, so that the day itself asks nothing that was answered. */
const decided = (plan: MovePlan): Choices =>
  Object.fromEntries(
    plan.roles.flatMap(({ assignmentId, to }) => (to === null ? [] : [[assignmentId, to]])),
  );

async function refusePlanned(tx: Tx, { from }: MoveOf): Promise<void> {
  const { rowCount } = await tx.query(
    `select from office_moves where from_code = $1 and from_valid_from = $2 and state <> 'voided'`,
    [from.code, from.validFrom],
  );
  if (rowCount > 0) throw moveProblems.plannedAlready(from.name);
}

interface MoveRow {
  moveId: string;
  fromCode: string;
  fromName: string;
  provinceCode: string;
  on: PlainDate;
  state: MoveState;
  choices: Choices;
}

const FIND = `
  select m.move_id as "moveId", m.from_code as "fromCode", u.name as "fromName",
    u.province_code as "provinceCode", m.effective_on as "on", m.state, m.choices
  from office_moves m join units u on u.code = m.from_code and u.valid_from = m.from_valid_from
  where m.move_id = $1`;

async function findMove(tx: Tx, moveId: string): Promise<MoveRow | null> {
  const { rows } = await tx.query<MoveRow>(FIND, [moveId]);
  return rows[0] ?? null;
}

/** Two who would carry out or take back the same move wait for each other. */
const lockMove = (tx: Tx, moveId: string): Promise<unknown> =>
  tx.query('select pg_advisory_xact_lock(7400023, hashtext($1))', [moveId]);

/** Outcome of carrying out; `planned` with a problem when somebody has to look first. */
export type CarriedOut = Pick<PlannedMove, 'state' | 'problem'>;

/**
 * Carries a planned move out as things stand on its day. A role that turned up since and has no certain
 * successor stops all of it, and that is noted with the move. Again for a move that is done: nothing.
 * @throws Problem `move-not-found`, `move-not-yet`
 */
export async function carryOut(
  store: Store,
  moveId: string,
  rooms: OtherRooms,
): Promise<CarriedOut> {
  const known = await withActor(store, SYSTEM_ACTOR([]), (tx) => findMove(tx, moveId), {
    readOnly: true,
  });
  if (!known) throw moveProblems.notFound();
  const actor = SYSTEM_ACTOR([scopeOfProvince(known.provinceCode)]);
  return withActor(store, actor, async (tx): Promise<CarriedOut> => {
    await lockMove(tx, moveId);
    const row = (await findMove(tx, moveId)) ?? known;
    if (row.state !== 'planned') return { state: row.state, problem: null };
    if (row.on > today(tx.clock)) throw moveProblems.notYet(row.on);
    const move = moveOf(areaRegister(), row.fromCode, row.on);
    const now = await planNow(tx, move, row.choices, rooms);
    if (now.plan.undecided > 0) return note(tx, moveId, now.plan.undecided);
    const result = await executeMove({ tx, moveId, ...now }, rooms);
    await finish(tx, row, result);
    return { state: 'executed', problem: null };
  });
}

async function note(tx: Tx, moveId: string, undecided: number): Promise<CarriedOut> {
  const problem = moveProblems.undecided(undecided);
  await tx.query('update office_moves set problem = $2 where move_id = $1', [
    moveId,
    JSON.stringify(problem.toJSON()),
  ]);
  return { state: 'planned', problem };
}

async function finish(tx: Tx, { moveId, fromName }: MoveRow, result: MoveResult): Promise<void> {
  await tx.query(
    `update office_moves set state = 'executed', executed_at = $2, result = $3, problem = null
     where move_id = $1`,
    [moveId, tx.now, JSON.stringify(result)],
  );
  const { roles, offices } = result;
  const payload = { unitName: fromName, roles: roles.length, offices: offices.length };
  await enter(tx, 'office.move-done', moveId, payload);
}

/**
 * Takes a planned move back before it was carried out.
 * @throws Problem `move-not-found`, `move-not-planned`, `reason-missing`
 */
export async function voidMove(
  store: Store,
  input: { actor: Actor; commandId: string; moveId: string; reason: string },
): Promise<void> {
  const { actor, commandId, moveId } = input;
  const reason = roleReason(input.reason);
  const permission = 'office:propose' as const;
  const call = { actor, commandId, name: 'office.void-move', permission, reason };
  await runCommand(store, { ...call, input: { moveId, reason } }, async (tx) => {
    await lockMove(tx, moveId);
    const row = await findMove(tx, moveId);
    if (!row || !plansFor(actor, row.provinceCode)) throw moveProblems.notFound();
    if (row.state !== 'planned') throw moveProblems.notPlanned();
    await tx.query(
      `update office_moves set state = 'voided', voided_at = $2, void_reason = $3
       where move_id = $1`,
      [moveId, tx.now, reason],
    );
    await enter(tx, 'office.void-move', moveId, { unitName: row.fromName }, reason);
  });
}
