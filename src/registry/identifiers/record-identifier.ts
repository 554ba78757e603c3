import { Problem, newId, tidyText } from '../../kernel/index.js';
import { audit, currentHash, holdKey, runCommand, seal, withActor } from '../../store/index.js';
import type { Actor, Store, Tx } from '../../store/index.js';
import { findPeople } from './find-by-identifier.js';
import type { PersonOfNumber } from './find-by-identifier.js';
import { COLUMNS, MATCH_DOMAIN, contextOf, openRowIfPossible } from './identifier-rows.js';
import type { IdentifierRow } from './identifier-rows.js';
import { IDENTIFIER_LABEL, disagreement, readNumber } from './read-number.js';
import type { KnownPerson, PersonalNumber } from './read-number.js';
import { identifierRights } from './show-identifiers.js';

export interface NewIdentifier {
  householdId: string;
  personId: string;
  /** As typed. */
  number: string;
  /** The number was compared with the paper although it disagrees with what the book says. */
  isConfirmed?: boolean;
  /** Needed when another number stands there already. */
  reason?: string;
}

export interface Recorded {
  outcome: 'recorded' | 'corrected' | 'unchanged';
}

interface PersonRow {
  book_id: string;
  place_id: string;
  sex: KnownPerson['sex'];
  birth_year: number | null;
}

const PERSON = `
  select p.book_id, p.place_id, p.sex, p.birth_year
  from memberships m
  join persons p on p.book_id = m.book_id and p.person_id = m.person_id
  where m.household_id = $1 and m.person_id = $2 limit 1`;

/**
 * `recordIdentifier` as a command of one officer. A refusal that names whom a number belongs to tells as
 * much as a search does: it is entered for that household although nothing was written.
 */
export async function enterIdentifier(
  store: Store,
  by: { actor: Actor; commandId: string },
  input: NewIdentifier,
): Promise<Recorded> {
  const permission = 'identifier:propose' as const;
  const call = {
    ...by,
    name: 'identifier.record',
    permission,
    input: commandInputOf(store, input),
  };
  let named: PersonOfNumber | undefined;
  try {
    return await runCommand(store, call, (tx) =>
      recordIdentifier(tx, input, (person) => (named = person)),
    );
  } catch (error) {
    if (named) await enterNamed(store, by.actor, named);
    throw error;
  }
}

const enterNamed = (store: Store, actor: Actor, named: PersonOfNumber): Promise<unknown> =>
  withActor(store, actor, (tx) =>
    audit(tx, {
      action: 'household.search',
      ...(named.householdId === null
        ? { subjectKind: 'search', subjectId: newId(tx.clock) }
        : { subjectKind: 'household', subjectId: named.householdId }),
      ...{ bookId: named.bookId, placeId: named.placeId },
      payload: { by: 'identifier', found: 1, personId: named.personId },
      purpose: 'ghi số định danh cho một người khác',
    }),
  );

/**
 * Writes down, or corrects, the personal number of a member of a household within scope. The number is
 * stored encrypted; neither the log nor the entry of the command holds it.
 * @throws Problem `identifier-refused`, `identifier-disagrees` (ask, then confirm), `identifier-taken`,
 *   `reason-missing`, or not found
 */
export async function recordIdentifier(
  tx: Tx,
  input: NewIdentifier,
  onNamed?: (person: PersonOfNumber) => void,
): Promise<Recorded> {
  const number = readNumber(input.number);
  const { rows } = await tx.query<PersonRow>(PERSON, [input.householdId, input.personId]);
  const person = rows[0];
  if (!person) throw noSuchPerson();
  const known = { sex: person.sex, birthYear: person.birth_year };
  const doubt = input.isConfirmed === true ? null : disagreement(number, known);
  if (doubt !== null) throw disagrees(doubt);
  const other = await otherHolder(tx, number, input.personId);
  if (other) {
    onNamed?.(other);
    throw taken(number, other);
  }
  const standing = await standingRow(tx, person.book_id, input.personId, number);
  if (standing && openRowIfPossible(tx, standing) === number.digits) {
    return { outcome: 'unchanged' };
  }
  const reason = tidyText(input.reason ?? '');
  if (standing && reason === '') throw reasonMissing();
  if (standing) await endRow(tx, standing);
  await insertRow(tx, person, input.personId, number);
  const outcome = standing ? 'corrected' : 'recorded';
  await audit(tx, {
    action: standing ? 'identifier.correct' : 'identifier.record',
    subjectKind: 'household',
    subjectId: input.householdId,
    bookId: person.book_id,
    placeId: person.place_id,
    payload: { personId: input.personId, kind: number.kind },
    reason: standing ? reason : null,
    ...(standing && { baseVersion: standing.identifier_id }),
  });
  return { outcome };
}

