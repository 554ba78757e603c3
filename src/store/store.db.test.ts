import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestStore } from '../../test/support/database.js';
import { testStore } from '../../test/support/database.js';
import { Problem, newId } from '../kernel/index.js';
import { audit } from './audit/entry.js';
import { bulkInsert } from './bulk-insert.js';
import { dataVersion } from './data-version.js';
import { expectLoad, maintain, openStore } from './open-store.js';
import { runCommand } from './run-command.js';
import { SYSTEM_ACTOR, SYSTEM_ACTOR_ID } from './system-actor.js';
import type { Actor, Tx } from './types.js';
import { withActor, withInstallationReach } from './with-actor.js';

let store: TestStore;
const here = randomUUID();
const elsewhere = randomUUID();
const book = randomUUID();

beforeAll(async () => {
  store = await testStore();
  await withActor(store, SYSTEM_ACTOR([]), async (tx) => {
    for (const [id, key] of [
      [here, 'v:here'],
      [elsewhere, 'v:elsewhere'],
    ] as const) {
      await tx.query(
        `insert into places (place_id, province_code, kind, name, sort_key, is_simulated)
         values ($1, '20', 'village', 'Thôn Mẫu', 'x', true)`,
        [id],
      );
      await tx.query('insert into place_scopes (scope_key, place_id) values ($1, $2)', [key, id]);
    }
    await tx.query(
      `insert into books (book_id, province_code, label, opened_at) values ($1, '20', 'Sổ', $2)`,
      [book, tx.now],
    );
  });
});
afterAll(() => store.close());

const officer = (...scopes: string[]): Actor => ({
  id: randomUUID(),
  name: 'Cán bộ',
  officeId: null,
  scopes,
  grants: 'installation',
});

const PERSON = ['book_id', 'person_id', 'place_id', 'full_name', 'name_key', 'is_synthetic'];
const COLUMNS = [...PERSON, 'recorded_at'];
const person = (tx: Tx, place: string, name: string) => [
  ...[book, newId(), place, name, name, true],
  tx.now,
];
const count = async (tx: Tx, name: string) =>
  (await tx.query('select from persons where full_name = $1', [name])).rowCount;

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Problem);
  return error as Problem;
}

describe('connections', () => {
  test('one that the database cuts while it is in use fails that act and nothing else', async () => {
    const cut = withActor(store, officer('v:here'), async (tx) => {
      const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      // The end of the connection must be heard while no statement is under way.
      const ended = new Promise((resolve) => tx.client.once('end', resolve));
      const pid = rows[0]?.pid;
      await store.behind((client) => client.query('select pg_terminate_backend($1)', [pid]));
      await ended;
      return count(tx, 'A');
    });
    await expect(cut).rejects.toThrow();
    expect(await withActor(store, officer('v:here'), (tx) => count(tx, 'A'))).toBe(0);
  });
});

