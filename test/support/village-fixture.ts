import { addPlace, areaRegister, placeTimeline, scopeOfPlace } from '../../src/areas/index.js';
import { day, nameKey, newId } from '../../src/kernel/index.js';
import { SYSTEM_ACTOR, withActor } from '../../src/store/index.js';
import type { Store } from '../../src/store/index.js';

export interface TestPerson {
  personId: string;
  householdId: string;
  bookId: string;
  placeId: string;
  /** Scope key of the village. */
  scope: string;
}

/** A village of a commune, to be filled with people by a test. Needs the units to be installed. */
export async function testVillage(store: Store, code: string): Promise<string> {
  const register = areaRegister();
  const unit = register.unitOn(code, day('2025-07-01'));
  if (!unit) throw new Error(`no unit ${code}`);
  return withActor(store, SYSTEM_ACTOR(['p:20']), (tx) =>
    addPlace(tx, {
      ...{ provinceCode: '20', kind: 'village', name: `Thôn của ${code}`, isSimulated: false },
      stays: placeTimeline(register, unit, unit.validFrom),
    }),
  );
}

/** A person alone in a household of their own. */
export async function testPerson(
  store: Store,
  placeId: string,
  person: { name: string; sex?: 'male' | 'female'; birthYear?: number; bookId?: string },
): Promise<TestPerson> {
  const [personId, householdId] = [newId(), newId()];
  const bookId = person.bookId ?? newId();
  await withActor(store, SYSTEM_ACTOR(['p:20']), async (tx) => {
    await tx.query(
      `insert into books (book_id, province_code, label, opened_at) values ($1, '20', 'Sổ', $2)
       on conflict do nothing`,
      [bookId, tx.now],
    );
    await tx.query(
      `insert into households (book_id, household_id, place_id, command_id, recorded_at)
       values ($1, $2, $3, $4, $5)`,
      [bookId, householdId, placeId, newId(), tx.now],
    );
    await tx.query(
      `insert into persons (book_id, person_id, place_id, full_name, name_key, sex, birth_year,
         is_synthetic, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, false, $8)`,
      [
        ...[bookId, personId, placeId, person.name, nameKey(person.name)],
        ...[person.sex ?? null, person.birthYear ?? null, tx.now],
      ],
    );
    await tx.query(
      `insert into memberships (book_id, household_id, person_id, place_id, relation, valid_from)
       values ($1, $2, $3, $4, 'head', '2025-01-01')`,
      [bookId, householdId, personId, placeId],
    );
  });
  return { personId, householdId, bookId, placeId, scope: scopeOfPlace(placeId) };
}
