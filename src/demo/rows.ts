import { insertRounds } from '../registry/index.js';
import type { PlaceClass } from './area-classes.js';
import { CAUSES, INDICATORS } from './assessment.js';
import type { RoundEngine } from './engine.js';
import type { Household, HouseholdYear } from './household.js';
import { SLOTS, householdNumber } from './synthetic-ids.js';

/** What rows of one book refer to besides their own household. */
export interface RowContext {
  bookId: string;
  /** Ids and classes by village. */
  placeIds: readonly string[];
  classes: readonly PlaceClass[];
  rounds: readonly number[];
  /** By round. */
  engines: readonly RoundEngine[];
  /** The recognising decision of the commune a village lies in, per round and village. */
  decisionIds: readonly (readonly string[])[];
  idOf: (n: number) => string;
}

/** The one act that writes all rows. */
export interface Load {
  commandId: string;
  now: string;
}

const recorded = ({ commandId, now }: Load) => ({ command_id: commandId, recorded_at: now });

type Row = readonly unknown[];

/** A table of the load: what each row holds, and what is the same in all of them. */
export interface LoadedTable {
  name: string;
  columns: readonly string[];
  same: (load: Load) => Record<string, unknown>;
  /** Where more comes of a row than itself. */
  insert?: typeof insertRounds;
}

export const HOUSEHOLDS: LoadedTable = {
  name: 'households',
  columns: ['book_id', 'household_id', 'place_id', 'opened_round'],
  same: recorded,
};

export const householdRow = (household: Household, c: RowContext): Row => [
  c.bookId,
  household.id,
  c.placeIds[household.lastPlace],
  c.rounds[household.years[0]!.round],
];

export const PERSONS: LoadedTable = {
  name: 'persons',
  columns: [
    ...['book_id', 'person_id', 'place_id', 'full_name', 'name_key', 'sex', 'birth_year'],
    ...['birth_date', 'ethnicity_id'],
  ],
  same: ({ now }) => ({ is_synthetic: true, recorded_at: now }),
};

/**
 * A person once: with the last membership inside the book. One who left to found a household is
 * written with that household, an heir with the membership as head.
 */
export function* personRows(household: Household, c: RowContext): Generator<Row> {
  const placeId = c.placeIds[household.lastPlace];
  for (const { person, endReason } of household.members) {
    if (endReason === 'split' || endReason === 'other') continue;
    const { id, fullName, nameKey, sex, birthYear, birthDate, ethnicity } = person;
    yield [c.bookId, id, placeId, fullName, nameKey, sex, birthYear, birthDate, ethnicity];
  }
}

export const MEMBERSHIPS: LoadedTable = {
  name: 'memberships',
  columns: [
    ...['book_id', 'household_id', 'person_id', 'place_id', 'relation', 'valid_from', 'valid_to'],
    'end_reason',
  ],
  same: () => ({}),
};

export function* membershipRows(household: Household, c: RowContext): Generator<Row> {
  const placeId = c.placeIds[household.lastPlace];
  for (const { person, relation, from, to, endReason } of household.members) {
    yield [c.bookId, household.id, person.id, placeId, relation, from, to, endReason];
  }
}

export const ROUNDS: LoadedTable = {
  name: 'household_rounds',
  columns: [
    ...['book_id', 'household_id', 'round', 'row_id', 'place_id', 'standard_id', 'area'],
    ...['area_class', 'is_extremely_disadvantaged', 'field_code', 'head_name', 'head_name_key'],
    ...['head_sex', 'head_birth_year', 'head_ethnicity_id', 'is_ethnic_minority', 'members'],
    ...['has_no_labour_capacity', 'has_merit_person', 'quick_screen_passed', 'b1', 'b2'],
    ...INDICATORS.map((id) => `deprived_${id}`),
    ...CAUSES.map((id) => `cause_${id}`),
    ...['field_status', 'proposed_status', 'recognised_status', 'decision_id', 'rule_version'],
    'reviewed_on',
  ],
  same: (load) => ({ reviewer: 'Rà soát viên mô phỏng', is_synthetic: true, ...recorded(load) }),
  insert: insertRounds,
};

export function roundRow(household: Household, year: HouseholdYear, c: RowContext): Row {
  const { head, assessment, place } = year;
  const placeClass = c.classes[place]!;
  const engine = c.engines[year.round]!;
  return [
    c.bookId,
    household.id,
    c.rounds[year.round],
    c.idOf(householdNumber(household.index, SLOTS.rows + year.round)),
    c.placeIds[place],
    engine.standardId,
    year.area,
    placeClass.areaClass,
    placeClass.isExtremelyDisadvantaged,
    household.fieldCode,
    head.fullName,
    head.nameKey,
    head.sex,
    head.birthYear,
    head.ethnicity,
    head.ethnicity !== 'kinh',
    year.members,
    year.hasNoLabourCapacity,
    household.hasMeritPerson,
    assessment.passedQuickScreen,
    assessment.b1,
    assessment.b2,
    ...assessment.deprived,
    ...assessment.causes,
    assessment.fieldStatus,
    engine.propose(year),
    year.status,
    c.decisionIds[year.round]![place],
    engine.ruleVersion,
    year.reviewedOn,
  ];
}

export const EARLIER: LoadedTable = {
  name: 'earlier_statuses',
  columns: ['book_id', 'household_id', 'round', 'place_id', 'standard_id', 'status'],
  same: (load) => ({
    is_simulated: true,
    source: 'Danh sách mô phỏng trước kỳ rà soát đầu tiên',
    ...recorded(load),
  }),
};

export const EVENTS: LoadedTable = {
  name: 'household_events',
  columns: [
    ...['book_id', 'household_id', 'event_id', 'place_id', 'round', 'kind'],
    ...['related_household_id', 'happened_on'],
  ],
  same: (load) => ({ is_synthetic: true, ...recorded(load) }),
};

export function* eventRows(household: Household, c: RowContext): Generator<Row> {
  let number = 0;
  for (const event of household.events) {
    yield [
      c.bookId,
      household.id,
      c.idOf(householdNumber(household.index, SLOTS.events + number++)),
      c.placeIds[event.place],
      c.rounds[event.round],
      event.kind,
      event.relatedHouseholdId,
      event.on,
    ];
  }
}

/** The simulated list of before the first round; at most one row. */
export function earlierRow(
  household: Household,
  status: 'poor' | 'near_poor',
  earlier: { round: number; standardId: string },
  c: RowContext,
): Row {
  const placeId = c.placeIds[household.years[0]!.place];
  return [c.bookId, household.id, earlier.round, placeId, earlier.standardId, status];
}
