import path from 'node:path';
import type { ProjectFile } from './files.js';

export interface Package {
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  scripts: Record<string, string>;
}

/** Versions are exact, so that two machines install the same thing. */
export function findLoosePins(pack: Package): string[] {
  const all = { ...pack.dependencies, ...pack.optionalDependencies, ...pack.devDependencies };
  return Object.entries(all)
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version))
    .map(([name, version]) => `${name} ${version}`);
}

/** Every runtime package has its row in the table, and every row is a runtime package. */
export function findUnjustified(pack: Package, table: string): string[] {
  const names = Object.keys({ ...pack.dependencies, ...pack.optionalDependencies });
  const rows = [...table.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1] ?? '');
  return [
    ...names.filter((name) => !rows.includes(name)).map((name) => `${name} is not justified`),
    ...rows.filter((name) => !names.includes(name)).map((name) => `${name} is not installed`),
  ];
}

/** Commands a document tells people to type that do not exist. */
export function findUnknownCommands(
  { path: at, text }: ProjectFile,
  scripts: readonly string[],
  commands: readonly string[],
): string[] {
  const code = [...text.matchAll(/```[^\n]*\n([\s\S]*?)```|`([^`\n]+)`/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  const said = code.flatMap((block) =>
    [...block.matchAll(/(?<![/\w])(npm run|npm|(?:npx )?thonban) ([a-z][a-z:-]*)/g)].map(
      (match) => ({
        tool: match[1] ?? '',
        word: match[2] ?? '',
      }),
    ),
  );
  return said
    .filter(({ tool, word }) => {
      if (tool === 'npm run') return !scripts.includes(word);
      if (tool === 'npm') return !['ci', 'i', 'install', 'run', 'start', 'test'].includes(word);
      return !commands.includes(word);
    })
    .map(({ tool, word }) => `${at}: "${tool} ${word}" does not exist`);
}

/** Links and paths in a document that lead nowhere. */
export function findBrokenPaths(
  { path: at, text }: ProjectFile,
  exists: (path: string) => boolean,
): string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1] ?? '')
    .filter((link) => !/^([a-z]+:|#)/.test(link))
    .map((link) => path.posix.join(path.posix.dirname(at), link.replace(/#.*$/, '')));
  const spans = [...text.matchAll(/`((?:src|test|sql|packs|docs|bench|bin)\/[^`\s]*)`/g)]
    .map((match) => (match[1] ?? '').replace(/\/$/, ''))
    .filter((span) => !/[*{}<>…]|NNNN|NAME/.test(span));
  return [...links, ...spans]
    .filter((target) => !exists(target))
    .map((target) => `${at}: ${target} does not exist`);
}
