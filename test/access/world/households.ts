import type pg from 'pg';
import { nameKey, newId, periodicRound } from '../../../src/kernel/index.js';
import { retally } from '../../support/retally.js';
import type { PlaceName } from './description.js';
import { PLACE_NAMES, UNITS, placeOf } from './description.js';
import { insert } from './insert.js';
import type { Tokens } from './tokens.js';
import type { WorldRecord } from './world.js';

const AT = '2025-11-01T02:00:00Z';
export const ROUNDS = [
  { round: 2024, standardId: 'PS-2022' },
  { round: 2025, standardId: 'PS-2022' },
] as const;

/** Households of a place beyond the first two; more than a page of them in v2. */
const MORE: Partial<Record<PlaceName, number>> = { v2: 55 };

export interface Household extends WorldRecord {
  /** Places whose officers may know its id. */
  known: PlaceName[];
  shows: string[];
  /** Its members. */
  people: string[];
}

export interface Ground {
  client: pg.Client;
  places: Readonly<Record<PlaceName, string>>;
  bookId: string;
  tokens: Tokens;
}

/** Rounds, the book, the decision of N1, and households in every place, each value one of a kind. */
export async function addWorldHouseholds(ground: Ground): Promise<Household[]> {
  const { client, bookId, tokens } = ground;
  await insert(client, 'books', [
    { book_id: bookId, province_code: '20', label: 'Sổ thử', opened_at: AT },
  ]);
  for (const { round, standardId } of ROUNDS) await addRound(client, round, standardId);
  const decisionId = newId();
  const ofN1 = {
    places: PLACE_NAMES.filter((p) => (placeOf(p).within as string[]).includes('N1')),
  };
  await insert(client, 'recognition_decisions', [
    {
      ...{ decision_id: decisionId, round: 2025, unit_code: UNITS.N1.code },
      ...{ unit_valid_from: UNITS.N1.from, number: tokens.word('decision', ofN1) },
      ...{ decided_on: '2025-12-01', signer_name: tokens.word('signer', ofN1) },
      ...{ signed_file_sha256: Buffer.from([1]), is_simulated: false, command_id: newId() },
      recorded_at: AT,
    },
  ]);
  const records: Household[] = [];
  for (const place of PLACE_NAMES) {
    const names = ['a', 'b', ...Array.from({ length: MORE[place] ?? 0 }, (_, i) => `c${i}`)];
    for (const [i, name] of names.entries()) {
      const isDecided = i === 0 && place === 'v1';
      records.push(
        await addHousehold(ground, `${place}${name}`, {
          ...{ now: place, before: i === 0 ? place : null, status: i % 2 ? 'near_poor' : 'poor' },
          decisionId: isDecided ? decisionId : null,
          rest: names.length > 2 && i > 1,
        }),
      );
    }
  }
  records.push(
    await addHousehold(ground, 'moved from v1 to v4', {
      ...{ now: 'v4', before: 'v1', status: 'poor', decisionId: null, rest: false },
    }),
  );
  await retally(client);
  await relate(ground, records);
  return records;
}

async function addRound(client: pg.Client, round: number, standardId: string): Promise<void> {
  const { windowFrom, windowTo, referenceDate, effectYear } = periodicRound(round);
  await insert(client, 'review_rounds', [
    {
      ...{ round, standard_id: standardId, window_from: windowFrom, window_to: windowTo },
      ...{ reference_date: referenceDate, effect_year: effectYear, is_synthetic: false },
    },
  ]);
}

interface HouseholdIs {
  now: PlaceName;
  /** Where it stood in the round of 2024; `null` = it was not there. */
  before: PlaceName | null;
  status: 'poor' | 'near_poor';
  decisionId: string | null;
  /** One of many: a row of 2025 and nothing else. */
  rest: boolean;
}

