import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import type { TestStore } from '../../../test/support/database.js';
import { testStore } from '../../../test/support/database.js';
import {
  asOwner,
  asSuperuser,
  asSuperuserIn,
  createDatabase,
} from '../../../test/support/test-server.js';
import { newId } from '../../kernel/index.js';
import { migrate, readMigrations } from '../migrate.js';
import { PROJECT_ROOT } from '../project-root.js';
import { runCommand } from '../run-command.js';
import type { Actor } from '../types.js';
import { withActor } from '../with-actor.js';
import type { AuditEntry } from './entry.js';
import { audit } from './entry.js';

const CHECK = readFileSync(path.join(PROJECT_ROOT, 'sql/checks/audit-chain.sql'), 'utf8');

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());
beforeEach(() => store.behind((client) => client.query('truncate audit_entries, audit_heads')));

const brokenIn = async (client: pg.Client) => (await client.query<object>(CHECK)).rows;
const broken = () => store.behind(brokenIn);
const select = async <R extends object>(sql: string, params: unknown[] = []): Promise<R[]> =>
  store.behind(async (client) => (await client.query<R>(sql, params)).rows);

const actor = (more: Partial<Actor> = {}): Actor => ({
  id: randomUUID(),
  name: 'Cán bộ',
  officeId: null,
  scopes: [],
  grants: [],
  ...more,
});
const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  action: 'test.add',
  subjectKind: 'x',
  subjectId: '1',
  ...more,
});
const enter = (who: Actor, ...entries: AuditEntry[]) =>
  withActor(store, who, async (tx) => {
    for (const one of entries) await audit(tx, one);
  });

test('an entry goes to the stream of its book, its office, the instance, or of reading', async () => {
  const [book, office] = [randomUUID(), randomUUID()];
  const [clerk, nobody] = [actor({ officeId: office }), actor()];
  await enter(clerk, entry({ bookId: book }), entry(), entry({ action: 'a.read', bookId: book }));
  await enter(nobody, entry({ bookId: book }), entry(), entry({ action: 'a.search' }));
  await enter(nobody, entry({ action: 'a.export' }));
  const rows = await select('select stream, seq::int, actor_id from audit_entries order by 1, 2');
  expect(rows).toEqual([
    { stream: `book:${book}`, seq: 1, actor_id: clerk.id },
    { stream: `book:${book}`, seq: 2, actor_id: nobody.id },
    { stream: 'instance', seq: 1, actor_id: nobody.id },
    { stream: `office:${office}`, seq: 1, actor_id: clerk.id },
    ...[
      { stream: `reads:${nobody.id}`, seq: 1, actor_id: nobody.id },
      { stream: `reads:${nobody.id}`, seq: 2, actor_id: nobody.id },
      { stream: `reads:${office}`, seq: 1, actor_id: clerk.id },
    ].sort((a, b) => (a.stream < b.stream ? -1 : +(a.stream > b.stream))),
  ]);
  expect(await broken()).toEqual([]);
  const heads = await select(
    `select h.stream from audit_heads h left join audit_entries e using (stream, seq, hash)
     where e.stream is null`,
  );
  expect(heads).toEqual([]);
});

test('role, device, purpose and inspection stand in the entry; a write is never hidden', async () => {
  const inspectionId = randomUUID();
  const inspector = actor({ role: 'inspector', device: 'Firefox', inspectionId });
  await enter(inspector, entry({ action: 'x.read', purpose: 'theo đơn' }), entry());
  expect(
    await select(
      'select action, role, device, purpose, inspection_id from audit_entries order by 1',
    ),
  ).toEqual([
    {
      ...{ action: 'test.add', role: 'inspector', device: 'Firefox' },
      ...{ purpose: null, inspection_id: null },
    },
    {
      ...{ action: 'x.read', role: 'inspector', device: 'Firefox' },
      ...{ purpose: 'theo đơn', inspection_id: inspectionId },
    },
  ]);
});

test('a transaction that fails leaves no entry and moves no head', async () => {
  const work = withActor(store, actor(), async (tx) => {
    await audit(tx, entry());
    throw new Error('mất điện');
  });
  await expect(work).rejects.toThrow('mất điện');
  await enter(actor(), entry());
  expect(await select('select seq::int from audit_entries')).toEqual([{ seq: 1 }]);
  expect(await select('select seq::int from audit_heads')).toEqual([{ seq: 1 }]);
});

test('a transaction opened to read only refuses to forget what it should enter', async () => {
  const work = withActor(store, actor(), (tx) => audit(tx, entry()), { readOnly: true });
  await expect(work).rejects.toMatchObject({ code: '25006' });
});

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '',
    "' or 1=1 --",
    '\u202E',
    '\u2028\n\t\b\f\r\u007f\u0001',
    '{"a" : 1}',
    '\\u0041',
  ),
);
/** Text columns hold no NUL and no half of a surrogate pair; a payload does. */
const storable = text.map((value) => value.replace(/[\u0000\p{Cs}]/gu, ''));
const payload = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('\ud800', 'a\u0000b', 1e21, 5e-324, -0, 2 ** 53 + 2, {
    __proto__: null,
    2: 1,
    1: 2,
  }),
);

