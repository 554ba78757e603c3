import type { FieldFormat } from './copy-formats.js';
import { SIZE_BYTES, formatOf, writeSized } from './copy-formats.js';

const CHUNK_BYTES = 128 * 1024;
/** What comes before the rows: the signature, no flags, no extension; and behind them: the end. */
const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.from([0xff, 0xff]);
/** Bytes that say how many fields a row has. */
const COUNT_BYTES = 2;

interface Varying {
  column: number;
  room: (value: unknown) => number;
}

/**
 * Rows already written in COPY's binary format and kept outside the heap. For loads that make the rows
 * of several tables in one go and send them one table after the other: keeping the objects instead
 * costs the collector more than making them.
 */
export class CopyBuffer {
  readonly #formats: readonly FieldFormat[];
  /** Bytes that a row takes without what is different from row to row. */
  readonly #fixed: number;
  readonly #varying: readonly Varying[];
  #chunks: Buffer[] = [HEADER];
  #open = Buffer.alloc(0);
  #used = 0;
  /** Rows and bytes added so far. */
  rows = 0;
  bytes = 0;

  /** @param types of the columns, in the order of the values in each row; see `columnTypes` */
  constructor(types: readonly string[]) {
    this.#formats = types.map(formatOf);
    this.#fixed = this.#formats.reduce(
      (sum, { room }) => sum + SIZE_BYTES + (typeof room === 'number' ? room : 0),
      COUNT_BYTES,
    );
    this.#varying = this.#formats.flatMap(({ room }, column) =>
      typeof room === 'number' ? [] : [{ column, room }],
    );
  }

  /**
   * Adds one row; `null` and `undefined` are NULL. After an error the buffer is of no further use.
   * @throws Problem `text-not-storable`, TypeError for a value of another kind than its column's
   */
  add(row: readonly unknown[]): void {
    const formats = this.#formats;
    if (row.length !== formats.length) {
      throw new TypeError(`a row of ${row.length} values for ${formats.length} columns`);
    }
    let bytes = this.#fixed;
    for (const { column, room } of this.#varying) {
      const value = row[column];
      if (value !== null && value !== undefined) bytes += room(value);
    }
    this.#reserve(bytes);
    const open = this.#open;
    let at = open.writeInt16BE(row.length, this.#used);
    for (let i = 0; i < row.length; i++) at = writeSized(open, at, formats[i]!, row[i]);
    this.bytes += at - this.#used;
    this.#used = at;
    this.rows++;
  }

  /** Takes out what has been written of the rows so far, in pieces; `end` says that none will follow. */
  take(end: boolean): readonly Buffer[] {
    this.#close();
    if (end) this.#chunks.push(TRAILER);
    const chunks = this.#chunks;
    this.#chunks = [];
    return chunks;
  }

  /** Whole pieces that wait to be taken. */
  get waiting(): number {
    return this.#chunks.length;
  }

  #close(): void {
    if (this.#used > 0) this.#chunks.push(this.#open.subarray(0, this.#used));
    this.#open = this.#open.subarray(this.#used);
    this.#used = 0;
  }

  #reserve(bytes: number): void {
    if (this.#used + bytes <= this.#open.length) return;
    this.#close();
    if (bytes > this.#open.length) {
      this.#open = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, bytes));
    }
  }
}
