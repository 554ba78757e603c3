import { Problem } from '../../kernel/index.js';
import { unseal } from '../../store/index.js';
import type { KeyPlace, Sealed } from '../../store/index.js';
import type { IdentifierKind } from './read-number.js';

/** A row of `person_identifiers`, as far as it is needed to open it. */
export interface IdentifierRow {
  book_id: string;
  person_id: string;
  identifier_id: string;
  place_id: string;
  kind: IdentifierKind;
  key_id: string;
  ciphertext: Buffer;
}

export const COLUMNS = 'book_id, person_id, identifier_id, place_id, kind, key_id, ciphertext';

/** Keeps hashes of this column apart from those of others. */
export const MATCH_DOMAIN = 'person_identifiers.match_hash';

/** Binds a ciphertext to its row: copied to another person's, it does not open. */
export const contextOf = (
  row: Pick<IdentifierRow, 'book_id' | 'person_id' | 'identifier_id' | 'kind'>,
): string =>
  ['person_identifiers', row.book_id, row.person_id, row.identifier_id, row.kind].join('/');

export const sealedOf = (row: IdentifierRow): Sealed => ({
  keyId: row.key_id,
  ciphertext: row.ciphertext,
});

export const openRow = (place: KeyPlace, row: IdentifierRow): string =>
  unseal(place, sealedOf(row), contextOf(row));

/** `null` when the key is missing or the row was altered: a page with other facts still opens. */
export function openRowIfPossible(place: KeyPlace, row: IdentifierRow): string | null {
  try {
    return openRow(place, row);
  } catch (error) {
    if (error instanceof Problem && error.kind === 'environment') return null;
    throw error;
  }
}
