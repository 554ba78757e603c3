import { Problem } from '../../kernel/index.js';
import { actingBy, audit, scopesFor } from '../../store/index.js';
import type { Actor, Tx } from '../../store/index.js';
import { COLUMNS, openRow, openRowIfPossible } from './identifier-rows.js';
import type { IdentifierRow } from './identifier-rows.js';
import { maskedNumber } from './read-number.js';
import type { IdentifierKind } from './read-number.js';

/** A number as a page shows it: recognisable, not usable. */
export interface MaskedIdentifier {
  identifierId: string;
  personId: string;
  kind: IdentifierKind;
  /** `null` = it cannot be opened (missing key, altered row). */
  masked: string | null;
}

/** The numbers that stand for the members of a household. */
export async function maskedIdentifiers(
  tx: Tx,
  bookId: string,
  householdId: string,
): Promise<MaskedIdentifier[]> {
  const { rows } = await tx.query<IdentifierRow>(
    `select ${COLUMNS} from person_identifiers i
     where i.book_id = $1 and i.ended_at is null
       and exists (select from memberships m
         where m.book_id = i.book_id and m.person_id = i.person_id and m.household_id = $2)
     order by i.kind, i.identifier_id`,
    [bookId, householdId],
  );
  return rows.map((row) => {
    const digits = openRowIfPossible(tx, row);
    return {
      identifierId: row.identifier_id,
      personId: row.person_id,
      kind: row.kind,
      masked: digits === null ? null : maskedNumber(digits),
    };
  });
}

export interface Revealed {
  householdId: string;
  personId: string;
  kind: IdentifierKind;
  digits: string;
}

/**
 * The full number, for an officer who says why. Who looked, when and why is entered in the log of the
 * household; the number is not.
 */
export async function revealIdentifier(
  tx: Tx,
  input: { householdId: string; identifierId: string; reason: string },
): Promise<Revealed> {
  const { rows } = await tx.query<IdentifierRow>(
    `select ${COLUMNS} from person_identifiers i
     where i.identifier_id = $1 and i.ended_at is null
       and exists (select from memberships m
         where m.book_id = i.book_id and m.person_id = i.person_id and m.household_id = $2)`,
    [input.identifierId, input.householdId],
  );
  const row = rows[0];
  if (!row) {
    throw new Problem('not-found', {
      code: 'not-found',
      what: 'Không có số định danh này.',
      todo: 'Mở lại trang của hộ.',
    });
  }
  const digits = openRow(tx, row);
  await audit(tx, {
    action: 'identifier.read',
    subjectKind: 'household',
    subjectId: input.householdId,
    bookId: row.book_id,
    placeId: row.place_id,
    payload: { personId: row.person_id, kind: row.kind },
    purpose: input.reason,
  });
  return { householdId: input.householdId, personId: row.person_id, kind: row.kind, digits };
}

/** Where the actor may do what with personal numbers: at the place of one household. */
export interface IdentifierRights {
  canReveal: boolean;
  canRecord: boolean;
}

export async function identifierRights(tx: Tx, placeId: string): Promise<IdentifierRights> {
  const { rows } = await tx.query<IdentifierRights>(
    `select coalesce(bool_or(scope_key = any ($2::text[])), false) as "canReveal",
       coalesce(bool_or(scope_key = any ($3::text[])), false) as "canRecord"
     from place_scopes where place_id = $1`,
    [placeId, scopesFor(tx.actor, 'identifier:read'), scopesFor(tx.actor, 'identifier:propose')],
  );
  return rows[0] ?? { canReveal: false, canRecord: false };
}

/** The actor as far as they may see whole numbers, for `findByIdentifier` and `revealIdentifier`. */
export const seeingNumbers = (actor: Actor): Actor => ({
  ...actingBy(actor, 'identifier:read'),
  scopes: scopesFor(actor, 'identifier:read'),
});
