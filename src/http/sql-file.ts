import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../store/index.js';
import type { Ctx } from './env.js';
import { notFound } from './query.js';

const FOLDER = 'sql/views';

/** Paths that pages cite as the way a figure is counted: `sql/views/indicators/poverty-rate.sql`. */
function listFiles(): ReadonlySet<string> {
  const names = readdirSync(join(PROJECT_ROOT, FOLDER), { recursive: true, encoding: 'utf8' });
  return new Set(names.filter((name) => name.endsWith('.sql')).map((name) => `${FOLDER}/${name}`));
}

/**
 * GET /sql/views/…: the SQL behind a published figure, as it stands, at the address that is its path.
 * Only files of that folder; any other name does not exist.
 */
export function sqlFile(): (c: Ctx) => Response {
  const files = listFiles();
  return (c) => {
    const path = c.req.path.slice(1);
    if (!files.has(path)) throw notFound();
    return c.text(readFileSync(join(PROJECT_ROOT, path), 'utf8'));
  };
}
