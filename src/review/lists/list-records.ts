import type { PlainDate } from '../../kernel/index.js';
import { newId, today } from '../../kernel/index.js';
import { unknownPlaceOf } from '../../areas/index.js';
import type { Unit } from '../../areas/index.js';
import { scopesFor } from '../../store/index.js';
import type { Permission, Tx } from '../../store/index.js';
import type { ListAct, ListState } from './flow.js';
import { recognitionFlow } from './flow.js';
import { listProblems } from './problems.js';
import type { RowsOf } from './snapshot.js';
import type { ListCounts, ListKind, ListUnit } from './types.js';
import { scopesOver } from './unit-access.js';

/** A list with its latest snapshot. */
export interface ListRecord {
  listId: string;
  kind: ListKind;
  round: number;
  referenceDate: PlainDate;
  windowFrom: PlainDate;
  standardId: string;
  unit: ListUnit;
  placeId: string;
  state: ListState;
  reason: string | null;
  decisionId: string | null;
  snapshotNo: number;
  rowsHash: Buffer;
  ruleVersions: string[];
  households: number;
  counts: ListCounts;
  preparedAt: Date;
  changedAt: Date;
  steps: number;
}

const SELECT = `
  select l.list_id as "listId", l.kind, l.round, c.reference_date as "referenceDate",
    c.window_from as "windowFrom", s.standard_id as "standardId", l.unit_code as code,
    l.unit_valid_from as "validFrom", u.name, l.place_id as "placeId", l.state, l.reason,
    l.decision_id as "decisionId", s.snapshot_no as "snapshotNo", s.rows_hash as "rowsHash",
    s.rule_versions as "ruleVersions", s.households, s.counts, s.taken_at as "preparedAt",
    t.recorded_at as "changedAt", t.step_no as steps
  from recognition_lists l
  join review_rounds c on c.round = l.round
  join units u on u.code = l.unit_code and u.valid_from = l.unit_valid_from
  join lateral (
    select * from recognition_list_steps z where z.list_id = l.list_id
    order by z.step_no desc limit 1
  ) t on true
  join recognition_list_snapshots s on s.list_id = l.list_id and s.snapshot_no = t.snapshot_no`;

type StoredList = Omit<ListRecord, 'unit'> & ListUnit;

const recordOf = ({ code, validFrom, name, ...rest }: StoredList): ListRecord => ({
  ...rest,
  unit: { code, validFrom, name },
});

/** Does this permission of the actor reach over the whole unit today? */
const reaches = (tx: Tx, permission: Permission, unit: ListUnit): boolean => {
  const keys = scopesOver(unit, today(tx.clock));
  return scopesFor(tx.actor, permission).some((key) => keys.includes(key));
};

/** One list the actor may read, or `null`: one of another commune is not there. */
export async function findList(tx: Tx, listId: string): Promise<ListRecord | null> {
  const { rows } = await tx.query<StoredList>(`${SELECT} where l.list_id = $1`, [listId]);
  const record = rows[0] && recordOf(rows[0]);
  return record && reaches(tx, 'list:read', record.unit) ? record : null;
}

/** Lists the actor may read, the latest step first. */
export async function readLists(tx: Tx, round: number | null): Promise<ListRecord[]> {
  const { rows } = await tx.query<StoredList>(
    `${SELECT} where $1::smallint is null or l.round = $1
     order by t.recorded_at desc, l.list_id limit 1000`,
    [round],
  );
  return rows.map(recordOf).filter((record) => reaches(tx, 'list:read', record.unit));
}

export const rowsOf = ({ kind, round, referenceDate, unit }: ListRecord): RowsOf => ({
  ...{ kind, round, referenceDate, unit },
});

/** Opens a list; its place makes it seen from wherever the unit's rows are seen. */
export async function addList(
  tx: Tx,
  list: { kind: ListKind; round: number; unit: Unit; reason: string | null },
): Promise<{ listId: string; placeId: string }> {
  const { kind, round, unit, reason } = list;
  const placeId = await unknownPlaceOf(tx, unit);
  const listId = newId(tx.clock);
  const open = await tx.query(
    `select from recognition_lists where round = $1 and unit_code = $2 and unit_valid_from = $3
       and state not in ('decided', 'withdrawn')`,
    [round, unit.code, unit.validFrom],
  );
  if (open.rowCount > 0) throw listProblems.openAlready();
  await tx.query(
    `insert into recognition_lists (list_id, kind, round, unit_code, unit_valid_from, place_id, state,
       reason, flow_id, command_id, opened_at)
     values ($1, $2, $3, $4, $5, $6, 'draft', $7, $8, $9, $10)`,
    [
      ...[listId, kind, round, unit.code, unit.validFrom, placeId, reason, recognitionFlow().id],
      ...[tx.commandId, tx.now],
    ],
  );
  return { listId, placeId };
}

export interface NewStep {
  list: { listId: string; placeId: string; state: ListState; steps: number };
  act: ListAct;
  snapshotNo: number;
  personId: string;
  reason?: string | null;
  decisionId?: string;
}

/** Enters a step and moves the list; whoever was faster is noticed, whatever the pages showed. */
export async function addStep(tx: Tx, step: NewStep): Promise<void> {
  const { list, act, snapshotNo, personId, reason = null, decisionId = null } = step;
  const rule = recognitionFlow().acts[act];
  const moved = await tx.query(
    `update recognition_lists set state = $3, decision_id = $4 where list_id = $1 and state = $2`,
    [list.listId, list.state, rule.to, decisionId],
  );
  if (moved.rowCount === 0) throw listProblems.wrongState('vừa đổi', rule.label);
  await tx.query(
    `insert into recognition_list_steps (list_id, step_no, place_id, act, snapshot_no, person_id, part,
       account_id, office_id, role, reason, command_id, recorded_at, on_behalf_of)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[list.listId, list.steps + 1, list.placeId, act, snapshotNo, personId, rule.part ?? null],
      ...[tx.actor.id, tx.actor.officeId, tx.actor.role ?? null, reason, tx.commandId, tx.now],
      tx.actor.onBehalfOf?.personId ?? null,
    ],
  );
}
