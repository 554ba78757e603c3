import { areaRegister, placeUnitsAt } from '../areas/index.js';
import { Problem } from '../kernel/index.js';
import type { PovertyStatus } from '../kernel/index.js';
import type { Store, Tx } from '../store/index.js';
import type { Transition } from './flow-cells.js';
import { FLOW_SUBJECTS, enteringColumn, leavingColumn } from './flow-cells.js';
import { readInstance } from './instance.js';
import { viewRound } from './round-view.js';
import { withTransitions } from './sql-text.js';
import type { Basis, RowsRef } from './types.js';

export interface RowBehind {
  bookId: string;
  householdId: string;
}

/** What was counted in the form the reference comes from; read before the officer's transaction. */
export interface RefBasis {
  basis: Basis;
  basisBefore: Basis | null;
}

/** The statuses that the form of this reference counted, in the round and in the one before. */
export async function basisOfRef(store: Store, ref: RowsRef, area: string): Promise<RefBasis> {
  const { provinceCode, rounds } = await readInstance(store);
  const query = { area: area || provinceCode, boundaries: ref.boundaries };
  const { basis } = await viewRound(store, { ...query, round: ref.round });
  const hasBefore = rounds.some((round) => round.round === ref.round - 1);
  const before = hasBefore ? await viewRound(store, { ...query, round: ref.round - 1 }) : null;
  return { basis, basisBefore: before?.basis ?? null };
}

const MAX_ROWS = 2000;

/**
 * The households counted in one cell of a form, as far as the actor of `tx` may see them: row
 * security decides, not this function. At most 2,000.
 * @throws Problem `rows-of-sum` for a cell that is computed from other cells
 */
export async function rowsBehind(tx: Tx, ref: RowsRef, basis: RefBasis): Promise<RowBehind[]> {
  return ref.form === 1 ? resultRowsBehind(tx, ref, basis.basis) : flowRowsBehind(tx, ref, basis);
}

const COLUMN_STATUSES: Readonly<Record<number, readonly PovertyStatus[] | null>> = {
  1: null,
  2: null,
  3: ['poor'],
  4: ['poor'],
  5: ['near_poor'],
  6: ['near_poor'],
  9: ['poor'],
  10: ['poor'],
  11: ['near_poor'],
  12: ['near_poor'],
};

async function resultRowsBehind(tx: Tx, ref: RowsRef, basis: Basis): Promise<RowBehind[]> {
  const statuses = COLUMN_STATUSES[ref.column];
  if (statuses === undefined) throw notOpenable(ref);
  const { rows } = await tx.query<RowBehind>(
    `select r.book_id as "bookId", r.household_id as "householdId"
     from current_household_rounds r
     left join ${placeUnitsAt('$2::date')} u on u.place_id = r.place_id
     where r.round = $1
       and ($3::text[] is null or coalesce(u.unit_code, '') = any ($3))
       and case when $4 = 'recognised' then r.recognised_status is not null else true end
       and ($5::text[] is null or
         case when $4 = 'recognised' then r.recognised_status else r.proposed_status end::text
           = any ($5))
     order by r.book_id, r.household_id
     limit ${MAX_ROWS}`,
    [ref.round, ref.boundaries, codesOf(ref), basis, statuses],
  );
  return rows;
}

/** How "no sure unit" is written among codes. */
const NO_UNIT = '';

/**
 * Codes of the communes a row stands for: one, all of a district, or `NO_UNIT` for places without a
 * sure unit; `null` for the province, where the actor's scope is the only limit.
 */
function codesOf({ unitCode, boundaries }: RowsRef): string[] | null {
  if (unitCode === null) return [NO_UNIT];
  const unit = areaRegister().unitOn(unitCode, boundaries);
  if (unit?.level === 'province') return null;
  if (unit?.level !== 'district') return [unitCode];
  return areaRegister()
    .children(unitCode, boundaries)
    .map((commune) => commune.code);
}

type OpenedTransition = Transition & RowBehind;

async function flowRowsBehind(tx: Tx, ref: RowsRef, basis: RefBasis): Promise<RowBehind[]> {
  const { basisBefore } = basis;
  if (basisBefore === null || ref.form === 1) throw notOpenable(ref);
  const { rows } = await tx.query<OpenedTransition>(openedFlows(), [
    ref.round - 1,
    ref.round,
    basisBefore,
    basis.basis,
    'infinity',
    ref.boundaries,
  ]);
  const flow = FLOW_SUBJECTS[ref.form];
  const codes = codesOf(ref);
  const isHere = (code: string | null) => codes?.includes(code ?? NO_UNIT) ?? true;
  const counts = (row: OpenedTransition): boolean => {
    const wasIn = row.statusBefore === flow.subject && isHere(row.unitBefore);
    const isIn = row.statusAfter === flow.subject && isHere(row.unitAfter);
    if (ref.column === 1) return wasIn;
    if (ref.column === 9) return isIn;
    const leaves = wasIn && leavingColumn(flow, row) === ref.column;
    return leaves || (isIn && enteringColumn(flow, row) === ref.column);
  };
  return rows
    .filter(counts)
    .slice(0, MAX_ROWS)
    .map(({ bookId, householdId }) => ({ bookId, householdId }));
}

/** The very rows that `flow-cells.sql` counts, with the units they were counted in. */
const openedFlows = (): string =>
  `${withTransitions()}
   select t.book_id as "bookId", t.household_id as "householdId",
     unit_before.unit_code as "unitBefore", unit_after.unit_code as "unitAfter",
     t.status_before as "statusBefore", t.status_after as "statusAfter",
     t.was_in_class as "wasInClass"
   from transitions t
   left join ${placeUnitsAt('$6::date')} unit_before on unit_before.place_id = t.place_before
   left join ${placeUnitsAt('$6::date')} unit_after on unit_after.place_id = t.place_after`;

const notOpenable = (ref: RowsRef): Problem =>
  new Problem('refused', {
    code: 'rows-of-sum',
    what: `Cột ${ref.column} của mẫu ${ref.form} không có hộ phía sau.`,
    why: 'Cột này chưa có số liệu.',
  });
