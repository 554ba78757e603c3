import { areaRegister, scopeOfProvince } from '../../../areas/index.js';
import { Problem, today } from '../../../kernel/index.js';
import { SYSTEM_ACTOR, audit, readJob, requeueJob, withActor } from '../../../store/index.js';
import type { Store, Tx } from '../../../store/index.js';
import { executeMove } from './execute-move.js';
import type { MoveResult } from './execute-move.js';
import { moveDays } from './move-days.js';
import { moveOf, planMove } from './move-plan.js';
import type { Choices, InUnit, MoveOf, MovePlan } from './move-plan.js';
import { moveProblems } from './move-problems.js';
import type { MoveRow, MoveState } from './move-rows.js';
import { findMove, lockMoves } from './move-rows.js';
import type { OtherRooms } from './read-unit.js';
import { readUnit } from './read-unit.js';
import type { MoveDays } from './move-days.js';

/** The plan as things stand now, with what it was made from. */
export async function planNow(
  tx: Tx,
  move: MoveOf,
  choices: Choices,
  rooms: OtherRooms,
): Promise<{ plan: MovePlan; there: InUnit; days: MoveDays }> {
  const days = moveDays(move.on, tx.now);
  const there = await readUnit(tx, move, days, rooms);
  return { plan: planMove(move, there, choices, days.day), there, days };
}

/** Outcome of carrying out; `planned` with a problem when somebody has to look first. */
export interface CarriedOut {
  state: MoveState;
  problem: Problem | null;
}

/**
 * Carries a planned move out as things stand on its day. A role that turned up since and has no certain
 * successor stops all of it. What stopped it is noted with the move. Again for a move that is done: nothing.
 * @throws Problem `move-not-found`, `move-not-yet`; whatever else goes wrong, once it is noted
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
  if (known.on > today(store.clock)) throw moveProblems.notYet(known.on);
  const actor = SYSTEM_ACTOR([scopeOfProvince(known.provinceCode)]);
  try {
    return await withActor(store, actor, async (tx): Promise<CarriedOut> => {
      await lockMoves(tx);
      const row = (await findMove(tx, moveId)) ?? known;
      if (row.state !== 'planned') return { state: row.state, problem: null };
      const now = await planNow(
        tx,
        moveOf(areaRegister(), row.fromCode, row.on),
        row.choices,
        rooms,
      );
      if (now.plan.undecided > 0) {
        const problem = moveProblems.undecided(now.plan.undecided);
        await noteProblem(tx, moveId, problem.toJSON());
        return { state: 'planned', problem };
      }
      await finishMove(tx, row, await executeMove({ tx, moveId, ...now }, rooms));
      return { state: 'executed', problem: null };
    });
  } catch (error) {
    const problem = error instanceof Problem ? error : moveProblems.failed(error);
    await withActor(store, actor, (tx) => noteProblem(tx, moveId, problem.toJSON()));
    throw error;
  }
}

/** What is told on the page beside a move whose day has come. */
async function noteProblem(tx: Tx, moveId: string, problem: unknown): Promise<void> {
  await tx.query(`update office_moves set problem = $2 where move_id = $1 and state = 'planned'`, [
    moveId,
    JSON.stringify(problem),
  ]);
}

/** Keeps what was done with the move, and enters it. */
export async function finishMove(
  tx: Tx,
  { moveId, fromName }: Pick<MoveRow, 'moveId' | 'fromName'>,
  result: MoveResult,
): Promise<void> {
  await tx.query(
    `update office_moves set state = 'executed', executed_at = $2, result = $3, problem = null
     where move_id = $1`,
    [moveId, tx.now, JSON.stringify(result)],
  );
  const { roles, offices } = result;
  const payload = { unitName: fromName, roles: roles.length, offices: offices.length };
  const subject = { subjectKind: 'office-move', subjectId: moveId };
  await audit(tx, { action: 'office.move-done', ...subject, payload });
}

/** How long after a failure a move is tried again: somebody has to mend what stops it first. */
const AGAIN_MILLIS = 3_600_000;

/**
 * A move whose day has come and whose job came to an end without it (it failed, it waits for a person, the
 * process died under it) is queued once more, for an hour later, and says why it waits.
 */
export async function wakeMoves(store: Store): Promise<void> {
  await withActor(store, SYSTEM_ACTOR([]), async (tx) => {
    const { rows } = await tx.query<{ moveId: string; jobId: string; isNoted: boolean }>(
      `select move_id as "moveId", job_id as "jobId", problem is not null as "isNoted"
       from office_moves
       where state = 'planned' and effective_on <= $1 and job_id is not null`,
      [today(tx.clock)],
    );
    for (const { moveId, jobId, isNoted } of rows) {
      const job = await readJob(tx, jobId);
      if (job?.state !== 'done' && job?.state !== 'failed') continue;
      if (!isNoted && job.problem) await noteProblem(tx, moveId, job.problem);
      await requeueJob(tx, jobId, new Date(tx.now.getTime() + AGAIN_MILLIS));
    }
  });
}
