import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../store/index.js';

const texts = new Map<string, string>();

/** Text of an SQL file of the project, by the path that pages cite: `sql/views/flow-cells.sql`. */
export function sqlText(path: string): string {
  const known = texts.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(join(PROJECT_ROOT, path), 'utf8');
  texts.set(path, text);
  return text;
}

/**
 * Head of a statement that reads what became of each household between two rounds, from the rows as
 * known at `$5`. Not materialized: each use keeps to its own round and its own columns.
 */
export const withTransitions = (): string =>
  `with known_rows as not materialized (${sqlText('sql/views/known-rows.sql')}),
   transitions as (${sqlText('sql/views/transitions.sql')})`;
