import { placeUnitsAt } from '../areas/index.js';
import type { Tx } from '../store/index.js';

/** A household of the book, with what an earlier row knows of its head and the file does not say. */
export interface KnownHousehold {
  bookId: string;
  householdId: string;
  placeId: string;
  head: HeadFacts;
}

export interface HeadFacts {
  sex: 'male' | 'female' | null;
  birthYear: number | null;
  ethnicityId: string | null;
  isEthnicMinority: boolean | null;
}

/** The columns of `household_rounds r` that `knownHousehold` reads. */
export const KNOWN_COLUMNS = `r.book_id, r.household_id, r.place_id, r.field_code, r.head_name_key,
    r.head_sex, r.head_birth_year, r.head_ethnicity_id, r.is_ethnic_minority`;

export interface KnownRow {
  book_id: string;
  household_id: string;
  place_id: string;
  field_code: string | null;
  head_name_key: string | null;
  head_sex: 'male' | 'female' | null;
  head_birth_year: number | null;
  head_ethnicity_id: string | null;
  is_ethnic_minority: boolean | null;
}

export const knownHousehold = (row: KnownRow): KnownHousehold => ({
  bookId: row.book_id,
  householdId: row.household_id,
  placeId: row.place_id,
  head: {
    sex: row.head_sex,
    birthYear: row.head_birth_year,
    ethnicityId: row.head_ethnicity_id,
    isEthnicMinority: row.is_ethnic_minority,
  },
});

// The latest row before the round of every household without a row in it.
const EARLIER = `
  select distinct on (r.book_id, r.household_id) ${KNOWN_COLUMNS}
  from current_household_rounds r
  left join current_household_rounds n on n.book_id = r.book_id
    and n.household_id = r.household_id and n.round = $1
  where r.round < $1 and n.household_id is null
    and r.field_code is not null and r.head_name_key is not null
    and r.place_id in (
      select pu.place_id from ${placeUnitsAt('$2::date')} pu
      where pu.unit_code = $3 and pu.unit_valid_from = $4)
  order by r.book_id, r.household_id, r.round desc`;

/** Households of a unit known from rounds before. Parameters: round, its reference date, the unit. */
export async function earlierHouseholds(
  tx: Tx,
  parameters: readonly [number, string, string, string],
): Promise<KnownRow[]> {
  return (await tx.query<KnownRow>(EARLIER, [...parameters])).rows;
}
