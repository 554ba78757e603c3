import { idText } from '../kernel/index.js';
import type { Tx } from '../store/index.js';

/** A row of a file that nothing is to be asked about. */
export interface PackedRow {
  bookId: string;
  placeId: string;
  outcome: string;
  rowNumber: number;
  householdId: string | Uint8Array | null;
  /** JSON array of its cells, UTF-8. */
  raw: Uint8Array;
}

export interface PackedSheet {
  name: string;
  titles: readonly string[];
}

interface Pack {
  sheet: PackedSheet;
  /** Of its first row; all rows of a pack have the same book, place and outcome. */
  first: PackedRow;
  rows: number;
  bytes: Buffer;
  used: number;
}

const FIRST_BYTES = 16 * 1024;
/** A comma or bracket, the number, an id in quotes, two commas, the end of the entry and of the pack. */
const AROUND_BYTES = 64;
const CLOSE = 0x5d;

/**
 * Collects rows into packs, one for each sheet, place and outcome, and writes them to `intake_packs`:
 * hardly anybody reads such a row again, and a record for each would cost as much as a household's.
 */
export class RowPacks {
  /** Rows and bytes that wait to be written. */
  rows = 0;
  bytes = 0;
  #packs = new Map<string, Pack>();
  #last: Pack | null = null;

  add(sheet: PackedSheet, row: PackedRow): void {
    const pack = this.#packFor(sheet, row);
    const id = row.householdId;
    const idJson = id === null ? 'null' : `"${typeof id === 'string' ? id : idText(id)}"`;
    const head = `${pack.rows === 0 ? '[' : ','}[${row.rowNumber},${idJson},`;
    const size = head.length + row.raw.length;
    if (pack.used + size + AROUND_BYTES > pack.bytes.length) enlarge(pack, size);
    const at = pack.used + pack.bytes.write(head, pack.used, 'latin1');
    pack.bytes.set(row.raw, at);
    pack.used = pack.bytes.writeUInt8(CLOSE, at + row.raw.length);
    pack.rows++;
    this.rows++;
    this.bytes += size + 1;
  }

  /** Writes all that wait, in one statement. */
  async write(tx: Tx, importId: string): Promise<void> {
    const parameters: unknown[] = [importId, tx.now];
    const lines = [...this.#packs.values()].map(({ sheet, first, rows, bytes, used }) => {
      bytes[used] = CLOSE;
      const values = [
        first.bookId,
        sheet.name,
        first.placeId,
        first.outcome,
        first.rowNumber,
        rows,
      ];
      values.push(JSON.stringify(sheet.titles));
      const from = parameters.push(...values, bytes.subarray(0, used + 1)) - VALUES;
      return lineOf(from);
    });
    if (lines.length > 0) await tx.query(`${INSERT} ${lines.join(', ')}`, parameters);
  }

  #packFor(sheet: PackedSheet, row: PackedRow): Pack {
    const last = this.#last;
    if (last && last.sheet === sheet && isLike(last.first, row)) return last;
    const key = [sheet.name, row.bookId, row.placeId, row.outcome].join('\u001f');
    let pack = this.#packs.get(key);
    if (!pack) {
      pack = { sheet, first: row, rows: 0, bytes: Buffer.allocUnsafeSlow(FIRST_BYTES), used: 0 };
      this.#packs.set(key, pack);
    }
    return (this.#last = pack);
  }
}

const isLike = (one: PackedRow, other: PackedRow): boolean =>
  one.outcome === other.outcome && one.placeId === other.placeId && one.bookId === other.bookId;

function enlarge(pack: Pack, size: number): void {
  const larger = Buffer.allocUnsafeSlow((pack.bytes.length + size) * 2);
  larger.set(pack.bytes.subarray(0, pack.used));
  pack.bytes = larger;
}

const INSERT = `
  insert into intake_packs (import_id, recorded_at, book_id, sheet, place_id, outcome, first_row,
    row_count, titles, entries)
  values`;

const TYPES = ['uuid', 'text', 'uuid', 'text', 'integer', 'integer', 'json', 'json'];
const VALUES = TYPES.length;

const lineOf = (from: number): string =>
  `($1::uuid, $2::timestamptz, ${TYPES.map((type, i) => `$${from + i + 1}::${type}`).join(', ')})`;
