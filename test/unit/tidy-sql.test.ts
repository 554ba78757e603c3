import { expect, test } from 'vitest';
import { projectFiles } from '../tidy/files.js';
import { describe, lintScripts, lintStatement, schemaOf } from '../tidy/sql/lint.js';
import { statementsOf, tokenize } from '../tidy/sql/tokens.js';

const BOOKS = `
  create table books (book_id uuid primary key);
  create table units (code text primary key, parent text references units);
  create table households (
    book_id uuid not null references books, household_id uuid not null, place_id uuid not null,
    code text, primary key (book_id, household_id));
  create table members (
    book_id uuid not null, household_id uuid not null, person_id uuid not null,
    place_id uuid not null, primary key (book_id, household_id, person_id),
    foreign key (book_id, household_id) references households (book_id, household_id));
  create view current_households with (security_invoker = true) as select * from households;
`;
const schema = schemaOf([{ origin: 'fixture', text: BOOKS }]);

const rulesIn = (text: string) => lintStatement({ origin: 'x', text }, schema).map((f) => f.rule);
const rulesOfTables = (text: string) => {
  const script = { origin: 'x', text: BOOKS + text };
  return lintScripts([script], schemaOf([script])).map((found) => found.rule);
};

test('a script that lifts the force of row security puts it back', () => {
  const lift = 'alter table households no force row level security;';
  const back = 'alter table households force row level security;';
  expect(rulesIn(`${lift} update households set code = '1'; ${back}`)).toEqual([]);
  expect(rulesIn(`${back} ${lift}`)).toEqual(['row-security-off']);
  expect(rulesIn(`${lift} alter table members force row level security;`)).toContain(
    'row-security-off',
  );
});

test('the schema knows what is household-scoped, views included', () => {
  expect([...schema.scoped]).toEqual(['households', 'members']);
  expect(schema.scopedRelations.has('current_households')).toBe(true);
  expect(schema.scopedRelations.has('units')).toBe(false);
  expect(rulesOfTables('')).toEqual([]);
});

test.each([
  ['grouping-sets', 'select place_id, count(*) from households group by rollup (place_id)'],
  ['grouping-sets', 'select 1 from current_households c group by grouping sets ((a), (b))'],
  ['grouping-sets', 'select 1 from "public"."households" as "h" group by cube (a, b)'],
  [
    'recursive-query',
    'with recursive t as (select 1 from households union all select 1 from t) select * from t',
  ],
  ['row-lock', 'select * from households where code = $1 for update'],
  ['row-lock', 'select * from households h where h.place_id = $1 for no key update'],
  ['join-without-book', 'select 1 from households h join members m using (household_id)'],
  [
    'join-without-book',
    'select 1 from households h join members m on m.household_id = h.household_id',
  ],
  ['join-without-book', 'select 1 from households h, members m where h.code = $1'],
  [
    'join-without-book',
    `select 1 from households h join members m on m.book_id = h.book_id
       join members n on n.household_id = h.household_id`,
  ],
  [
    'join-without-book',
    'update members m set place_id = h.place_id from households h where h.household_id = m.household_id',
  ],
  [
    'correlated-without-book',
    `select 1 from households h where not exists (
       select from members m where m.household_id = h.household_id)`,
  ],
  [
    'correlated-without-book',
    `select (select count(*) from members m where m.household_id = h.household_id)
       from households h`,
  ],
  [
    'correlated-without-book',
    `select 1 from households h cross join lateral (
       select 1 from members m where m.household_id = h.household_id) x`,
  ],
  ['book-changed', 'update households set book_id = $1 where household_id = $2'],
  ['book-changed', 'update "households" set "code" = $1, "book_id" = $2'],
  ['book-changed', 'update households set (code, book_id) = ($1, $2)'],
  ['rows-deleted', 'delete from households where book_id = $1'],
  ['rows-deleted', 'with gone as (delete from members returning 1) select * from gone'],
  ['rows-deleted', 'delete from audit_entries'],
  ['rows-deleted', 'truncate members, units'],
  ['merge-statement', 'merge into households h using units u on true when matched then do nothing'],
  [
    'conflict-without-book',
    'insert into households (book_id) values ($1) on conflict (code) do nothing',
  ],
  ['trigger', 'create trigger t after insert on households execute function f()'],
  ['trigger', 'create or replace trigger t after insert on members execute function f()'],
  ['trigger', "do $$ begin execute 'create trigger t on households'; end $$"],
  ['materialised-view', 'create materialized view totals as select 1 from households'],
  ['key-without-book', 'create unique index on households (code)'],
  ['key-without-book', 'alter table members add constraint m unique (person_id)'],
  ['row-security-off', 'alter table households disable row level security'],
  ['row-security-off', 'alter table households no force row level security'],
  ['setting-not-local', "set thonban.scope = 'p:20'"],
  ['setting-not-local', "set session thonban.scope = 'p:20'"],
  ['setting-not-local', 'reset thonban.scope'],
  ['setting-not-local', "select set_config('thonban.scope', $1, false)"],
  ['setting-not-local', "select set_config('thonban.scope', $1, $2)"],
  ['unreadable', "select 'a text that never ends"],
  ['unreadable', 'select (1'],
])('%s is found in: %s', (rule, text) => {
  expect(rulesIn(text)).toContain(rule);
});