describe('row security', () => {
  test('no scope sees nothing, the scope sees its own, another scope does not', async () => {
    const insert = (tx: Tx) => bulkInsert(tx, 'persons', COLUMNS, [person(tx, here, 'Trong')]);
    await withActor(store, officer('v:here'), insert);
    const seen = (...scopes: string[]) =>
      withActor(store, officer(...scopes), (tx) => count(tx, 'Trong'));
    expect(await seen()).toBe(0);
    expect(await seen('v:elsewhere')).toBe(0);
    expect(await seen('v:unknown-key')).toBe(0);
    expect(await seen('v:elsewhere', 'v:here')).toBe(1);
  });

  test('a row of a foreign place is refused, one by one and in bulk', async () => {
    const insert = (tx: Tx) =>
      bulkInsert(tx, 'persons', COLUMNS, [person(tx, here, 'A'), person(tx, elsewhere, 'A')]);
    const problem = await problemOf(withActor(store, officer('v:here'), insert));
    expect(problem).toMatchObject({ kind: 'forbidden', code: 'out-of-scope' });
    expect(await withActor(store, officer('v:here'), (tx) => count(tx, 'A'))).toBe(0);
  });

  test('a household cannot be moved into a place one does not look after', async () => {
    const move = (tx: Tx) =>
      tx.query('update persons set place_id = $1 where place_id = $2', [elsewhere, here]);
    const problem = await problemOf(withActor(store, officer('v:here'), move));
    expect(problem.kind).toBe('forbidden');
  });

  test('scope does not stay on the connection', async () => {
    await withActor(store, officer('v:here'), (tx) => tx.query('select 1'));
    const { rows } = await store.app.query<{ scope: string | null }>(
      "select nullif(current_setting('thonban.scope', true), '') as scope",
    );
    expect(rows[0]?.scope).toBeNull();
  });

  test('a scope key cannot smuggle a second one', async () => {
    await expect(withActor(store, officer('v:x,v:here'), (tx) => count(tx, 'A'))).rejects.toThrow(
      'not a scope key',
    );
  });

  test('the server may neither create tables, nor become the owner, nor delete', async () => {
    for (const sql of [
      'create table public.stolen (x int)',
      'set role thonban_owner',
      'delete from persons',
      'truncate audit_entries',
      'update audit_entries set action = $$x$$',
      'alter table persons disable row level security',
    ]) {
      const error: unknown = await withActor(store, officer('v:here'), (tx) => tx.query(sql)).catch(
        (thrown: unknown) => thrown,
      );
      expect(error, sql).toMatchObject({ cause: { code: '42501' } });
    }
  });

  test('every table with a place is under forced row security', async () => {
    const open = await store.behind((client) =>
      client.query<{ relname: string }>(
        `select relname from pg_class c join pg_attribute a on a.attrelid = c.oid
         where relnamespace = 'public'::regnamespace and relkind = 'r' and attname = 'book_id'
           and relname <> 'books' and not (relrowsecurity and relforcerowsecurity)`,
      ),
    );
    expect(open.rows).toEqual([]);
  });
});

describe('withActor', () => {
  test('rolls back everything when the work fails', async () => {
    const work = withActor(store, officer('v:here'), async (tx) => {
      await bulkInsert(tx, 'persons', COLUMNS, [person(tx, here, 'Hỏng')]);
      throw new Error('mất điện');
    });
    await expect(work).rejects.toThrow('mất điện');
    expect(await withActor(store, officer('v:here'), (tx) => count(tx, 'Hỏng'))).toBe(0);
  });

  test('swallowing a database error inside does not pass for done', async () => {
    const work = withActor(store, officer('v:here'), async (tx) => {
      await tx.query('select 1 / 0').catch(() => undefined);
    });
    await expect(work).rejects.toThrow('rolled back');
  });

  test('read only refuses to write', async () => {
    const insert = (tx: Tx) => bulkInsert(tx, 'persons', COLUMNS, [person(tx, here, 'B')]);
    const work = withActor(store, officer('v:here'), insert, { readOnly: true });
    await expect(work).rejects.toMatchObject({ code: '25006' });
  });

  test('Kysely runs inside the same transaction and scope', async () => {
    const names = await withActor(store, officer('v:here'), async (tx) => {
      await bulkInsert(tx, 'persons', COLUMNS, [person(tx, here, 'Kysely')]);
      const rows = await tx.db
        .selectFrom('persons')
        .select('full_name')
        .where('full_name', '=', 'Kysely')
        .execute();
      return rows.map((row) => row.full_name);
    });
    expect(names).toEqual(['Kysely']);
  });

  test('dates come out as text and counts as numbers', async () => {
    const { rows } = await withActor(store, officer(), (tx) =>
      tx.query("select date '2025-07-01' as day, count(*) as number, 1.50::numeric as decimal"),
    );
    expect(rows).toEqual([{ day: '2025-07-01', number: 1, decimal: '1.50' }]);
  });
});

