import { expect, test } from 'vitest';
import { projectFile, projectFiles } from '../tidy/files.js';
import type { Allowed } from '../tidy/rooms.js';
import { findCycles, findImportProblems, findRoomProblems, importsOf } from '../tidy/rooms.js';

const map: Allowed = { kernel: [], rules: ['kernel'], store: ['kernel'], web: ['kernel'] };
const problemsOf = (path: string, text: string) => findImportProblems([{ path, text }], map);

test.each([
  ['src/kernel/a.ts', "import { b } from '../store/index.js';", 'kernel may not import store'],
  ['src/rules/a.ts', "export * from '../store/index.js';", 'rules may not import store'],
  ['src/store/a.ts', "import type { D } from '../kernel/plain-date.js';", 'the door of kernel'],
  ['src/store/a.ts', "const k = await import('../rules/index.js');", 'store may not import rules'],
  ['src/store/a.ts', "import x from '../../test/support/database.js';", 'leaves src'],
  ['src/store/a.ts', "import { b } from './b';", 'does not end with .js'],
  ['src/web/a.tsx', "import { z } from 'zod';", 'web is pure'],
  ['src/rules/a.ts', "import { readFile } from 'node:fs/promises';", 'rules is pure'],
  ['src/store/a.test.ts', "import { p } from '../rules/parse.js';", 'the door of rules'],
])('%s with %s is refused', (path, text, problem) => {
  expect(problemsOf(path, text).join()).toContain(problem);
});

test.each([
  ['src/store/a.ts', "import { day } from '../kernel/index.js'; import './b.js';"],
  ['src/store/deep/a.ts', "import { day } from '../../kernel/index.js';"],
  ['src/web/a.tsx', "import { scaleLinear } from 'd3-scale';"],
  ['src/kernel/a.test.ts', "import { s } from '../store/index.js'; import 'fast-check';"],
  ['src/store/a.ts', "// import { x } from '../rules/index.js';\nconst s = 'import x from y';"],
])('%s with %s is fine', (path, text) => {
  expect(problemsOf(path, text)).toEqual([]);
});

test('imports are read also when lazy, for types, or passed on', () => {
  const source = "import type { A } from 'a'; export { b } from 'b'; void import('c');";
  expect(importsOf(source)).toEqual(['a', 'b', 'c']);
});

test('cycles are found, however long', () => {
  expect(findCycles({ a: ['b'], b: ['c'], c: ['a'] })).toEqual(['a → b → c → a']);
  expect(findCycles({ a: ['a'] })).toEqual(['a → a']);
  expect(findCycles({ a: ['b', 'c'], b: ['c'], c: [] })).toEqual([]);
});

test('rooms without a line, door, README or folder are found', () => {
  const paths = ['src/kernel/index.ts', 'src/kernel/README.md', 'src/attic/junk.ts'];
  expect(findRoomProblems(paths, { kernel: ['cellar'], store: [] })).toEqual([
    'attic is not mapped',
    'store has no folder',
    'attic has no README.md',
    'attic has no index.ts',
    'cellar is allowed but unknown',
  ]);
});

test('the rooms of this project keep to their map', () => {
  const allowed = JSON.parse(projectFile('test/rooms.json')) as Allowed;
  const files = projectFiles((at) => at.startsWith('src/'));
  const sources = files.filter((file) => /\.tsx?$/.test(file.path));
  expect(findCycles(allowed)).toEqual([]);
  expect(findImportProblems(sources, allowed)).toEqual([]);
  const paths = files.map((file) => file.path);
  expect(findRoomProblems(paths, allowed)).toEqual([]);
});
