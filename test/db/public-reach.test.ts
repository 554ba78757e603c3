import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import pg from 'pg';
import { closeFunctions, limitPublicLogin } from '../../src/store/launcher/narrow-public.js';
import { LOCKS } from '../../src/store/index.js';
import { PUBLIC_READS, findTooFarReach, refuseFarReach } from '../../src/store/public-reach.js';
import type { TestStore } from '../support/database.js';
import { testStore } from '../support/database.js';

// Read from the catalogs of a migrated database: whatever way a right was given, it is seen.
let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

const reach = (before = '', role = 'thonban_public') =>
  store.behind(async (client: pg.Client) => {
    await client.query('begin');
    if (before) await client.query(before);
    const found = await findTooFarReach(client, role);
    await client.query('rollback');
    return found;
  });

test('thonban_public selects the public projections and can do nothing else', async () => {
  expect(await reach()).toEqual([]);
});

test('the list of what it may read is short, and every column of it is there', async () => {
  const columns = await store.behind(async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select c.oid::regclass || '.' || a.attname as name
       from pg_class c join pg_attribute a on a.attrelid = c.oid
       where a.attnum > 0 and has_column_privilege('thonban_public', c.oid, a.attnum, 'select')
         and c.relnamespace = 'publication'::regnamespace`,
    );
    return rows.map((row) => row.name).sort();
  });
  const listed = Object.entries(PUBLIC_READS).flatMap(([table, names]) =>
    names.map((name) => `${table}.${name}`),
  );
  expect(columns).toEqual(listed.sort());
  expect(Object.keys(PUBLIC_READS)).toEqual(['publication.editions', 'publication.shelves']);
});

const DEFINER = `create function peek() returns bigint language sql security definer
  as 'select count(*) from households';`;

test.each([
  ['grant select on households to thonban_public', 'select households.place_id'],
  ['grant select (head_name) on household_rounds to thonban_public', 'household_rounds.head_name'],
  ['grant select on people to public', 'select people.full_name'],
  ['grant select on audit_entries to thonban_public', 'select audit_entries.payload'],
  ['grant select on publication.inputs to thonban_public', 'select publication.inputs.fingerprint'],
  ['alter table publication.shelves add column note text', 'select publication.shelves.note'],
  ['grant update on publication.shelves to thonban_public', 'write publication.shelves'],
  ['grant insert (shelf) on publication.shelves to thonban_public', 'write publication.shelves'],
  ['grant thonban_app to thonban_public', 'be thonban_app'],
  ['grant thonban_publisher to thonban_public', 'write publication.shelves'],
  ['grant pg_read_all_data to thonban_public', 'select households.place_id'],
  ['grant pg_read_server_files to thonban_public', 'be pg_read_server_files'],
  ['grant select on pg_statistic to thonban_public', 'select pg_statistic'],
  ['alter role thonban_public bypassrls', 'administer'],
  ['alter role thonban_public createrole', 'administer'],
  ['grant create on schema public to public', 'create in public'],
  ['alter table publication.editions owner to thonban_public', 'own publication.editions'],
  [DEFINER, 'execute peek()'],
  [
    `create view publication.heads as select head_name from household_rounds;
     grant select on publication.heads to thonban_public`,
    'select publication.heads.head_name',
  ],
])('the check is able to fail: %s', async (before, found) => {
  expect((await reach(before)).join('\n')).toContain(found);
});

test('the role of the officers’ site is refused to serve the public', async () => {
  const client = new pg.Client({ connectionString: store.env['DATABASE_URL'] });
  await client.connect();
  const refused = refuseFarReach(client);
  await expect(refused).rejects.toMatchObject({ code: 'public-role-too-powerful' });
  await expect(refused).rejects.toThrow(/thonban_app/);
  await client.end();
});

describe('it can hold up nobody and fill no disk', () => {
  const asPublic = async (sql: string): Promise<unknown> => {
    const client = new pg.Client({ connectionString: store.env['DATABASE_PUBLIC_URL'] });
    await client.connect();
    const answer: unknown = await client.query(sql).then(
      () => null,
      (error: unknown) => error,
    );
    await client.end();
    return answer;
  };

  test.each([
    `select pg_advisory_lock(${LOCKS.checkpoint})`,
    `select pg_try_advisory_xact_lock_shared(${LOCKS.keys})`,
    `select pg_advisory_xact_lock(${LOCKS.round}, 2025)`,
    "select lo_from_bytea(0, decode(repeat('00', 1000), 'hex'))",
    'select lo_create(0)',
    "select pg_logical_emit_message(false, 'x', repeat('x', 1000))",
    'create temporary table t (x text)',
  ])('%s', async (sql) => {
    expect(await asPublic(sql)).toMatchObject({ code: '42501' });
  });

  test('its sessions are numbered, and what it forgets ends', async () => {
    const [role] = await store.behind(async (client) => {
      const { rows } = await client.query<{ sessions: number; settings: string[] }>(
        `select rolconnlimit as sessions, rolconfig as settings from pg_roles
         where rolname = 'thonban_public'`,
      );
      return rows;
    });
    expect(role?.sessions).toBe(20);
    expect(role?.settings).toEqual(
      expect.arrayContaining(['statement_timeout=60s', 'idle_session_timeout=10min']),
    );
  });

  test.each(['postgres', 'template1'])('the database %s is closed to it', async (name) => {
    const url = store.env['DATABASE_PUBLIC_URL']?.replace(/\/test_[0-9a-f]+\?/, `/${name}?`);
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await expect(client.connect()).rejects.toMatchObject({ code: '42501' });
    await client.end();
  });

  test('who may not close the functions is told which stay open, and nothing breaks', async () => {
    const open = await store.behind(async (client) => {
      await client.query('begin');
      await client.query('grant execute on function pg_advisory_lock(bigint) to public');
      await client.query('create role so_quan_tri createrole');
      await client.query('set local role so_quan_tri');
      const names = await closeFunctions(client);
      const isLimited = await limitPublicLogin(client);
      await client.query('rollback');
      return { names, isLimited };
    });
    // Limited already; not by this role.
    expect(open).toEqual({ names: ['pg_advisory_lock(bigint)'], isLimited: true });
  });
});

describe('whoever owns the projections', () => {
  const ask = (sql: string) =>
    store.behind(async (client) => (await client.query<{ name: string }>(sql)).rows);

  test('owns all of them, owns nothing else, and cannot log in', async () => {
    const owned = await ask(
      `select r.rolname || ' ' || c.oid::regclass as name
       from pg_class c join pg_roles r on r.oid = c.relowner
       where c.relkind in ('r', 'v', 'm', 'f', 'p', 'S')
         and (r.rolname = 'thonban_publisher') <> (c.relnamespace = 'publication'::regnamespace)`,
    );
    expect(owned).toEqual([]);
    const [role] = await ask(
      "select rolname as name from pg_roles where rolname = 'thonban_publisher' and not rolcanlogin",
    );
    expect(role?.name).toBe('thonban_publisher');
  });

  test('reads no table outside, so that a view of theirs shows nothing', async () => {
    const outside = (await reach('', 'thonban_publisher')).filter(
      (found) => !/ publication(\.|$)/.test(found),
    );
    expect(outside).toEqual([]);
    const shown = await store.behind(async (client) => {
      await client.query('begin');
      await client.query('create view publication.heads as select head_name from household_rounds');
      await client.query('alter view publication.heads owner to thonban_publisher');
      await client.query('grant select on publication.heads to thonban_public');
      await client.query('set local role thonban_public');
      const error: unknown = await client
        .query('select * from publication.heads')
        .catch((thrown: unknown) => thrown);
      await client.query('rollback');
      return error;
    });
    expect(shown).toMatchObject({ code: '42501' });
  });
});
