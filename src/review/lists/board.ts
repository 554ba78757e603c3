import { areaRegister, placeUnitsAt } from '../../areas/index.js';
import type { PlainDate } from '../../kernel/index.js';
import { day, today } from '../../kernel/index.js';
import { scopesFor } from '../../store/index.js';
import type { Tx } from '../../store/index.js';
import type { ListState } from './flow.js';
import type { ListUnit } from './types.js';
import { scopesOver } from './unit-access.js';

/** One commune in a round: what is in the book, what is decided, what is under way. */
export interface BoardLine {
  unit: ListUnit;
  households: number;
  /** Of them without a recognised class. */
  pending: number;
  /** Of these the ones with a class to propose: without any there is no list to make. */
  listable: number;
  open: { listId: string; state: ListState } | null;
  inForce: { number: string | null; decidedOn: PlainDate | null; isSimulated: boolean } | null;
}

interface StoredLine extends Omit<BoardLine, 'unit' | 'open' | 'inForce'>, ListUnit {
  listId: string | null;
  state: ListState;
  isDecided: boolean;
  number: string | null;
  decidedOn: PlainDate | null;
  isSimulated: boolean;
}

// Counted by place first, so that no row crosses a shard; then rolled up to the units of the round's day.
const BOARD = `
  select u.code, u.valid_from as "validFrom", u.name,
    sum(b.households)::integer as households, sum(b.pending)::integer as pending,
    sum(b.listable)::integer as listable,
    l.list_id as "listId", l.state, d.decision_id is not null as "isDecided", d.number,
    d.decided_on as "decidedOn", d.is_simulated as "isSimulated"
  from (
    select r.place_id, count(*) as households,
      count(*) filter (where r.recognised_status is null) as pending,
      count(*) filter (where r.recognised_status is null
        and r.proposed_status <> 'not_computable') as listable
    from current_household_rounds r where r.round = $1 group by 1
  ) b
  join ${placeUnitsAt('$2::date')} pu on pu.place_id = b.place_id
  join units u on u.code = pu.unit_code and u.valid_from = pu.unit_valid_from
  left join recognition_lists l on l.round = $1 and l.unit_code = u.code
    and l.unit_valid_from = u.valid_from and l.state not in ('decided', 'withdrawn')
  left join decisions_in_force d on d.round = $1 and d.unit_code = u.code
    and d.unit_valid_from = u.valid_from
  group by u.code, u.valid_from, u.name, u.sort_key, l.list_id, l.state, d.decision_id, d.number,
    d.decided_on, d.is_simulated
  order by u.sort_key`;

/** Communes of a round for which the actor may prepare lists. Run with `list:propose`. */
export async function recognitionBoard(tx: Tx, round: number): Promise<BoardLine[]> {
  const referenceDate = await referenceDateOf(tx, round);
  if (!referenceDate) return [];
  const { rows } = await tx.query<StoredLine>(BOARD, [round, referenceDate]);
  const scopes = new Set(scopesFor(tx.actor, 'list:propose'));
  const on = today(tx.clock);
  return rows
    .filter((row) => scopesOver(row, on).some((key) => scopes.has(key)))
    .map(({ code, validFrom, name, households, pending, listable, ...row }) => ({
      unit: { code, validFrom, name },
      households,
      pending,
      listable,
      open: row.listId === null ? null : { listId: row.listId, state: row.state },
      inForce: row.isDecided
        ? { number: row.number, decidedOn: row.decidedOn, isSimulated: row.isSimulated }
        : null,
    }));
}

async function referenceDateOf(tx: Tx, round: number): Promise<PlainDate | null> {
  const { rows } = await tx.query<{ date: PlainDate }>(
    'select reference_date as date from review_rounds where round = $1',
    [round],
  );
  return rows[0] ? day(rows[0].date) : null;
}

/** One commune of a round on its own, whether or not a row is there; `null` outside the actor's area. */
export async function boardLine(tx: Tx, round: number, code: string): Promise<BoardLine | null> {
  const referenceDate = await referenceDateOf(tx, round);
  const unit = referenceDate && areaRegister().unitOn(code, referenceDate);
  if (!unit) return null;
  const lines = await recognitionBoard(tx, round);
  return lines.find((line) => line.unit.code === code) ?? null;
}