test('the digest made here is the digest SQL makes, whatever stands in an entry', async () => {
  const any = fc.record({
    ...{ action: storable, subjectKind: storable, subjectId: storable, payload },
    reason: fc.option(storable),
    purpose: fc.option(storable),
    baseVersion: fc.option(storable),
    bookId: fc.option(fc.uuid({ version: 7 })),
    placeId: fc.option(fc.uuid({ version: 7 })),
  });
  const who = fc.record({
    ...{ id: fc.uuid(), name: storable, scopes: fc.constant([]), grants: fc.constant([]) },
    officeId: fc.option(fc.uuid()),
    role: storable,
    device: storable,
  });
  await fc.assert(
    fc.asyncProperty(
      who,
      fc.array(any, { minLength: 1, maxLength: 20 }),
      async (person, entries) => {
        await enter(person, ...entries);
        expect(await broken()).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
  const [counted] = await select<{ n: number }>('select count(*)::int as n from audit_entries');
  expect(counted?.n).toBeGreaterThan(60);
});

test('sixteen writers on shared and own streams, in opposite order, never wait for each other', async () => {
  const books = Array.from({ length: 5 }, () => randomUUID());
  const writer = async (n: number) => {
    const who = actor({ officeId: n % 2 ? books[0]! : null });
    for (let round = 0; round < 12; round++) {
      const mine = n % 2 ? books : books.toReversed();
      const call = {
        actor: who,
        commandId: newId(),
        name: 'test.many',
        permission: 'own' as const,
        input: { n, round },
      };
      await runCommand(store, call, async (tx) => {
        for (const bookId of mine) await audit(tx, entry({ bookId }));
        await audit(tx, entry({ action: 'test.read' }));
        await audit(tx, entry());
      });
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, n) => writer(n)));
  expect(await broken()).toEqual([]);
  const heads = await select<{ stream: string; seq: number; n: number }>(
    `select h.stream, h.seq::int, (select count(*)::int from audit_entries e
       where e.stream = h.stream) as n from audit_heads h order by 1`,
  );
  expect(heads.every(({ seq, n }) => seq === n)).toBe(true);
  for (const book of books) {
    expect(heads).toContainEqual({ stream: `book:${book}`, seq: 16 * 12, n: 16 * 12 });
  }
});

test.each([
  'update audit_entries set reason = $$x$$',
  'update audit_entries set payload = null, payload_salt = null',
  'delete from audit_entries',
  'truncate audit_entries',
  'delete from audit_heads',
  'update audit_checkpoints set streams = 0',
  'delete from audit_checkpoints',
  'update audit_checkpoint_heads set seq = 0',
  'delete from audit_checkpoint_heads',
  'update audit_keys set signed_by = $$x$$',
  'delete from audit_keys',
  'alter table audit_entries disable row level security',
  'drop table audit_heads',
])('the server may not: %s', async (sql) => {
  await enter(actor(), entry());
  const refused = store.behind(async (client) => {
    await client.query('set role thonban_app');
    await client.query(sql);
  });
  await expect(refused).rejects.toMatchObject({ code: '42501' });
});

test('nobody enters an act in the name of another', async () => {
  const forged = withActor(store, actor(), (tx) =>
    audit({ ...tx, actor: actor() }, entry()).then(() => undefined),
  );
  await expect(forged).rejects.toMatchObject({ kind: 'forbidden' });
});

test('the owner of the tables may take a payload out, and neither change nor delete', async () => {
  await enter(actor(), entry({ payload: { a: 1 } }));
  const asTables = (sql: string) =>
    store.behind(async (client) => {
      await client.query('set role thonban_owner');
      return (await client.query(sql)).rowCount;
    });
  expect(await asTables('delete from audit_entries')).toBe(0);
  await expect(asTables(`update audit_entries set reason = 'x'`)).rejects.toMatchObject({
    code: '42501',
  });
  await expect(asTables('update audit_entries set payload = null')).rejects.toMatchObject({
    code: '42501',
  });
  expect(await asTables('update audit_entries set payload = null, payload_salt = null')).toBe(1);
  expect(await broken()).toEqual([]);
});

test('entries from before the chain are chained as they stand, and one entry says so', async () => {
  const address = inject('database');
  const name = `chain_${newId().slice(-12)}`;
  await createDatabase(address, name, 'template1');
  try {
    const all = readMigrations();
    const at = all.findIndex((migration) => migration.name === 'audit_chain');
    await asOwner(address, name, (owner) => migrate(owner, all.slice(0, at)));
    await asSuperuserIn(address, name, (client) =>
      client.query(
        `insert into audit_entries (entry_id, stream, recorded_at, actor_id, action, subject_kind,
           subject_id, payload, payload_hash, reason)
         select gen_random_uuid(), case when n % 3 = 0 then 'instance' else 'book:' || n % 3 end,
           '2025-07-01 08:00:00.123456+07'::timestamptz + n * interval '1 second',
           gen_random_uuid(), 'old.act', 'x', n::text,
           case when n % 4 = 0 then null else jsonb_build_object('b', n, 'a', 'ă"\\') end,
           sha256('x'), case when n % 2 = 0 then 'vì ' || n end
         from generate_series(1, 100) n`,
      ),
    );
    await asOwner(address, name, (owner) => migrate(owner, all));
    await asSuperuserIn(address, name, async (client) => {
      expect(await brokenIn(client)).toEqual([]);
      const { rows } = await client.query(
        `select h.stream, h.seq::int, e.action, e.payload from audit_heads h
         join audit_entries e using (stream, seq, hash) order by 1`,
      );
      expect(rows).toMatchObject([
        { stream: 'book:1', seq: 34 },
        { stream: 'book:2', seq: 33 },
        { stream: 'instance', seq: 34, action: 'audit.chain-earlier', payload: { entries: 100 } },
      ]);
      await client.query(`update audit_entries set reason = 'khác' where subject_id = '7'`);
      expect(await brokenIn(client)).toMatchObject([{ stream: 'book:1', is_edited: true }]);
    });
    const left = await asOwner(address, name, (owner) =>
      owner.query(`select policyname from pg_policies where policyname = 'chaining'`),
    );
    expect(left.rowCount).toBe(0);
  } finally {
    await asSuperuser(address, (client) => client.query(`drop database ${name} with (force)`));
  }
});
