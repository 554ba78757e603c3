import { fieldWriter } from './copy-text.js';

const CHUNK_BYTES = 128 * 1024;
/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const BYTES_PER_UNIT = 3;
const write = fieldWriter('text');

/**
 * Rows already written in COPY's text format and kept outside the heap. For loads that make the rows
 * of several tables in one go and send them one table after the other: keeping the objects instead
 * costs the collector more than making them. Values: text, numbers, booleans, instants, null.
 */
export class CopyBuffer {
  readonly chunks: Buffer[] = [];
  private open = Buffer.alloc(0);
  private used = 0;

  /** Adds one row; values in the order of the columns it will be inserted with. */
  add(row: readonly unknown[]): void {
    let line = write(row[0]);
    for (let i = 1; i < row.length; i++) line += `\t${write(row[i])}`;
    line += '\n';
    this.reserve(line.length * BYTES_PER_UNIT);
    this.used += this.open.write(line, this.used);
  }

  /** Everything added so far; the buffer can be filled on. */
  flush(): readonly Buffer[] {
    if (this.used > 0) this.chunks.push(this.open.subarray(0, this.used));
    this.open = this.open.subarray(this.used);
    this.used = 0;
    return this.chunks;
  }

  private reserve(bytes: number): void {
    if (this.used + bytes <= this.open.length) return;
    this.flush();
    if (bytes > this.open.length) {
      this.open = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, bytes));
    }
  }
}
