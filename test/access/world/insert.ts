import type pg from 'pg';

type Row = Readonly<Record<string, unknown>>;

/** Writes rows behind row security, as the superuser of the test: the world is not made by its actors. */
export async function insert(
  client: pg.Client,
  table: string,
  rows: readonly Row[],
): Promise<void> {
  for (const row of rows) {
    const columns = Object.keys(row);
    const marks = columns.map((_, i) => `$${i + 1}`);
    await client.query(
      `insert into ${table} (${columns.join(', ')}) values (${marks.join(', ')})`,
      Object.values(row),
    );
  }
}
