import { idText } from '../kernel/index.js';
import type { Tx } from '../store/index.js';

/** A row of a file that nothing is to be asked about. */
export interface BundledRow {
  bookId: string;
  placeId: string;
  outcome: string;
  rowNumber: number;
  householdId: string | Uint8Array | null;
  /** JSON array of its cells, UTF-8. */
  raw: Uint8Array;
}

export interface BundledSheet {
  name: string;
  titles: readonly string[];
}

interface Bundle {
  sheet: BundledSheet;
  /** Of its first row; all rows of a bundle have the same book, place and outcome. */
  first: BundledRow;
  rows: number;
  bytes: Buffer;
  used: number;
}

const FIRST_BYTES = 16 * 1024;
/** The end of an entry and of the bundle. */
const CLOSING_BYTES = 2;
const CLOSE = 0x5d;

/**
 * Collects rows into bundles, one for each sheet, place and outcome, and writes them to `intake_bundles`:
 * hardly anybody reads such a row again, and a record for each would cost as much as a household's.
 */
export class RowBundles {
  /** Rows and bytes that wait to be written. */
  rows = 0;
  bytes = 0;
  #bundles = new Map<string, Bundle>();
  #last: Bundle | null = null;

  add(sheet: BundledSheet, row: BundledRow): void {
    const bundle = this.#bundleFor(sheet, row);
    const id = row.householdId;
    const idJson = id === null ? 'null' : `"${typeof id === 'string' ? id : idText(id)}"`;
    const head = `${bundle.rows === 0 ? '[' : ','}[${row.rowNumber},${idJson},`;
    const size = head.length + row.raw.length;
    if (bundle.used + size + CLOSING_BYTES > bundle.bytes.length) enlarge(bundle, size);
    const at = bundle.used + bundle.bytes.write(head, bundle.used, 'latin1');
    bundle.bytes.set(row.raw, at);
    bundle.used = bundle.bytes.writeUInt8(CLOSE, at + row.raw.length);
    bundle.rows++;
    this.rows++;
    this.bytes += size + 1;
  }

  /** Writes all that wait, in one statement. */
  async write(tx: Tx, importId: string): Promise<void> {
    const parameters: unknown[] = [importId, tx.now];
    const lines = [...this.#bundles.values()].map(({ sheet, first, rows, bytes, used }) => {
      bytes[used] = CLOSE;
      const { bookId, placeId, outcome, rowNumber } = first;
      const titles = JSON.stringify(sheet.titles);
      const entries = bytes.subarray(0, used + 1);
      const values = [bookId, sheet.name, placeId, outcome, rowNumber, rows, titles, entries];
      return lineOf(parameters.push(...values) - VALUES);
    });
    if (lines.length > 0) await tx.query(`${INSERT} ${lines.join(', ')}`, parameters);
  }

  #bundleFor(sheet: BundledSheet, row: BundledRow): Bundle {
    const last = this.#last;
    if (last && last.sheet === sheet && isLike(last.first, row)) return last;
    const key = [sheet.name, row.bookId, row.placeId, row.outcome].join('\u001f');
    let bundle = this.#bundles.get(key);
    if (!bundle) {
      bundle = { sheet, first: row, rows: 0, bytes: Buffer.allocUnsafeSlow(FIRST_BYTES), used: 0 };
      this.#bundles.set(key, bundle);
    }
    return (this.#last = bundle);
  }
}

const isLike = (one: BundledRow, other: BundledRow): boolean =>
  one.outcome === other.outcome && one.placeId === other.placeId && one.bookId === other.bookId;

function enlarge(bundle: Bundle, size: number): void {
  const larger = Buffer.allocUnsafeSlow((bundle.bytes.length + size) * 2);
  larger.set(bundle.bytes.subarray(0, bundle.used));
  bundle.bytes = larger;
}

const INSERT = `
  insert into intake_bundles (import_id, recorded_at, book_id, sheet, place_id, outcome, first_row,
    row_count, titles, entries)
  values`;

const TYPES = ['uuid', 'text', 'uuid', 'text', 'integer', 'integer', 'json', 'json'];
const VALUES = TYPES.length;

const lineOf = (from: number): string =>
  `($1::uuid, $2::timestamptz, ${TYPES.map((type, i) => `$${from + i + 1}::${type}`).join(', ')})`;
