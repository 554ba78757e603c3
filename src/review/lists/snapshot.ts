import { placeUnitsAt } from '../../areas/index.js';
import type { UnitKey } from '../../areas/index.js';
import type { PlainDate, PovertyStatus } from '../../kernel/index.js';
import type { Tx } from '../../store/index.js';
import type { ListKind } from './types.js';

/** The households a list speaks of: those that count in a round, in a unit of the round's day. */
export interface RowsOf {
  kind: ListKind;
  round: number;
  referenceDate: PlainDate;
  unit: UnitKey;
}

/** What of a row a list stands for: when it changes, the list is another one. */
const DIGEST = `sha256(convert_to(jsonb_build_array(r.household_id, r.place_id, r.head_name, r.members,
  r.b1, r.b2, r.proposed_status, r.recognised_status, r.rule_version)::text, 'UTF8'))`;

/** `$1` round, `$2` reference date, `$3` and `$4` the unit. */
const rowsNow = (kind: ListKind): string => `
  select r.book_id, r.household_id, r.place_id, r.round, r.row_id, r.rule_version,
    r.${kind === 'revocation' ? 'recognised_status' : 'proposed_status'} as status,
    ${DIGEST} as row_digest
  from current_household_rounds r
  where r.round = $1 and r.place_id in (
    select pu.place_id from ${placeUnitsAt('$2::date')} pu
    where pu.unit_code = $3 and pu.unit_valid_from = $4)`;

const keys = ({ round, referenceDate, unit }: RowsOf) => [
  ...[round, referenceDate, unit.code, unit.validFrom],
];

const HASH = `sha256(convert_to(coalesce(string_agg(encode(s.row_digest, 'hex'), E'\\n'
  order by s.household_id), ''), 'UTF8'))`;

export interface Frozen {
  households: number;
  /** Of them with a class that can be decided. */
  decidable: number;
  rowsHash: Buffer;
  ruleVersions: string[];
}

/** Freezes the rows as they stand, each with the class recognised in the round before. */
export async function freezeRows(
  tx: Tx,
  rows: RowsOf,
  list: { listId: string; snapshotNo: number; lastRound: number | null },
): Promise<Frozen> {
  await tx.query(
    `insert into recognition_list_rows (book_id, list_id, snapshot_no, household_id, place_id, round,
       row_id, status, last_status, row_digest)
     select s.book_id, $5, $6, s.household_id, s.place_id, s.round, s.row_id, s.status,
       l.recognised_status, s.row_digest
     from (${rowsNow(rows.kind)}) s
     left join current_household_rounds l on l.book_id = s.book_id
       and l.household_id = s.household_id and l.round = $7`,
    [...keys(rows), list.listId, list.snapshotNo, list.lastRound],
  );
  const { rows: found } = await tx.query<Omit<Frozen, 'ruleVersions'>>(
    `select count(*)::integer as households,
       (count(*) filter (where s.status <> 'not_computable'))::integer as decidable,
       ${HASH} as "rowsHash"
     from recognition_list_rows s where s.list_id = $1 and s.snapshot_no = $2`,
    [list.listId, list.snapshotNo],
  );
  const versions = await tx.query<{ version: string }>(
    `select distinct s.rule_version as version from (${rowsNow(rows.kind)}) s
     where s.rule_version is not null order by 1`,
    keys(rows),
  );
  const [frozen] = found;
  if (!frozen) throw new Error('an aggregate without a row');
  return { ...frozen, ruleVersions: versions.rows.map((row) => row.version) };
}

/** Households that are not as they were frozen. */
export interface RowChanges {
  total: number;
  added: number;
  removed: number;
  reclassified: number;
  other: number;
}

/**
 * What changed since a snapshot; `null` when the rows are those that were frozen. Asked under the lock of
 * the round, so that nothing changes between the answer and the act.
 */
export async function changesSince(
  tx: Tx,
  rows: RowsOf,
  frozen: { listId: string; snapshotNo: number; rowsHash: Buffer },
): Promise<RowChanges | null> {
  const { rows: now } = await tx.query<{ hash: Buffer }>(
    `select ${HASH} as hash from (${rowsNow(rows.kind)}) s`,
    keys(rows),
  );
  if (now[0]?.hash.equals(frozen.rowsHash)) return null;
  const { rows: counted } = await tx.query<RowChanges>(
    `select count(*)::integer as total,
       (count(*) filter (where f.household_id is null))::integer as added,
       (count(*) filter (where s.household_id is null))::integer as removed,
       (count(*) filter (where f.household_id is not null and s.household_id is not null
         and f.status is distinct from s.status))::integer as reclassified,
       (count(*) filter (where f.status is not distinct from s.status
         and f.household_id is not null and s.household_id is not null))::integer as other
     from (${rowsNow(rows.kind)}) s
     full join (
       select o.book_id, o.household_id, o.status, o.row_digest
       from recognition_list_rows o where o.list_id = $5 and o.snapshot_no = $6
     ) f on f.book_id = s.book_id and f.household_id = s.household_id
     where f.row_digest is distinct from s.row_digest`,
    [...keys(rows), frozen.listId, frozen.snapshotNo],
  );
  return counted[0] ?? null;
}

/** Households by class before and now; `null` before = new in the round, now = no longer in it. */
export interface ClassCount {
  before: PovertyStatus | null;
  now: PovertyStatus | null;
  isGone: boolean;
  wasThere: boolean;
  households: number;
}

/** The snapshot against the round before, those who are no longer there included. */
export async function classCounts(
  tx: Tx,
  rows: RowsOf,
  list: { listId: string; snapshotNo: number; lastRound: number | null },
): Promise<ClassCount[]> {
  const { rows: counted } = await tx.query<ClassCount>(
    `select coalesce(f.last_status, l.recognised_status) as before, f.status as now,
       f.household_id is null as "isGone", l.household_id is not null as "wasThere",
       count(*)::integer as households
     from (
       select o.book_id, o.household_id, o.status, o.last_status
       from recognition_list_rows o where o.list_id = $4 and o.snapshot_no = $5
     ) f
     full join (
       select r.book_id, r.household_id, r.recognised_status
       from current_household_rounds r
       where r.round = $6 and r.place_id in (
         select pu.place_id from ${placeUnitsAt('$1::date')} pu
         where pu.unit_code = $2 and pu.unit_valid_from = $3)
     ) l on l.book_id = f.book_id and l.household_id = f.household_id
     group by 1, 2, 3, 4`,
    [
      ...[rows.referenceDate, rows.unit.code, rows.unit.validFrom],
      ...[list.listId, list.snapshotNo, list.lastRound],
    ],
  );
  return counted;
}
