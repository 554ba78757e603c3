import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { Problem } from '../kernel/index.js';
import { CopyBuffer } from './copy-buffer.js';
import type { Tx } from './types.js';

export type BulkRow = readonly unknown[];

/** Runs the INSERT that carries staged rows over, and says how many there were. */
export type Insert = (tx: Tx, insert: string, parameters: readonly unknown[]) => Promise<number>;

const plainInsert: Insert = async (tx, insert, parameters) =>
  (await tx.query(insert, [...parameters])).rowCount;

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
 * into several tables with INSERT … SELECT; `bulkInsert` does both for a single table. Takes all of a
 * buffer out of it; the buffer is done with afterwards.
 */
export async function copyInto(
  tx: Tx,
  temporaryTable: string,
  columns: readonly string[],
  rows: Iterable<BulkRow> | AsyncIterable<BulkRow> | CopyBuffer,
): Promise<void> {
  const list = columns.map(identifier).join(', ');
  const pieces =
    rows instanceof CopyBuffer
      ? rows.take(true)
      : piecesOf(rows, new CopyBuffer(await columnTypes(tx, temporaryTable, columns)));
  const target = tx.client.query(
    copyFrom(`copy ${identifier(temporaryTable)} (${list}) from stdin (format binary)`),
  );
  await pipeline(Readable.from(pieces, { objectMode: false }), target);
}

/**
 * The types of columns of a table, in the order of `columns`, as a `CopyBuffer` wants them: by their name
 * in `pg_type`, those of enumerations `enum`.
 */
export async function columnTypes(
  tx: Tx,
  table: string,
  columns: readonly string[],
): Promise<string[]> {
  const { rows } = await tx.query<{ name: string; type: string }>(
    `select a.attname as name, case when t.typtype = 'e' then 'enum' else t.typname end as type
     from pg_attribute a join pg_type t on t.oid = a.atttypid
     where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped`,
    [table],
  );
  const types = new Map(rows.map(({ name, type }) => [name, type]));
  return columns.map((column) => {
    const type = types.get(column);
    if (type === undefined) throw new TypeError(`table ${table} has no column ${column}`);
    return type;
  });
}

async function* piecesOf(
  rows: Iterable<BulkRow> | AsyncIterable<BulkRow>,
  buffer: CopyBuffer,
): AsyncGenerator<Buffer> {
  for await (const row of rows) {
    addNumbered(buffer, row);
    if (buffer.waiting > 1) yield* buffer.take(false);
  }
  yield* buffer.take(true);
}

/** A text that cannot be stored is told with the number of its row. */
function addNumbered(buffer: CopyBuffer, row: BulkRow): void {
  try {
    buffer.add(row);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const number = buffer.rows + 1;
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
