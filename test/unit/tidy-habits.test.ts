import { expect, test } from 'vitest';
import { projectFiles } from '../tidy/files.js';
import {
  findBannedWords,
  findDirectQueries,
  findMigrationProblems,
  findNameProblems,
  findSizeProblems,
  linesIn,
  quantile,
} from '../tidy/habits.js';

const file = (path: string, text: string) => ({ path, text });
const lines = (count: number) => 'x\n'.repeat(count);
// The rules name what they forbid, so they and their examples are not read by themselves.
const isOwn = (at: string) => /^test\/(tidy\/|unit\/tidy-)/.test(at);
const isCode = (at: string) => /\.(tsx?|mjs|js|sql|ya?ml|md|css|json)$/.test(at);

test('too long a file, and too many long ones, are found', () => {
  expect(linesIn('a\nb\n')).toBe(2);
  expect(quantile([3, 1, 2, 4], 0.5)).toBe(2);
  expect(findSizeProblems([file('a.ts', lines(501))]).join()).toContain('a.ts: 501 lines');
  expect(findSizeProblems([file('a.test.ts', lines(800))])).toEqual([]);
  expect(findSizeProblems([file('a.test.ts', lines(801))])).toEqual(['a.test.ts: 801 lines']);
  expect(findSizeProblems([file('src/store/tables.ts', lines(501))])).toEqual([]);
  const many = Array.from({ length: 10 }, (_, i) => file(`${i}.ts`, lines(i < 5 ? 10 : 400)));
  expect(findSizeProblems(many).join()).toContain('one file in twenty');
  expect(findSizeProblems(many.slice(3)).join()).toContain('half of the source');
});

test.each([['src/Store.ts'], ['src/open_store.ts'], ['src/Thôn.md'], ['src/Web/a.ts'], ['a b.ts']])(
  '%s is no name for a file',
  (path) => {
    expect(findNameProblems([path])).toEqual([path]);
  },
);

test('kebab-case, numbered migrations and well-known documents are names', () => {
  const good = ['src/a-b/c2.db.test.ts', 'sql/migrations/0001_a_b.sql', 'README.md', '.ci/run'];
  expect(findNameProblems(good)).toEqual([]);
});

test.each([
  ['// TODO later'],
  ['const x = y as any;'],
  ['function f(x: any) {}'],
  ['// @ts-ignore'],
  ['// eslint-disable-next-line no-eval'],
  ['/* eslint-disable */'],
  [`const dir = '${['', 'work', 'main'].join('/')}';`],
  ['cd /home/someone'],
  ['"resolved": "https://registry.example.org/x.tgz"'],
  ['test.only("x", f)'],
  ['test.skip("x", f)'],
])('%s is refused', (text) => {
  expect(findBannedWords([file('a.ts', `\n${text}`)])[0]).toContain('a.ts:2');
});

test.each([
  ['// eslint-disable-next-line no-eval -- the reason'],
  ['const anything: many = company;'],
  ['tests/work/rooms'],
  ['// the to-do list of a commune'],
])('%s is fine', (text) => {
  expect(findBannedWords([file('a.ts', text)])).toEqual([]);
});

test('a migration without purpose or check is found', () => {
  expect(findMigrationProblems([file('m.sql', '-- Purpose: x\ncreate table t ();')])).toEqual([
    'm.sql: the header does not say "Check:"',
  ]);
  expect(
    findMigrationProblems([file('m.sql', 'create table t (); -- Purpose: Check:')]),
  ).toHaveLength(2);
});

test('this project keeps its habits', () => {
  const files = projectFiles((at) => isCode(at) && !isOwn(at) && at !== 'package-lock.json');
  const code = files.filter(({ path }) => /\.(tsx?|mjs|js|css)$/.test(path));
  expect(findSizeProblems(code)).toEqual([]);
  expect(findBannedWords(files)).toEqual([]);
  expect(findNameProblems(projectFiles(() => true).map(({ path }) => path))).toEqual([]);
  const migrations = files.filter(({ path }) => path.startsWith('sql/migrations/'));
  expect(migrations.length).toBeGreaterThan(0);
  expect(findMigrationProblems(migrations)).toEqual([]);
});

test('a query past the actor, and the instance read by hand, are found', () => {
  const pool = file('src/http/a.ts', "await store.app.query('select 1');");
  const instance = file('src/cli/b.ts', "tx.query('select kind from instance')");
  expect(findDirectQueries([pool, instance])).toEqual(['src/http/a.ts', 'src/cli/b.ts']);
  expect(findDirectQueries([file('src/store/a.ts', pool.text)])).toEqual([]);
  expect(findDirectQueries([file('src/http/a.db.test.ts', pool.text)])).toEqual([]);
});

test('no room asks past the actor', () => {
  expect(findDirectQueries(projectFiles((at) => at.startsWith('src/')))).toEqual([]);
});
