import { placeUnitsAt } from '../areas/index.js';
import type { Unit } from '../areas/index.js';
import type { PlainDate, PovertyStatus } from '../kernel/index.js';
import type { Tx } from '../store/index.js';
import { matchKey } from './read-household-row.js';
import type { HouseholdRow } from './read-household-row.js';

/** The row that counts today for a household of the unit and round. */
export interface CurrentRow {
  bookId: string;
  householdId: string;
  rowId: string;
  placeId: string;
  isRecognised: boolean;
  values: ComparedValues;
}

/** What a file can say about a household; two rows with these equal are unchanged. */
export type ComparedValues = readonly (string | number | boolean | null)[];

export type RowOutcome =
  | { outcome: 'created' }
  | { outcome: 'updated' | 'unchanged' | 'conflicting'; current: CurrentRow };

export interface Matcher {
  /** Each call takes the next household of the same code and name: order decides among equals. */
  match(row: HouseholdRow): RowOutcome;
}

export const comparedValues = (row: HouseholdRow): ComparedValues => [
  row.headName,
  row.headSex,
  row.members,
  row.quickScreenPassed,
  row.b1,
  row.b2,
  row.fieldStatus,
  row.reviewedOn,
  row.reviewer,
];

/** Matches rows of a file to what stands by (code, name key), then by order among equals. Pure. */
export function createMatcher(current: ReadonlyMap<string, readonly CurrentRow[]>): Matcher {
  const taken = new Map<string, number>();
  return {
    match(row) {
      if (current.size === 0) return { outcome: 'created' };
      const key = row.matchKey;
      const ordinal = taken.get(key) ?? 0;
      taken.set(key, ordinal + 1);
      const found = current.get(key)?.[ordinal];
      if (!found) return { outcome: 'created' };
      if (sameValues(found.values, comparedValues(row))) {
        return { outcome: 'unchanged', current: found };
      }
      return { outcome: found.isRecognised ? 'conflicting' : 'updated', current: found };
    },
  };
}

const sameValues = (a: ComparedValues, b: ComparedValues): boolean =>
  a.every((value, i) => value === b[i]);

interface StoredRow {
  book_id: string;
  household_id: string;
  row_id: string;
  place_id: string;
  field_code: string | null;
  head_name: string | null;
  head_name_key: string | null;
  head_sex: string | null;
  members: number | null;
  quick_screen_passed: boolean | null;
  b1: string | null;
  b2: number | null;
  field_status: PovertyStatus | null;
  reviewed_on: PlainDate | null;
  reviewer: string | null;
  is_recognised: boolean;
}

// Households in the order they were first entered: a correction does not change it.
const CURRENT = `
  select r.book_id, r.household_id, r.row_id, r.place_id, r.field_code, r.head_name,
    r.head_name_key, r.head_sex, r.members, r.quick_screen_passed, r.b1, r.b2, r.field_status,
    r.reviewed_on, r.reviewer, r.recognised_status is not null as is_recognised
  from current_household_rounds r
  where r.round = $1 and r.place_id in (
    select pu.place_id from ${placeUnitsAt('$2::date')} pu
    where pu.unit_code = $3 and pu.unit_valid_from = $4)
    and r.import_id is distinct from $5
  order by r.household_id`;

/** The unit and round of a sheet, and the import whose own rows are not matched against. */
export interface MatchScope {
  round: number;
  referenceDate: PlainDate;
  unit: Unit;
  importId: string;
}

/** Loads what counted for a unit in a round before this import, ready to be matched. */
export async function matcherFor(tx: Tx, scope: MatchScope): Promise<Matcher> {
  const { round, referenceDate, unit, importId } = scope;
  const { rows } = await tx.query<StoredRow>(CURRENT, [
    ...[round, referenceDate, unit.code, unit.validFrom, importId],
  ]);
  const current = new Map<string, CurrentRow[]>();
  for (const row of rows) {
    const key = matchKey(row.field_code, row.head_name_key);
    const same = current.get(key);
    if (same) same.push(currentRow(row));
    else current.set(key, [currentRow(row)]);
  }
  return createMatcher(current);
}

const currentRow = (row: StoredRow): CurrentRow => ({
  bookId: row.book_id,
  householdId: row.household_id,
  rowId: row.row_id,
  placeId: row.place_id,
  isRecognised: row.is_recognised,
  values: [
    row.head_name,
    row.head_sex,
    row.members,
    row.quick_screen_passed,
    row.b1 === null ? null : Number(row.b1),
    row.b2,
    row.field_status,
    row.reviewed_on,
    row.reviewer,
  ],
});
