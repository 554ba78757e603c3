import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A file of the project, its path relative to the root with forward slashes. */
export interface ProjectFile {
  path: string;
  text: string;
}

export const ROOT = path.resolve(import.meta.dirname, '../..');
const SKIPPED = new Set(['node_modules', 'dist', 'var', '.git', 'coverage', '.cache']);

/** Files below `folder` whose path passes `wanted`, in order. */
export function projectFiles(wanted: (path: string) => boolean, folder = ''): ProjectFile[] {
  const here = path.join(ROOT, folder);
  return readdirSync(here, { withFileTypes: true })
    .filter(({ name }) => !SKIPPED.has(name) && !name.startsWith('dist.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const at = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) return projectFiles(wanted, at);
      return wanted(at) ? [{ path: at, text: readFileSync(path.join(ROOT, at), 'utf8') }] : [];
    });
}

/** One file that must exist. */
export const projectFile = (at: string): string => readFileSync(path.join(ROOT, at), 'utf8');
