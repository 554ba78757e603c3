import { today } from '../kernel/index.js';
import type { PlainDate, PovertyStatus } from '../kernel/index.js';
import { namesakeWords, placeUnitsAt, withWords } from '../areas/index.js';
import { audit } from '../store/index.js';
import type { Tx } from '../store/index.js';
import { maskedIdentifiers } from './identifiers/show-identifiers.js';
import { readRounds } from './read-rounds.js';
import type { HouseholdEvent, HouseholdMember, HouseholdView } from './household-view.js';

interface HouseholdRow {
  book_id: string;
  place_id: string;
  place_name: string;
  place_kind: 'village' | 'unknown_village';
  unit_code: string | null;
  unit_valid_from: PlainDate | null;
  unit_name: string | null;
  opened_round: number | null;
  import_id: string | null;
}

const HOUSEHOLD = `
  select h.book_id, h.place_id, p.name as place_name, p.kind as place_kind, pu.unit_code,
    pu.unit_valid_from, u.name as unit_name, h.opened_round, h.import_id
  from households h
  join places p on p.place_id = h.place_id
  left join ${placeUnitsAt('$2::date')} pu on pu.place_id = h.place_id
  left join units u on u.code = pu.unit_code and u.valid_from = pu.unit_valid_from
  where h.household_id = $1`;

const MEMBERS = `
  select m.person_id as "personId", p.full_name as "fullName", m.relation, p.sex,
    p.birth_year as "birthYear", p.ethnicity_id as "ethnicityId", m.valid_from as "validFrom",
    m.valid_to as "validTo", m.end_reason as "endReason", p.is_synthetic as "isSynthetic"
  from memberships m
  join persons p on p.book_id = m.book_id and p.person_id = m.person_id
  where m.book_id = $1 and m.household_id = $2
  order by m.valid_to is not null, m.relation <> 'head', p.birth_year nulls last, p.name_key`;

const EARLIER = `
  select round, standard_id as "standardId", status, source
  from earlier_statuses where book_id = $1 and household_id = $2 order by round desc`;

const EVENTS = `
  select round, kind, related_household_id as "relatedHouseholdId", happened_on as "happenedOn"
  from household_events where book_id = $1 and household_id = $2 order by round desc, event_id`;

const LISTS = `
  select distinct list_id as "listId" from recognition_list_rows
  where book_id = $1 and household_id = $2`;

/**
 * One household with everything known of it, or `null` when there is none that the actor may see (the
 * two look the same). The reading itself is entered in the audit log with its purpose, so the transaction must be able
 * to write.
 */
export async function householdView(
  tx: Tx,
  householdId: string,
  purpose: string | null = null,
): Promise<HouseholdView | null> {
  const found = await tx.query<HouseholdRow>(HOUSEHOLD, [householdId, today(tx.clock)]);
  const row = found.rows[0];
  if (!row) return null;
  const key = [row.book_id, householdId];
  const members = await tx.query<HouseholdMember>(MEMBERS, key);
  const identifiers = await maskedIdentifiers(tx, row.book_id, householdId);
  const earlier = await tx.query<{
    round: number;
    standardId: string;
    status: PovertyStatus;
    source: string;
  }>(EARLIER, key);
  const events = await tx.query<HouseholdEvent>(EVENTS, key);
  const lists = await tx.query<{ listId: string }>(LISTS, key);
  const rounds = await readRounds(tx, row.book_id, householdId);
  const imports = [row.import_id, ...rounds.map((round) => round.importId)];
  await audit(tx, {
    action: 'household.read',
    subjectKind: 'household',
    subjectId: householdId,
    bookId: row.book_id,
    placeId: row.place_id,
    purpose,
  });
  const words = await namesakeWords(tx, [row.place_id], today(tx.clock));
  const place = withWords(row.place_name, words.get(row.place_id));
  const { unit_code: code, unit_valid_from: validFrom, unit_name: name } = row;
  return {
    householdId,
    bookId: row.book_id,
    place: { placeId: row.place_id, name: place, kind: row.place_kind },
    unit: code && validFrom && name ? { code, validFrom, name } : null,
    openedRound: row.opened_round,
    members: members.rows,
    identifiers,
    rounds,
    earlierStatuses: earlier.rows,
    events: events.rows,
    listIds: lists.rows.map(({ listId }) => listId),
    importIds: [...new Set(imports.filter((id) => id !== null))],
  };
}
