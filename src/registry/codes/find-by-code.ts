import { Problem } from '../../kernel/index.js';
import { scopeOfProvince } from '../../areas/index.js';
import type { Store, Tx } from '../../store/index.js';
import { SYSTEM_ACTOR, audit, instanceOf, withActor } from '../../store/index.js';
import { codeHash } from './code-text.js';

/** The household that a code opens. */
export interface HouseholdOfCode {
  bookId: string;
  householdId: string;
  placeId: string;
  villageName: string;
}

/**
 * The household whose paper carries this code and whose head was born in this year; `null` for every
 * other pair, whichever of the two is wrong. The installation looks, since the household has no account.
 * A wrong year is entered, so that the household sees that somebody tried its paper.
 */
export async function findByCode(
  store: Store,
  code: string,
  birthYear: number,
): Promise<HouseholdOfCode | null> {
  const { provinceCode } = await instanceOf(store);
  const reader = SYSTEM_ACTOR([scopeOfProvince(provinceCode)]);
  return withActor(store, reader, async (tx) => {
    const found = await ownerOf(tx, code);
    if (!found) return null;
    const known = (await birthYearOfHead(tx, found)) ?? found.yearOfPaper;
    if (known === null) throw birthYearUnknown();
    if (known === birthYear) return found;
    await audit(tx, {
      ...{ action: 'household-code.refuse', subjectKind: 'household' },
      ...{ subjectId: found.householdId, bookId: found.bookId, placeId: found.placeId },
      purpose: 'không cho xem vì năm sinh của chủ hộ không đúng',
    });
    return null;
  });
}

interface OwnerOfCode extends HouseholdOfCode {
  /** What was typed when the paper was handed out, where the book did not know the year. */
  yearOfPaper: number | null;
}

/** A code that was replaced opens nothing. */
async function ownerOf(tx: Tx, code: string): Promise<OwnerOfCode | undefined> {
  const { rows } = await tx.query<OwnerOfCode>(
    `select c.book_id as "bookId", c.household_id as "householdId", h.place_id as "placeId",
       p.name as "villageName", c.head_birth_year as "yearOfPaper"
     from household_codes c
     join households h on h.book_id = c.book_id and h.household_id = c.household_id
     join places p on p.place_id = h.place_id
     where c.code_hash = $1
       and c.code_id = (select n.code_id from household_codes n
         where n.book_id = c.book_id and n.household_id = c.household_id
         order by n.recorded_at desc, n.code_id desc limit 1)`,
    [codeHash(code)],
  );
  return rows[0];
}

/** The year of birth of the head as the book has it; a review file tells none. */
export async function birthYearOfHead(
  tx: Tx,
  of: Pick<HouseholdOfCode, 'bookId' | 'householdId'>,
): Promise<number | null> {
  const { rows } = await tx.query<{ year: number | null }>(
    `select coalesce(
       (select p.birth_year from memberships m
        join persons p on p.book_id = m.book_id and p.person_id = m.person_id
        where m.book_id = $1 and m.household_id = $2 and m.relation = 'head'
        order by m.valid_to is not null, m.valid_from desc limit 1),
       (select r.head_birth_year from current_household_rounds r
        where r.book_id = $1 and r.household_id = $2 order by r.round desc limit 1)) as year`,
    [of.bookId, of.householdId],
  );
  return rows[0]?.year ?? null;
}

const birthYearUnknown = (): Problem =>
  new Problem('refused', {
    code: 'birth-year-unknown',
    what: 'Sổ chưa ghi năm sinh của chủ hộ nên chưa tra cứu được bằng mã.',
    todo: 'Mang phiếu đến Ủy ban nhân dân xã để được cấp phiếu mới có ghi năm sinh.',
  });
