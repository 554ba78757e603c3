import { newId } from '../../kernel/index.js';
import { audit, findByHash } from '../../store/index.js';
import type { Tx } from '../../store/index.js';
import { MATCH_DOMAIN } from './identifier-rows.js';
import { readNumber } from './read-number.js';
import type { PersonalNumber } from './read-number.js';

/** A person found by number, with a household they are a member of. */
export interface FoundPerson {
  personId: string;
  householdId: string | null;
  fullName: string;
}

/** As the checks need one: also where. */
export interface PersonOfNumber extends FoundPerson {
  bookId: string;
  placeId: string;
}

const FIND = `
  select i.person_id as "personId", m.household_id as "householdId", p.full_name as "fullName",
    i.book_id as "bookId", i.place_id as "placeId"
  from person_identifiers i
  join persons p on p.book_id = i.book_id and p.person_id = i.person_id
  left join memberships m on m.book_id = i.book_id and m.person_id = i.person_id
  where i.match_hash = any ($1::bytea[]) and i.ended_at is null
  order by m.valid_to is not null, m.valid_from desc, i.person_id
  limit 20`;

/**
 * People within the actor's scope whose number this is, normally none or one. The search is entered in
 * the log without the number, so the transaction must be able to write.
 * @throws Problem `identifier-refused` for what is no number
 */
export async function findByIdentifier(tx: Tx, text: string): Promise<FoundPerson[]> {
  const found = await findPeople(tx, readNumber(text));
  await audit(tx, {
    action: 'household.search',
    subjectKind: 'search',
    subjectId: newId(tx.clock),
    about: [...new Set(found.map(({ placeId }) => placeId))],
    payload: { by: 'identifier', found: found.length },
  });
  return found.map(({ personId, householdId, fullName }) => ({ personId, householdId, fullName }));
}

/** As `findByIdentifier`, for checks that are part of another act. Each person once. */
export async function findPeople(tx: Tx, { digits }: PersonalNumber): Promise<PersonOfNumber[]> {
  const rows = await findByHash(tx, digits, MATCH_DOMAIN, async (hashes) => {
    return (await tx.query<PersonOfNumber>(FIND, [hashes])).rows;
  });
  const first = new Map<string, PersonOfNumber>();
  for (const row of rows) if (!first.has(row.personId)) first.set(row.personId, row);
  return [...first.values()];
}
