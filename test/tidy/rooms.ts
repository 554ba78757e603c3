import path from 'node:path';
import ts from 'typescript';
import type { ProjectFile } from './files.js';

/** Which rooms each room may import. */
export type Allowed = Record<string, readonly string[]>;

/** Rooms that read no file, no network and no register; `web` runs in the browser too. */
const PURE = new Set(['kernel', 'rules', 'web']);
/** Packages a pure room may use. */
const PURE_PACKAGES: Record<string, RegExp> = {
  kernel: /^$/,
  rules: /^$/,
  web: /^(hono(\/.*)?|d3-.*)$/,
};

const isTest = (at: string): boolean => /\.(test|example)\.tsx?$|\/examples?\//.test(at);

/** Module names that a source imports or exports from, also lazily and for types alone. */
export function importsOf(source: string): string[] {
  return ts.preProcessFile(source, true, true).importedFiles.map((file) => file.fileName);
}

const roomOf = (at: string): string | null => /^src\/([^/]+)\//.exec(at)?.[1] ?? null;

/** Imports that the map of the rooms does not allow, or that do not use the door. */
export function findImportProblems(files: readonly ProjectFile[], allowed: Allowed): string[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path);
    if (room === null) return [];
    return importsOf(file.text).flatMap((name) => {
      const problem = name.startsWith('.')
        ? relativeProblem(file.path, room, name, allowed)
        : packageProblem(file.path, room, name);
      return problem === null ? [] : [`${file.path}: ${problem}`];
    });
  });
}

function relativeProblem(at: string, room: string, name: string, allowed: Allowed): string | null {
  const target = path.posix.join(path.posix.dirname(at), name);
  if (!/\.(js|json)$/.test(name)) return `"${name}" does not end with .js`;
  const other = roomOf(target);
  if (other === null) {
    return isTest(at) || target === 'package.json' ? null : `"${name}" leaves src`;
  }
  if (other === room) return null;
  if (target !== `src/${other}/index.js`) return `"${name}" does not use the door of ${other}`;
  if (isTest(at) || allowed[room]?.includes(other)) return null;
  return `${room} may not import ${other}`;
}

function packageProblem(at: string, room: string, name: string): string | null {
  const pure = PURE_PACKAGES[room];
  if (!PURE.has(room) || !pure || isTest(at) || pure.test(name)) return null;
  return `${room} is pure and may not import ${name}`;
}

/** Chains of rooms that come back to where they began. */
export function findCycles(allowed: Allowed): string[] {
  const cycles: string[] = [];
  const visit = (room: string, trail: readonly string[]): void => {
    const seen = trail.indexOf(room);
    if (seen >= 0) {
      cycles.push([...trail.slice(seen), room].join(' → '));
      return;
    }
    for (const next of allowed[room] ?? []) visit(next, [...trail, room]);
  };
  for (const room of Object.keys(allowed)) if (cycles.length === 0) visit(room, []);
  return cycles;
}

/** Folders without a line in the map, lines without a folder, missing doors and missing READMEs. */
export function findRoomProblems(paths: readonly string[], allowed: Allowed): string[] {
  const folders = new Set(paths.flatMap((at) => roomOf(at) ?? []));
  const has = new Set(paths);
  const mapped = Object.keys(allowed);
  return [
    ...[...folders].filter((room) => !mapped.includes(room)).map((room) => `${room} is not mapped`),
    ...mapped.filter((room) => !folders.has(room)).map((room) => `${room} has no folder`),
    ...[...folders].flatMap((room) => [
      ...(has.has(`src/${room}/README.md`) ? [] : [`${room} has no README.md`]),
      ...(has.has(`src/${room}/index.ts`) || room === 'cli' ? [] : [`${room} has no index.ts`]),
    ]),
    ...Object.values(allowed)
      .flat()
      .filter((room) => !mapped.includes(room))
      .map((room) => `${room} is allowed but unknown`),
  ];
}
