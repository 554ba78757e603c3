import { fieldWriter } from './copy-text.js';

const CHUNK_CHARS = 64 * 1024;
const write = fieldWriter('text');

/**
 * Rows already written in COPY's text format and kept outside the heap. For loads that make the rows
 * of several tables in one go and send them one table after the other: keeping the objects instead
 * costs the collector more than making them. Values: text, numbers, booleans, instants, null.
 */
export class CopyBuffer {
  readonly chunks: Buffer[] = [];
  private text = '';

  /** Adds one row; values in the order of the columns it will be inserted with. */
  add(row: readonly unknown[]): void {
    let line = write(row[0]);
    for (let i = 1; i < row.length; i++) line += `\t${write(row[i])}`;
    this.text += `${line}\n`;
    if (this.text.length >= CHUNK_CHARS) this.flush();
  }

  /** Everything added so far; the buffer can be filled on. */
  flush(): readonly Buffer[] {
    if (this.text !== '') this.chunks.push(Buffer.from(this.text, 'utf8'));
    this.text = '';
    return this.chunks;
  }
}
