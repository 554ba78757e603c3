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
