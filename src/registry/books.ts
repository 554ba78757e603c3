import { createHash } from 'node:crypto';
import { keyOf } from '../areas/index.js';
import type { Unit } from '../areas/index.js';
import type { Tx } from '../store/index.js';

/**
 * The book new households of a unit are entered in, opened at the first call. Its id is derived from
 * the unit (UUID version 8, RFC 9562 §5.8), so that two imports at the same time open one book.
 * A book says where rows are stored, never where a household lives.
 */
export async function bookFor(
  tx: Tx,
  unit: Pick<Unit, 'code' | 'validFrom' | 'name' | 'provinceCode'>,
): Promise<string> {
  const known = await tx.query<{ book_id: string }>(
    `select book_id from books where opened_for_unit_code = $1 and opened_for_unit_valid_from = $2
     order by opened_at, book_id limit 1`,
    [unit.code, unit.validFrom],
  );
  if (known.rows[0]) return known.rows[0].book_id;
  const bookId = bookIdOf(keyOf(unit));
  await tx.query(
    `insert into books (book_id, province_code, label, opened_for_unit_code,
       opened_for_unit_valid_from, opened_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (book_id) do nothing`,
    [bookId, unit.provinceCode, `Sổ ${unit.name}`, unit.code, unit.validFrom, tx.now],
  );
  return bookId;
}

function bookIdOf(unitKey: string): string {
  const hex = createHash('sha256').update(`book:${unitKey}`).digest('hex');
  const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
  return [...parts, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
