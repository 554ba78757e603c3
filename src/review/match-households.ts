import { placeUnitsAt } from '../areas/index.js';
import type { Unit } from '../areas/index.js';
import type { PlainDate, PovertyStatus } from '../kernel/index.js';
import type { Tx } from '../store/index.js';
import { matchKey } from './read-household-row.js';
import type { HouseholdRow } from './read-household-row.js';
import type { KnownHousehold, KnownRow } from './known-households.js';
import { KNOWN_COLUMNS, earlierHouseholds, knownHousehold } from './known-households.js';

/** The row that counts today for a household of the unit and round. */
export interface CurrentRow extends KnownHousehold {
  rowId: string;
  isRecognised: boolean;
  values: ComparedValues;
}

/** What a file can say about a household; two rows with these equal are unchanged. */
export type ComparedValues = readonly (string | number | boolean | null)[];

export type RowOutcome =
  /** A first row in this round; `known` = the household had one in a round before. */
  | { outcome: 'created'; known: KnownHousehold | null }
  | { outcome: 'updated' | 'unchanged' | 'conflicting'; current: CurrentRow };

export interface Matcher {
  /**
   * Each call takes a household of the same code and name that no row took yet: the one of which the row
   * says what stands already, else the first.
   */
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

const NEW: RowOutcome = { outcome: 'created', known: null };

/** By (code, name key). */
export type ByKey<T> = ReadonlyMap<string, readonly T[]>;

/**
 * Matches rows of a file to what stands in the round by (code, name key), then by what they say, then by
 * order; a row that is new in the round continues the one household of an earlier round with its code and
 * name. Two such households, or a row without one of the two, are never joined by guess. Pure but for
 * `linked`: the households of earlier rounds that were given out, over all sheets of a file.
 */
export function createMatcher(
  current: ByKey<CurrentRow>,
  earlier: ByKey<KnownHousehold> = new Map(),
  linked = new Set<string>(),
): Matcher {
  const taken = new Set<string>();
  const waiting = new Map<string, Namesakes>();
  /** Nearly every household is alone under its code and name. */
  const next = (key: string, said: ComparedValues): CurrentRow | undefined => {
    const rows = current.get(key);
    if (!rows || rows.length > 1) return rows && namesakesOf(key, rows)(said);
    if (taken.has(key)) return undefined;
    taken.add(key);
    return rows[0];
  };
  const namesakesOf = (key: string, rows: readonly CurrentRow[]): Namesakes => {
    let left = waiting.get(key);
    if (!left) waiting.set(key, (left = namesakes(rows)));
    return left;
  };
  const continued = (row: HouseholdRow): RowOutcome => {
    const isNamed = row.fieldCode !== null && row.headNameKey !== null;
    const [known, ...others] = (isNamed && earlier.get(keyOf(row))) || [];
    if (!known || others.length > 0 || linked.has(known.householdId)) return NEW;
    linked.add(known.householdId);
    return { outcome: 'created', known };
  };
  return {
    match(row) {
      if (current.size === 0) return earlier.size === 0 ? NEW : continued(row);
      const said = comparedValues(row);
      const found = next(keyOf(row), said);
      if (!found) return continued(row);
      if (sameValues(found.values, said)) return { outcome: 'unchanged', current: found };
      return { outcome: found.isRecognised ? 'conflicting' : 'updated', current: found };
    },
  };
}

/** Takes the household that says what a row says, else the first that is left. */
type Namesakes = (said: ComparedValues) => CurrentRow | undefined;

/**
 * The households of one code and name. By what they say first: the row of another may have gone to a
 * person this time, or stand elsewhere in the file. No search through them: a book may hold thousands
 * without code and name.
 */
function namesakes(rows: readonly CurrentRow[]): Namesakes {
  const taken = new Set<CurrentRow>();
  const left = (among: Iterator<CurrentRow>): CurrentRow | undefined => {
    for (let step = among.next(); !step.done; step = among.next()) {
      if (!taken.has(step.value)) return step.value;
    }
    return undefined;
  };
  const inOrder = rows.values();
  const saying = bySaying(rows);
  return (said) => {
    const same = saying.get(JSON.stringify(said));
    const found = (same && left(same)) ?? left(inOrder);
    if (found) taken.add(found);
    return found;
  };
}

function bySaying(rows: readonly CurrentRow[]): Map<string, Iterator<CurrentRow>> {
  const found = new Map<string, CurrentRow[]>();
  for (const row of rows) {
    const said = JSON.stringify(row.values);
    const others = found.get(said);
    if (others) others.push(row);
    else found.set(said, [row]);
  }
  return new Map(Array.from(found, ([said, same]) => [said, same.values()]));
}

const keyOf = (row: HouseholdRow): string => matchKey(row.fieldCode, row.headNameKey);

const sameValues = (a: ComparedValues, b: ComparedValues): boolean =>
  a.every((value, i) => value === b[i]);

interface StoredRow extends KnownRow {
  row_id: string;
  head_name: string | null;
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
  select ${KNOWN_COLUMNS}, r.row_id, r.head_name, r.members, r.quick_screen_passed, r.b1, r.b2,
    r.field_status, r.reviewed_on, r.reviewer, r.recognised_status is not null as is_recognised
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
  /** See `createMatcher`. */
  linked: Set<string>;
}

/** Loads what counted for a unit before this import, ready to be matched. */
export async function matcherFor(tx: Tx, scope: MatchScope): Promise<Matcher> {
  const { round, referenceDate, unit, importId, linked } = scope;
  const place = [round, referenceDate, unit.code, unit.validFrom] as const;
  const { rows } = await tx.query<StoredRow>(CURRENT, [...place, importId]);
  const before = await earlierHouseholds(tx, place);
  return createMatcher(byKey(rows, currentRow), byKey(before, knownHousehold), linked);
}

function byKey<R extends KnownRow, T>(rows: readonly R[], read: (row: R) => T): ByKey<T> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const key = matchKey(row.field_code, row.head_name_key);
    const same = found.get(key);
    if (same) same.push(read(row));
    else found.set(key, [read(row)]);
  }
  return found;
}

const currentRow = (row: StoredRow): CurrentRow => ({
  ...knownHousehold(row),
  rowId: row.row_id,
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