async function addHousehold(ground: Ground, name: string, is: HouseholdIs): Promise<Household> {
  const { client, places, bookId, tokens } = ground;
  const known = is.before && is.before !== is.now ? [is.now, is.before] : [is.now];
  const id = tokens.id(newId(), `household ${name}`, { places: known });
  const own = { places: [is.now] };
  const common = { book_id: bookId, household_id: id };
  const act = { command_id: newId(), recorded_at: AT };
  await insert(client, 'households', [{ ...common, place_id: places[is.now], ...act }]);
  const shown = await addRoundRow(ground, 2025, id, { ...is, at: is.now });
  const shows = [shown.head, shown.code];
  if (is.before) await addRoundRow(ground, 2024, id, { ...is, at: is.before, decisionId: null });
  const members = is.rest ? [] : await addMembers(ground, id, is.now);
  shows.push(...members.map((member) => member.name));
  if (!is.rest) {
    const earlier = { ...common, place_id: places[is.now], standard_id: 'PS-2022', status: 'poor' };
    const source = tokens.word('earlier', own);
    await insert(client, 'earlier_statuses', [
      { ...earlier, round: 2022, is_simulated: false, source, ...act },
    ]);
    shows.push(source);
  }
  const record = { kind: 'household' as const, name: `household ${name}`, id, places: own.places };
  return { ...record, known, shows, word: shown.head, people: members.map(({ id }) => id) };
}

async function addRoundRow(
  { client, places, bookId, tokens }: Ground,
  round: number,
  householdId: string,
  is: Pick<HouseholdIs, 'status' | 'decisionId'> & { at: PlaceName },
): Promise<{ head: string; code: string }> {
  const own = { places: [is.at] };
  const head = tokens.word('head', own);
  const code = tokens.word('code', own);
  const rowId = newId();
  const row = {
    ...{ book_id: bookId, household_id: householdId, round, place_id: places[is.at] },
    ...{ standard_id: 'PS-2022', command_id: newId(), recorded_at: AT },
  };
  const values = {
    ...{ head_name: `Nông ${head}`, head_name_key: nameKey(`Nông ${head}`), field_code: code },
    ...{ head_sex: 'female', head_ethnicity_id: 'nung', is_ethnic_minority: true, members: 4 },
    ...{ b1: 137.5, b2: 40, proposed_status: is.status, is_synthetic: false, area: 'rural' },
    ...{ reviewer: `Hoàng ${tokens.word('reviewer', own)}`, rule_version: 'test' },
  };
  const recognised = { recognised_status: is.decisionId && is.status, decision_id: is.decisionId };
  await insert(client, 'household_rounds', [{ ...row, ...values, ...recognised, row_id: rowId }]);
  // An earlier state of the same row, which was corrected.
  if (round === 2024) {
    const old = {
      ...row,
      ...values,
      row_id: newId(),
      head_name: `Cũ ${tokens.word('corrected', own)}`,
    };
    await insert(client, 'household_rounds', [old]);
    const { book_id, household_id, place_id, command_id, recorded_at } = row;
    const ending = { book_id, household_id, round, row_id: old.row_id, place_id, kind: 'replaced' };
    await insert(client, 'household_round_endings', [{ ...ending, command_id, recorded_at }]);
  }
  return { head, code };
}

async function addMembers(
  { client, places, bookId, tokens }: Ground,
  householdId: string,
  place: PlaceName,
): Promise<{ id: string; name: string }[]> {
  const members: { id: string; name: string }[] = [];
  for (const relation of ['head', 'child']) {
    const name = tokens.word('person', { places: [place] });
    const personId = tokens.id(newId(), 'person', { places: [place] });
    const common = { book_id: bookId, person_id: personId, place_id: places[place] };
    await insert(client, 'persons', [
      {
        ...{ ...common, full_name: `Vi ${name}`, name_key: nameKey(`Vi ${name}`), sex: 'male' },
        ...{ birth_year: 1980, ethnicity_id: 'tay', is_synthetic: false, recorded_at: AT },
      },
    ]);
    const membership = { ...common, household_id: householdId, relation };
    await insert(client, 'memberships', [{ ...membership, valid_from: '2024-12-31' }]);
    members.push({ id: personId, name });
  }
  return members;
}

/** Events that name a household of another place, at the first of each place. */
async function relate(ground: Ground, records: readonly Household[]): Promise<void> {
  const { client, places, bookId } = ground;
  const firsts = records.filter(({ name }) => /^household ..a$/.test(name));
  for (const [i, record] of firsts.entries()) {
    const place = record.places[0]!;
    const common = { book_id: bookId, household_id: record.id, place_id: places[place] };
    const other = firsts[(i + 3) % firsts.length]!;
    // The id of the other household stands in the event: who sees this place may learn it.
    other.known.push(place);
    await insert(client, 'household_events', [
      {
        ...{ ...common, event_id: newId(), round: 2025, kind: 'split_off' },
        ...{ related_household_id: other.id, is_synthetic: false },
        ...{ command_id: newId(), recorded_at: AT },
      },
    ]);
  }
}
