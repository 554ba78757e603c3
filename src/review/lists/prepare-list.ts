import { areaRegister } from '../../areas/index.js';
import type { Unit } from '../../areas/index.js';
import { day, cutText, tidyText, today } from '../../kernel/index.js';
import type { PlainDate } from '../../kernel/index.js';
import { readShared, runCommand } from '../../store/index.js';
import type { Actor, Store, Tx } from '../../store/index.js';
import { lockRound } from '../lock-round.js';
import { countsOf } from './counts.js';
import { inForceOf } from './decisions.js';
import type { ListRecord } from './list-records.js';
import { addList, addStep, rowsOf } from './list-records.js';
import type { ListCall } from './open-list.js';
import { actOnList, auditList, reasonOf } from './open-list.js';
import { enterMakers, takePart } from './parts.js';
import { listProblems } from './problems.js';
import type { RowsOf } from './snapshot.js';
import { freezeRows } from './snapshot.js';
import type { ListKind, ListUnit } from './types.js';
import { actorOver, scopesOver } from './unit-access.js';

export interface PrepareInput {
  actor: Actor;
  commandId: string;
  kind: ListKind;
  round: number;
  unitCode: string;
  /** Needed when a decision in force is to be replaced or taken back. */
  reason?: string;
}

/**
 * Opens the list of a round and commune: the rows as they stand, frozen, with their counts. To take a
 * decision back is a list too: it goes the same way and is decided outside like the first.
 * @returns the id of the list
 * @throws Problem `unit-not-found`, `list-open`, `list-empty`, `decision-missing`, `reason-missing`
 */
export async function prepareList(store: Store, input: PrepareInput): Promise<string> {
  const { commandId, kind, round, unitCode } = input;
  const { unit, standardId, referenceDate } = await unitOf(store, round, unitCode);
  const keys = scopesOver(unit, today(store.clock));
  if (!actorOver(input.actor, 'list:read', keys)) throw listProblems.unitNotFound();
  const actor = actorOver(input.actor, 'list:propose', keys);
  if (!actor) throw listProblems.notYours();
  const given = cutText(tidyText(input.reason ?? ''), 1_000);
  const call = {
    ...{ actor, commandId, name: 'list.prepare', permission: 'list:propose' as const },
    input: { kind, round, unit: unit.code, unitValidFrom: unit.validFrom, reason: given },
    ...(given && { reason: given }),
  };
  return runCommand(store, call, async (tx) => {
    await lockRound(tx, round);
    const reason = await reasonFor(tx, kind, round, unit, given);
    const { listId, placeId } = await addList(tx, { kind, round, unit, reason });
    const rows: RowsOf = { kind, round, referenceDate, unit };
    const list = { listId, placeId, unit, state: 'draft' as const, steps: 0 };
    await snapshot(tx, { list, rows, snapshotNo: 1, standardId });
    return listId;
  });
}

/** Freezes a list anew, with the rows as they stand now. */
export function prepareAgain(store: Store, call: ListCall): Promise<string> {
  return actOnList(store, 'prepare', call, async (tx, list) => {
    await snapshot(tx, {
      ...{ list, rows: rowsOf(list), snapshotNo: list.snapshotNo + 1, standardId: list.standardId },
    });
    return list.listId;
  });
}

interface Round {
  standardId: string;
  referenceDate: PlainDate;
}

async function unitOf(store: Store, round: number, code: string): Promise<Round & { unit: Unit }> {
  const { rows } = await readShared(store, (tx) =>
    tx.query<Round>(
      `select standard_id as "standardId", reference_date as "referenceDate"
       from review_rounds where round = $1`,
      [round],
    ),
  );
  const found = rows[0];
  const unit = found && areaRegister().unitOn(code, day(found.referenceDate));
  if (!found || unit?.level !== 'commune') throw listProblems.unitNotFound();
  return { ...found, unit };
}

/** Whoever replaces a decision, or takes it back, says why. */
async function reasonFor(
  tx: Tx,
  kind: ListKind,
  round: number,
  unit: Unit,
  given: string,
): Promise<string | null> {
  const inForce = await inForceOf(tx, round, unit);
  if (!inForce && kind === 'revocation') throw listProblems.nothingInForce();
  if (!inForce) return given === '' ? null : given;
  const number = inForce.number ?? 'chưa có số';
  const act = kind === 'revocation' ? `Thu hồi quyết định ${number}` : `Thay quyết định ${number}`;
  return reasonOf(given, act);
}

interface NewSnapshot {
  list: Pick<ListRecord, 'listId' | 'placeId' | 'state' | 'steps'> & { unit: ListUnit };
  rows: RowsOf;
  snapshotNo: number;
  standardId: string;
}

async function snapshot(tx: Tx, { list, rows, snapshotNo, standardId }: NewSnapshot) {
  const last = await lastRound(tx, rows.round);
  const key = { listId: list.listId, snapshotNo, lastRound: last?.round ?? null };
  const frozen = await freezeRows(tx, rows, key);
  if (frozen.decidable === 0) throw listProblems.empty();
  const counts = await countsOf(tx, rows, { ...key, standardId, last });
  await tx.query(
    `insert into recognition_list_snapshots (list_id, snapshot_no, place_id, standard_id,
       rule_versions, rows_hash, households, counts, command_id, taken_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[list.listId, snapshotNo, list.placeId, standardId, frozen.ruleVersions, frozen.rowsHash],
      ...[frozen.households, JSON.stringify(counts), tx.commandId, tx.now],
    ],
  );
  const personId = await takePart(tx, list, 'maker');
  await enterMakers(tx, list, snapshotNo);
  await addStep(tx, { list, act: 'prepare', snapshotNo, personId });
  const hash = frozen.rowsHash.toString('hex');
  await auditList(tx, 'prepare', list, {
    payload: { round: rows.round, kind: rows.kind, snapshotNo, rows: frozen.households, hash },
  });
}

async function lastRound(tx: Tx, round: number): Promise<(Round & { round: number }) | null> {
  const { rows } = await tx.query<Round & { round: number }>(
    `select round, standard_id as "standardId", reference_date as "referenceDate"
     from review_rounds where round < $1 order by round desc limit 1`,
    [round],
  );
  return rows[0] ?? null;
}