describe('bulkInsert', () => {
  test('hostile text arrives as it was', async () => {
    const hostile = [
      ...['\\N', '\\.', 'a\tb', 'a\nb', 'a\r\nb', '\\', '\\\\t', '"', "'; drop table persons; --"],
      ...['Nguyễn Thị Ệ', 'Nguyễn', '😀', ' ', ''],
    ];
    const read = await withActor(store, officer('v:here'), async (tx) => {
      const rows = hostile.map((text) => {
        const id = newId();
        return [book, id, here, text, id, true, tx.now];
      });
      expect(await bulkInsert(tx, 'persons', COLUMNS, rows)).toBe(hostile.length);
      const { rows: found } = await tx.query<{ full_name: string }>(
        'select full_name from persons where name_key = any ($1) order by name_key',
        [rows.map((row) => row[1])],
      );
      return found.map((row) => row.full_name);
    });
    expect(read).toEqual(hostile);
  });

  test('NUL is refused with the number of its row and nothing is written', async () => {
    const insert = (tx: Tx) =>
      bulkInsert(tx, 'persons', COLUMNS, [person(tx, here, 'C'), person(tx, here, 'C\u0000')]);
    const problem = await problemOf(withActor(store, officer('v:here'), insert));
    expect(problem).toMatchObject({ code: 'text-not-storable', details: { row: 2 } });
    expect(await withActor(store, officer('v:here'), (tx) => count(tx, 'C'))).toBe(0);
  });

  test('rows may come one after another, and many', async () => {
    const many = 20_000;
    const inserted = await withActor(store, officer('v:here'), (tx) => {
      async function* rows() {
        for (let i = 0; i < many; i++) {
          if (i % 5_000 === 0) await Promise.resolve();
          yield person(tx, here, 'Nhiều');
        }
      }
      return bulkInsert(tx, 'persons', COLUMNS, rows());
    });
    expect(inserted).toBe(many);
  });

  test('an error in the source of rows ends the transaction and frees the connection', async () => {
    const insert = (tx: Tx) => {
      function* rows() {
        yield person(tx, here, 'D');
        throw new Error('tệp hỏng');
      }
      return bulkInsert(tx, 'persons', COLUMNS, rows());
    };
    await expect(withActor(store, officer('v:here'), insert)).rejects.toThrow('tệp hỏng');
    for (let i = 0; i < 12; i++) {
      expect(await withActor(store, officer('v:here'), (tx) => count(tx, 'D'))).toBe(0);
    }
  });

  test('json, lists and bytes keep their kind', async () => {
    const importId = newId();
    const rows = await withActor(store, officer('v:here'), async (tx) => {
      const columns = 'book_id,import_id,sheet,row_number,place_id,raw,outcome,reasons,recorded_at';
      const raw = { Họ: 'a\tb\\', list: [1, null] };
      const row = [book, importId, 'S', 1, here, raw, 'created', ['một', 'h"ai'], tx.now];
      await bulkInsert(tx, 'intake_rows', columns.split(','), [row]);
      return tx.query('select raw, reasons from intake_rows where import_id = $1', [importId]);
    });
    expect(rows.rows).toEqual([
      { raw: { Họ: 'a\tb\\', list: [1, null] }, reasons: ['một', 'h"ai'] },
    ]);
  });
});

