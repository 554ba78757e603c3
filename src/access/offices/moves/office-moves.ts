import { areaRegister, scopeOfProvince, scopeOfUnit } from '../../../areas/index.js';
import type { PlainDate } from '../../../kernel/index.js';
import { newId, today } from '../../../kernel/index.js';
import {
  SYSTEM_ACTOR,
  audit,
  enqueueJob,
  runCommand,
  scopesFor,
  withActor,
  withInstallationReach,
} from '../../../store/index.js';
import type { Actor, Store, Tx } from '../../../store/index.js';
import { roleReason } from '../assignments.js';
import { finishMove, planNow } from './carry-out.js';
import { executeMove } from './execute-move.js';
import type { Choices, InUnit, MoveOf, MovePlan } from './move-plan.js';
import { isEmptyMove, moveOf } from './move-plan.js';
import { moveProblems } from './move-problems.js';
import type { MoveState } from './move-rows.js';
import { findMove, lockMoves, movesBy } from './move-rows.js';
import type { OtherRooms } from './read-unit.js';

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
  // Counts of unfinished work are read as the installation: they are numbers, and name no household.
  return withActor(
    store,
    SYSTEM_ACTOR(provinceOf(move)),
    async (tx) => (await planNow(tx, move, input.choices ?? {}, rooms)).plan,
    { readOnly: true },
  );
}

/** The move, if the actor plans for the province of the unit. */
function ownMove({ actor, unitCode, on }: MoveInput): MoveOf {
  const move = moveOf(areaRegister(), unitCode, on);
  if (plansFor(actor, move.from.provinceCode)) return move;
  throw moveProblems.notHere();
}

const plansFor = (actor: Actor, provinceCode: string): boolean =>
  scopesFor(actor, 'office:propose').includes(scopeOfProvince(provinceCode));

const provinceOf = ({ from }: MoveOf): string[] => [scopeOfProvince(from.provinceCode)];

export interface PlannedMove {
  moveId: string;
  state: MoveState;
  plan: MovePlan;
}

/**
 * Plans a move for its day: a job carries it out then, not before. One whose day has come is carried out
 * at once, in the name of who asks for it. What a unit still holds after its move is moved by a further one.
 * @throws Problem `move-undecided` naming how many roles need a person, `move-planned-already`,
 *   `move-nothing-left`
 */
export async function planOfficeMove(
  store: Store,
  input: MoveInput & { commandId: string },
  rooms: OtherRooms,
): Promise<PlannedMove> {
  const { actor, commandId, unitCode, on, choices = {} } = input;
  const move = ownMove(input);
  const facts = { unitCode, on, choices };
  const permission = 'office:propose' as const;
  const call = { actor, commandId, name: 'office.plan-move', permission };
  const moveId = await runCommand(store, { ...call, input: facts }, async (tx) => {
    await lockMoves(tx);
    const asInstallation = <T>(work: () => Promise<T>) =>
      withInstallationReach(tx, provinceOf(move), work);
    const now = await asInstallation(() => planNow(tx, move, choices, rooms));
    const { plan, there } = now;
    await refuseTwice(tx, move, there);
    if (plan.undecided > 0) throw moveProblems.undecided(plan.undecided);
    const id = await insertMove(tx, move, plan);
    const payload = { ...facts, unitName: move.from.name, offices: plan.offices.length };
    await enter(tx, 'office.plan-move', id, { ...payload, roles: plan.roles.length });
    if (on <= today(tx.clock)) {
      const result = await asInstallation(() => executeMove({ tx, moveId: id, ...now }, rooms));
      await finishMove(tx, { moveId: id, fromName: move.from.name }, result);
    }
    return id;
  });
  // Of a form that is sent again: what became of it meanwhile.
  const row = await withActor(store, actor, (tx) => findMove(tx, moveId), { readOnly: true });
  if (!row) throw moveProblems.notFound();
  return { moveId, state: row.state, plan: row.plan };
}

/** One whose day has come needs no job: it is done in the same transaction. */
async function insertMove(tx: Tx, { from, on }: MoveOf, plan: MovePlan): Promise<string> {
  const id = newId(tx.clock);
  const notBefore = new Date(`${on}T00:00:00+07:00`);
  const jobId =
    on <= today(tx.clock) ? null : await enqueueJob(tx, MOVE_JOB, { moveId: id }, { notBefore });
  await tx.query(
    `insert into office_moves (move_id, from_code, from_valid_from, effective_on, state, choices,
       plan, job_id, actor_id, command_id, planned_at)
     values ($1, $2, $3, $4, 'planned', $5, $6, $7, $8, $9, $10)`,
    [
      ...[id, from.code, from.validFrom, on, JSON.stringify(decided(plan))],
      ...[JSON.stringify(plan), jobId, tx.actor.id, tx.commandId, tx.now],
    ],
  );
  return id;
}

const enter = (
  tx: Tx,
  action: 'office.plan-move' | 'office.void-move',
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

/** One plan waits at a time; after a move was done, only for what is left. */
async function refuseTwice(tx: Tx, { from }: MoveOf, there: InUnit): Promise<void> {
  const key = scopeOfUnit(from.code, from.validFrom);
  const known = (await movesBy(tx, [key])).get(key);
  if (known === 'planned') throw moveProblems.plannedAlready(from.name);
  if (known === 'executed' && isEmptyMove(there)) throw moveProblems.nothingLeft(from.name);
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
    await lockMoves(tx);
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
