import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { Problem } from '../kernel/index.js';
import { CopyBuffer } from './copy-buffer.js';
import type { FieldWriter } from './copy-text.js';
import { fieldWriter } from './copy-text.js';
import type { Tx } from './types.js';

export type BulkRow = readonly unknown[];

/** Runs the INSERT that carries staged rows over, and says how many there were. */
export type Insert = (tx: Tx, insert: string, parameters: readonly unknown[]) => Promise<number>;

const plainInsert: Insert = async (tx, insert, parameters) =>
  (await tx.query(insert, [...parameters])).rowCount;

/** COPY is told in pieces of this size: a piece a row costs more than the row itself. */
const CHUNK_CHARS = 128 * 1024;
let serial = 0;

/**
 * Inserts many rows: COPY into a temporary table of this transaction, then INSERT … SELECT, so that row
 * security and checks hold for each row as for a single insert (COPY into the table itself would be
 * refused under row security). Values stand in the order of `columns`; `null` and `undefined` are NULL.
 * `same` holds the columns that have one value in every row; `insert` runs the last step where more than
 * rows comes of it. Returns the number of rows. A text with NUL is refused with its row number (1 = first
 * row).
 */
export async function bulkInsert(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: Iterable<BulkRow> | AsyncIterable<BulkRow> | CopyBuffer,
  same: Readonly<Record<string, unknown>> = {},
  insert: Insert = plainInsert,
): Promise<number> {
  const name = `bulk_${++serial}`;
  const staging = identifier(name);
  const list = columns.map(identifier).join(', ');
  await tx.query(
    `create temporary table ${staging} on commit drop as
     select ${list} from ${identifier(table)} with no data`,
  );
  await copyInto(tx, name, columns, rows);
  const constants = Object.keys(same);
  const filled = [...columns, ...constants].map(identifier).join(', ');
  const selected = [list, ...constants.map((_, at) => `$${at + 1}`)].join(', ');
  const inserted = await insert(
    tx,
    `insert into ${identifier(table)} (${filled}) select ${selected} from ${staging}`,
    Object.values(same),
  );
  await tx.query(`drop table ${staging}`);
  return inserted;
}

/**
 * COPY into a temporary table of this transaction. For work that stages rows once and carries them
 * into several tables with INSERT … SELECT; `bulkInsert` does both for a single table.
 */
export async function copyInto(
  tx: Tx,
  temporaryTable: string,
  columns: readonly string[],
  rows: Iterable<BulkRow> | AsyncIterable<BulkRow> | CopyBuffer,
): Promise<void> {
  const list = columns.map(identifier).join(', ');
  const chunks =
    rows instanceof CopyBuffer
      ? rows.flush()
      : copyChunks(rows, (await columnTypes(tx, temporaryTable)).map(fieldWriter));
  const target = tx.client.query(
    copyFrom(`copy ${identifier(temporaryTable)} (${list}) from stdin`),
  );
  await pipeline(Readable.from(chunks, { objectMode: false }), target);
}

async function columnTypes(tx: Tx, staging: string): Promise<string[]> {
  const { rows } = await tx.query<{ type: string }>(
    `select format_type(atttypid, null) as type from pg_attribute
     where attrelid = to_regclass($1) and attnum > 0 order by attnum`,
    [staging],
  );
  return rows.map((row) => row.type);
}

async function* copyChunks(
  rows: Iterable<BulkRow> | AsyncIterable<BulkRow>,
  writers: readonly FieldWriter[],
): AsyncGenerator<Buffer> {
  let chunk = '';
  let number = 0;
  for await (const row of rows) {
    chunk += copyLine(row, writers, ++number);
    if (chunk.length >= CHUNK_CHARS) {
      yield Buffer.from(chunk, 'utf8');
      chunk = '';
    }
  }
  if (chunk !== '') yield Buffer.from(chunk, 'utf8');
}

function copyLine(row: BulkRow, writers: readonly FieldWriter[], number: number): string {
  if (row.length !== writers.length) {
    throw new TypeError(`row ${number} has ${row.length} values for ${writers.length} columns`);
  }
  try {
    let line = '';
    for (let i = 0; i < writers.length; i++) line += (i ? '\t' : '') + writers[i]!(row[i]);
    return `${line}\n`;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { kind, code, what, todo } = error;
    throw new Problem(kind, {
      code,
      what: `Dòng ${number}: ${what}`,
      ...(todo && { todo }),
      details: { row: number },
    });
  }
}

/** Table and column names come from our own code; anything else is a mistake. */
function identifier(name: string): string {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new TypeError(`not an identifier: ${name}`);
  return `"${name}"`;
}