describe('runCommand', () => {
  const call = (commandId: string, input: unknown = {}) => ({
    actor: { ...SYSTEM_ACTOR(['v:here']) },
    commandId,
    name: 'test.add',
    permission: 'household:propose' as const,
    input,
  });

  test('the same command twice does the thing once and answers the same', async () => {
    const id = newId();
    let ran = 0;
    const add = () =>
      runCommand(store, call(id), async (tx) => {
        ran += 1;
        await bulkInsert(tx, 'persons', COLUMNS, [person(tx, here, `Lệnh ${id}`)]);
        return { at: tx.now, ran };
      });
    const first = await add();
    expect(await add()).toEqual(first);
    expect(ran).toBe(1);
  });

  test('ten at the same time do the thing once', async () => {
    const id = newId();
    const add = () =>
      runCommand(store, call(id), async (tx) => {
        await bulkInsert(tx, 'persons', COLUMNS, [person(tx, here, `Cùng lúc ${id}`)]);
        return newId();
      });
    const results = await Promise.all(Array.from({ length: 10 }, add));
    expect(new Set(results).size).toBe(1);
    const seen = await withActor(store, officer('v:here'), (tx) => count(tx, `Cùng lúc ${id}`));
    expect(seen).toBe(1);
  });

  test('an id used for something else is refused', async () => {
    const id = newId();
    await runCommand(store, call(id, { a: 1 }), () => Promise.resolve(null));
    const again = runCommand(store, call(id, { a: 2 }), () => Promise.resolve(null));
    expect(await problemOf(again)).toMatchObject({ kind: 'conflict', code: 'command-id-reused' });
  });

  test('a failed command leaves no trace and may be sent again', async () => {
    const id = newId();
    const version = await dataVersion(store);
    const failing = runCommand(store, call(id), async (tx) => {
      await audit(tx, { action: 'test.add', subjectKind: 'x', subjectId: id });
      throw new Problem('refused', { code: 'no', what: 'Không.' });
    });
    await problemOf(failing);
    expect(await dataVersion(store)).toBe(version);
    expect(await runCommand(store, call(id), () => Promise.resolve('xong'))).toBe('xong');
    expect(await dataVersion(store)).not.toBe(version);
  });

  test('every command stands in the audit log with a digest of its payload and salt', async () => {
    const id = newId();
    await runCommand(store, call(id, { b: 1, a: 'x' }), () => Promise.resolve(1));
    const { rows } = await store.behind((client) =>
      client.query(
        `select action, actor_id, payload, encode(payload_digest, 'hex') as digest,
           encode(sha256(payload_salt || '{"payload":{"a":"x","b":1},"purpose":null,"reason":null}'),
             'hex') as expected
         from audit_entries where command_id = $1`,
        [id],
      ),
    );
    expect(rows).toHaveLength(1);
    const [entry] = rows as Record<string, unknown>[];
    expect(entry).toMatchObject({ action: 'test.add', actor_id: SYSTEM_ACTOR_ID });
    expect(entry?.['digest']).toBe(entry?.['expected']);
  });
});

test('an act that is lent the reach of the installation gives it back, and stays its own in the log', async () => {
  const actor: Actor = {
    ...officer('v:here'),
    grants: [
      { permission: 'office:propose', scopes: ['p:20'], officeId: null, role: 'administrator' },
    ],
  };
  const settings = (tx: Tx) =>
    tx
      .query<{ all: string }>(
        `select concat_ws(' ', current_setting('thonban.actor'), current_setting('thonban.scope'),
           current_setting('thonban.write_scope'), current_setting('thonban.audit_scope')) as all`,
      )
      .then(({ rows }) => rows[0]?.all);
  const commandId = newId();
  const call = { actor, commandId, name: 'office.lent', permission: 'office:propose' as const };
  const seen = await runCommand(store, { ...call, input: null }, async (tx) => {
    const before = await settings(tx);
    const within = await withInstallationReach(tx, ['p:20'], async () => {
      await audit(tx, { action: 'office.lent', subjectKind: 'office', subjectId: 'x' });
      return settings(tx);
    });
    return { before, within, after: await settings(tx) };
  });
  expect(seen.within).toBe(`${SYSTEM_ACTOR_ID} p:20 p:20 p:20`);
  expect(seen.after).toBe(seen.before);
  expect(seen.before).toBe(`${actor.id} v:here  `);
  const entered = await store.behind((client) =>
    client.query('select actor_id from audit_entries where command_id = $1', [commandId]),
  );
  expect(entered.rows).toEqual([{ actor_id: actor.id }]);
});

test('the index that a load leaves for the end is there again as the schema has it', async () => {
  const place = await testStore();
  const owning = await openStore({ env: place.adminEnv, dataDir: place.dataDir });
  const index = () =>
    place.behind(async (client) => {
      const { rows } = await client.query<{ def: string }>(
        `select indexdef as def from pg_indexes where indexname = 'household_rounds_counted'`,
      );
      return rows;
    });
  try {
    const before = await index();
    expect(before).toHaveLength(1);
    await expectLoad(owning);
    expect(await index()).toEqual([]);
    expect(await maintain(owning)).toBe(true);
    expect(await index()).toEqual(before);
    // Who has no way to the owner leaves it alone.
    await expectLoad(place);
    expect(await index()).toEqual(before);
  } finally {
    await owning.close();
  }
});