test.each([
  ['select place_id, count(*) from households group by place_id'],
  [
    `with fine as (select place_id, count(*) n from households group by place_id)
       select place_id, sum(n) from fine group by rollup (place_id)`,
  ],
  ['select sum(n) from (select count(*) n from households) f group by cube (n)'],
  [
    `with recursive up as (select code from units union all
       select u.code from units u join up on up.code = u.parent) select * from up`,
  ],
  ['select * from households where book_id = $1 and household_id = $2 for update'],
  ['select * from households h where $1::uuid = h.book_id for update'],
  ['select * from jobs for update skip locked'],
  ['select 1 from households h join members m using (book_id, household_id)'],
  ['select 1 from households h join members m on (m.book_id = h.book_id and m.x = h.x)'],
  [
    'select 1 from "households" as "h" inner join "members" as "m" on "m"."book_id" = "h"."book_id"',
  ],
  ['select 1 from households h, members m where (h.book_id, h.x) = (m.book_id, m.x)'],
  ['select 1 from households h, members m where h.book_id = $1 and m.book_id = $1'],
  ['select 1 from households h join units u on u.code = h.code'],
  [
    `select 1 from households h where not exists (
       select from members m where m.book_id = h.book_id and m.household_id = h.household_id)`,
  ],
  ['select 1 from households h where exists (select from units u where u.code = h.code)'],
  ['select 1 from households where place_id in (select place_id from members)'],
  ['update households set code = $1 where book_id = $2'],
  ['insert into households (book_id) values ($1) on conflict (book_id, household_id) do nothing'],
  ['insert into households select book_id, $1 from staged where book_id is distinct from $2'],
  ['alter table households force row level security'],
  ['delete from staged'],
  ['delete from sessions where expires_at < $1'],
  ["set local thonban.scope = 'p:20'"],
  ["select set_config('thonban.scope', $1, true)"],
  ['set transaction read only'],
  ["select 'delete from households' as text -- truncate households"],
  ['select /* set x = 1; /* nested */ */ extract(year from recorded_at) from households'],
])('nothing is found in: %s', (text) => {
  expect(rulesIn(text)).toEqual([]);
});

test.each([
  [
    'key-without-book',
    'create table t (book_id uuid not null, place_id uuid, id uuid primary key);',
  ],
  [
    'key-without-book',
    `create table t (book_id uuid not null, place_id uuid, id uuid unique,
       primary key (book_id, id));`,
  ],
  ['row-without-place', 'create table t (book_id uuid not null, id uuid, primary key (book_id));'],
  [
    'reference-without-book',
    `create table t (book_id uuid not null, place_id uuid, household_id uuid references households,
       primary key (book_id));`,
  ],
  [
    'reference-into-books',
    `create table t (id uuid primary key, b uuid, h uuid,
       foreign key (b, h) references households (book_id, household_id));`,
  ],
  ['view-as-owner', 'create view v as select * from current_households;'],
])('%s is found in: %s', (rule, text) => {
  expect(rulesOfTables(text)).toContain(rule);
});

test('tokens: texts, names, parameters and comments are told apart', () => {
  const kinds = tokenize(`select "A""b", 'it''s', E'a\\'b', $q$ ; ' $q$, $1, 1.5 -- end`).map(
    (token) => [token.kind, token.value],
  );
  expect(kinds.filter(([, value]) => value !== ',')).toEqual([
    ['word', 'select'],
    ['word', 'A"b'],
    ['text', "it's"],
    ['text', "a'b"],
    ['text', " ; ' "],
    ['parameter', '$1'],
    ['number', '1.5'],
  ]);
  expect(statementsOf('select 1; ; select (2; 3)')).toHaveLength(2);
});

test('migrations and views keep to the rules', () => {
  const scripts = projectFiles((at) => at.endsWith('.sql') && at !== 'sql/schema.sql').map(toSql);
  const isMigration = (sql: { origin: string }) => sql.origin.startsWith('sql/migrations/');
  const migrations = scripts.filter(isMigration);
  const own = schemaOf(scripts);
  expect(own.scoped.has('household_rounds')).toBe(true);
  expect(describe(lintScripts(migrations, own))).toEqual([]);
  const others = scripts.filter((script) => !isMigration(script));
  expect(others.flatMap((script) => describe(lintStatement(script, own)))).toEqual([]);
});

const toSql = (file: { path: string; text: string }) => ({ origin: file.path, text: file.text });