/** What stands for the number in the input of a command: repeats are noticed, nothing is told. */
export const commandInputOf = (tx: Pick<Tx, 'dataDir' | 'clock'>, input: NewIdentifier) => ({
  householdId: input.householdId,
  personId: input.personId,
  isConfirmed: input.isConfirmed ?? false,
  reason: input.reason ?? null,
  number: currentHash(tx, input.number, 'command').toString('hex'),
});

async function standingRow(
  tx: Tx,
  bookId: string,
  personId: string,
  { kind }: PersonalNumber,
): Promise<IdentifierRow | undefined> {
  const { rows } = await tx.query<IdentifierRow>(
    `select ${COLUMNS} from person_identifiers
     where book_id = $1 and person_id = $2 and kind = $3 and ended_at is null`,
    [bookId, personId, kind],
  );
  return rows[0];
}

async function endRow(tx: Tx, row: IdentifierRow): Promise<void> {
  await tx.query(
    `update person_identifiers set ended_at = $4, ended_by_command_id = $5
     where book_id = $1 and person_id = $2 and identifier_id = $3 and ended_at is null`,
    [row.book_id, row.person_id, row.identifier_id, tx.now, tx.commandId],
  );
}

async function insertRow(
  tx: Tx,
  person: PersonRow,
  personId: string,
  { kind, digits }: PersonalNumber,
): Promise<void> {
  const row = {
    book_id: person.book_id,
    person_id: personId,
    identifier_id: newId(tx.clock),
    kind,
  };
  await holdKey(tx);
  const { keyId, ciphertext } = await seal(tx, digits, contextOf(row));
  await tx.query(
    `insert into person_identifiers (book_id, person_id, identifier_id, place_id, kind, key_id,
       ciphertext, match_hash, command_id, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[row.book_id, row.person_id, row.identifier_id, person.place_id, kind, keyId, ciphertext],
      ...[currentHash(tx, digits, MATCH_DOMAIN), tx.commandId, tx.now],
    ],
  );
}

/**
 * Whom else the number stands for, where the actor may look people up by their number: elsewhere it
 * tells nothing of itself.
 */
async function otherHolder(
  tx: Tx,
  number: PersonalNumber,
  personId: string,
): Promise<PersonOfNumber | undefined> {
  for (const one of await findPeople(tx, number)) {
    if (one.personId === personId) continue;
    if ((await identifierRights(tx, one.placeId)).canReveal) return one;
  }
  return undefined;
}

const taken = (number: PersonalNumber, other: PersonOfNumber): Problem =>
  new Problem('conflict', {
    code: 'identifier-taken',
    what: `${capital(IDENTIFIER_LABEL[number.kind])} này đang ghi cho ${other.fullName}.`,
    why: 'Một số chỉ thuộc một người; một trong hai chỗ ghi nhầm.',
    todo: 'Đối chiếu giấy tờ, sửa chỗ ghi nhầm trước rồi nhập lại.',
    details: { householdId: other.householdId },
  });

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const noSuchPerson = (): Problem =>
  new Problem('not-found', {
    code: 'not-found',
    what: 'Không có thành viên này trong hộ.',
    todo: 'Mở lại trang của hộ.',
  });

const disagrees = (why: string): Problem =>
  new Problem('refused', {
    code: 'identifier-disagrees',
    what: 'Số này không khớp với thông tin của người trong sổ.',
    why,
    todo: 'Đối chiếu với giấy tờ gốc. Nếu giấy tờ đúng như vậy, đánh dấu ô xác nhận rồi gửi lại.',
  });

const reasonMissing = (): Problem =>
  new Problem('refused', {
    code: 'reason-missing',
    what: 'Sửa số đã ghi thì phải nêu lý do.',
    todo: 'Ghi lý do, ví dụ: đối chiếu lại với căn cước.',
  });
