import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ClientBase } from 'pg';
import { PROJECT_ROOT } from '../../src/store/index.js';

/** The two statements with which an instance from before got its tallies. */
const FROM_ROWS = readFileSync(
  path.join(PROJECT_ROOT, 'sql/migrations/0023_round_tallies.sql'),
  'utf8',
).match(/^insert into round_tallies[^;]+/gm)!;

/** Counts all rows anew; for a test that wrote or changed them past the door of the registry. */
export async function retally(client: ClientBase): Promise<void> {
  await client.query('delete from round_tallies');
  for (const statement of FROM_ROWS) await client.query(statement);
}

/** Groups that tallies and rows count differently. */
export async function wrongTallies(client: ClientBase): Promise<unknown[]> {
  const check = readFileSync(path.join(PROJECT_ROOT, 'sql/checks/tallies.sql'), 'utf8');
  return (await client.query(check)).rows;
}
