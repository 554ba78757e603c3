import { matchHash, sealWith } from '../../store/index.js';
import type { RingKey, SealedTable, Tx } from '../../store/index.js';
import { COLUMNS, MATCH_DOMAIN, contextOf, openRow } from './identifier-rows.js';
import type { IdentifierRow } from './identifier-rows.js';

/** Numbers of persons, for `thonban keys`. Ended rows are moved too: they can still be read. */
export const SEALED_IDENTIFIERS: SealedTable = {
  name: 'person_identifiers',
  label: 'Số định danh cá nhân',
  count: async (tx) => {
    const { rows } = await tx.query<{ keyId: string; rows: number }>(
      `select key_id as "keyId", count(*)::int as rows from person_identifiers group by key_id`,
    );
    return rows;
  },
  reseal: async (tx, key, from, limit) => {
    const { rows } = await tx.query<IdentifierRow>(
      `select ${COLUMNS} from person_identifiers where key_id = any ($1::text[]) limit $2`,
      [from, limit],
    );
    let moved = 0;
    for (const bookId of new Set(rows.map((row) => row.book_id))) {
      const ofBook = rows.filter((row) => row.book_id === bookId);
      moved += await moveBook(tx, key, bookId, ofBook);
    }
    return moved;
  },
};

/** One statement per book, so that in a distributed database it goes to one node. */
async function moveBook(
  tx: Tx,
  key: RingKey,
  bookId: string,
  rows: readonly IdentifierRow[],
): Promise<number> {
  const moved = rows.map((row) => {
    const digits = openRow(tx, row);
    const { ciphertext } = sealWith(key, digits, contextOf(row));
    return { row, ciphertext, hash: matchHash(key, digits, MATCH_DOMAIN) };
  });
  const { rowCount } = await tx.query(
    `update person_identifiers i
     set key_id = $2, ciphertext = v.ciphertext, match_hash = v.match_hash
     from unnest($3::uuid[], $4::uuid[], $5::text[], $6::bytea[], $7::bytea[])
       as v(person_id, identifier_id, key_id, ciphertext, match_hash)
     where i.book_id = $1 and i.person_id = v.person_id and i.identifier_id = v.identifier_id
       and i.key_id = v.key_id`,
    [
      ...[bookId, key.id, moved.map(({ row }) => row.person_id)],
      ...[moved.map(({ row }) => row.identifier_id), moved.map(({ row }) => row.key_id)],
      ...[moved.map(({ ciphertext }) => ciphertext), moved.map(({ hash }) => hash)],
    ],
  );
  return rowCount;
}
