import { randomUUID } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TestStore } from '../../../test/support/database.js';
import { testStore } from '../../../test/support/database.js';
import { fixedClock } from '../../kernel/index.js';
import type { Actor, AuditEntry } from '../../store/index.js';
import { audit, chained, digestOf, genesisOf, openStore, redactEntry } from '../../store/index.js';
import { SYSTEM_ACTOR, withActor } from '../../store/index.js';
import type { Anchor } from '../anchors/anchor.js';
import { anchorsOf, newestAnchor, readAnchor } from '../anchors/anchor.js';
import { rotateKey } from '../checkpoints/keys.js';
import { writeCheckpoint } from '../checkpoints/write-checkpoint.js';
import type { EntryRow } from './entry-row.js';
import { ENTRIES } from './entry-row.js';
import type { VerifyReport } from './report.js';
import { verifyLog } from './verify-log.js';

const BOOK = '0199a000-0000-7000-8000-00000000000a';
const STREAM = `book:${BOOK}`;
const TABLES = ['audit_keys', 'audit_checkpoints', 'audit_checkpoint_heads', 'audit_heads'];

const clerk: Actor = {
  ...{ id: randomUUID(), name: 'Cán bộ', officeId: randomUUID(), scopes: [], grants: [] },
  ...{ role: 'commune_officer', device: 'máy 1' },
};

let store: TestStore;
let kept: Anchor;
let keyFile: { path: string; text: string };

const enter = (entry: Partial<AuditEntry> = {}, who = clerk) =>
  withActor(store, who, (tx) =>
    audit(tx, {
      ...{ action: 'test.write', subjectKind: 'household', subjectId: 'h', bookId: BOOK },
      ...{
        placeId: randomUUID(),
        payload: { before: 1, after: 2 },
        reason: 'vì',
        baseVersion: '1',
      },
      ...{ purpose: 'rà soát' },
      ...entry,
    }),
  );
const enterMany = async (count: number) => {
  for (let i = 0; i < count; i++) await enter({ subjectId: String(i) });
};

// 20 entries in the book, 5 acts and 3 readings of the office; checkpoints after 8 and after 16.
beforeAll(async () => {
  store = await testStore({ clock: fixedClock('2025-10-12T07:03:00.123Z') });
  await enterMany(8);
  for (let i = 0; i < 5; i++) await enter({ bookId: null });
  await writeCheckpoint(store);
  for (let i = 0; i < 3; i++) await enter({ action: 'household.read' });
  await enterMany(8);
  await writeCheckpoint(store);
  kept = (await withActor(store, clerk, newestAnchor)) as Anchor;
  await enterMany(4);
  const path = join(store.dataDir, 'audit-key.json');
  keyFile = { path, text: readFileSync(path, 'utf8') };
  await store.behind(async (client) => {
    for (const table of ['audit_entries', ...TABLES]) {
      await client.query(`create table kept_${table} as table ${table}`);
    }
  });
});
afterAll(() => store.close());

beforeEach(async () => {
  writeFileSync(keyFile.path, keyFile.text);
  await store.behind(async (client) => {
    await client.query(`truncate audit_entries, ${TABLES.join(', ')}`);
    for (const table of ['audit_entries', ...TABLES]) {
      await client.query(`insert into ${table} select * from kept_${table}`);
    }
  });
});

/** What somebody with every right over the database does. */
const tamper = (...statements: string[]) =>
  store.behind(async (client) => {
    for (const sql of statements) await client.query(sql);
  });
const entryAt = async (seq: number, stream = STREAM): Promise<string> =>
  store.behind(async (client) => {
    const { rows } = await client.query<{ id: string }>(
      'select entry_id as id from audit_entries where stream = $1 and seq = $2',
      [stream, seq],
    );
    return rows[0]?.id ?? '';
  });
const brokenOf = async (anchors: Anchor[] = []): Promise<VerifyReport['broken']> => {
  const report = await verifyLog(store, anchors);
  expect(report.ok).toBe(report.broken.length === 0);
  expect(report.first).toBe(report.broken[0] ?? null);
  return report.broken;
};
const AT = `where stream = '${STREAM}' and seq`;

test('an intact log adds up, with the anchor too', async () => {
  const report = await verifyLog(store, [kept]);
  expect(report).toMatchObject({
    ...{ ok: true, entries: 28, streams: 3, redacted: 0, checkpoints: 2, notYetSigned: 4, keys: 1 },
    ...{ keysOnTheirOwn: [], first: null, broken: [] },
    anchors: [{ date: '2025-10-12', number: 2, ok: true }],
  });
});

describe('an entry of which one column was changed', () => {
  const CHANGES: Record<string, (column: string) => string> = {
    text: (column) => `coalesce(${column}, '') || 'x'`,
    uuid: () => 'gen_random_uuid()',
    bytea: (column) => `set_byte(${column}, 3, get_byte(${column}, 3) # 1)`,
    bigint: (column) => `${column} + 100`,
    json: () => `'{"before":1,"after":3}'`,
    'timestamp with time zone': (column) => `${column} + interval '1 microsecond'`,
  };
  const columns = () =>
    store.behind(async (client) => {
      const { rows } = await client.query<{ name: string; type: string }>(
        `select attname as name, format_type(atttypid, null) as type from pg_attribute
         where attrelid = 'audit_entries'::regclass and attnum > 0 and not attisdropped`,
      );
      return rows;
    });

  test('is named, whichever column it was and wherever it stands', async () => {
    const all = await columns();
    expect(all.length).toBeGreaterThan(20);
    for (const { name, type } of all) {
      for (const seq of [1, 7, 20]) {
        const change = CHANGES[type]?.(name) ?? '';
        await tamper(
          'create table before_change as table audit_entries',
          `update audit_entries set ${name} = ${change} ${AT} = ${seq}`,
        );
        const id = await entryAt(seq);
        const broken = await brokenOf();
        const named = broken.find((one) => one.stream === STREAM && one.seq === seq);
        expect(named, `${name} of ${seq}: ${JSON.stringify(broken)}`).toBeDefined();
        // A moved entry leaves a gap, which has no id; of all others the entry itself is named.
        if (!['seq', 'stream'].includes(name)) {
          expect(named).toMatchObject({ entryId: id, kind: expect.stringContaining('edited') });
          expect(broken).toHaveLength(1);
        }
        await tamper(
          'truncate audit_entries',
          'insert into audit_entries table before_change',
          'drop table before_change',
        );
      }
    }
    expect(await brokenOf()).toEqual([]);
  });

  test('a payload is told from the other fields', async () => {
    await tamper(`update audit_entries set payload = '{"before":1, "after":2}' ${AT} = 5`);
    expect(await brokenOf()).toMatchObject([{ kind: 'payload-edited', seq: 5 }]);
  });
});

describe('an entry that', () => {
  test('was taken out is named by its place', async () => {
    await tamper(`delete from audit_entries ${AT} = 5`);
    expect(await brokenOf()).toMatchObject([{ kind: 'removed', stream: STREAM, seq: 5 }]);
  });

  test('was taken out, with those after it moved up, shows where the next one stands', async () => {
    const next = await entryAt(6);
    await tamper(
      `delete from audit_entries ${AT} = 5`,
      `update audit_entries set seq = seq + 1000 ${AT} > 5`,
      `update audit_entries set seq = seq - 1001 ${AT} > 5`,
      `update audit_heads set seq = seq - 1 where stream = '${STREAM}'`,
    );
    const [first] = await brokenOf();
    expect(first).toMatchObject({ kind: 'unchained', seq: 5, entryId: next });
  });

  test.each([
    [5, 6],
    [3, 17],
    [1, 20],
  ])('%i and %i changed places: the first of the two is named', async (a, b) => {
    const second = await entryAt(b);
    await tamper(
      `update audit_entries set seq = -seq ${AT} in (${a}, ${b})`,
      `update audit_entries set seq = case seq when ${-a} then ${b} else ${a} end
       where stream = '${STREAM}' and seq < 0`,
    );
    expect(await brokenOf()).toMatchObject([{ kind: 'reordered', seq: a, entryId: second }]);
  });

  test.each(['hash', 'sha256(hash || digest)'])('was put in, with the hash %s', async (hash) => {
    const id = randomUUID();
    const shifted = [
      `update audit_entries set seq = seq + 1000 ${AT} > 9`,
      `update audit_entries set seq = seq - 999 ${AT} > 9`,
      `update audit_heads set seq = seq + 1 where stream = '${STREAM}'`,
    ];
    await tamper(...shifted);
    await store.behind((client) => forge(client, id, 9, hash));
    const [first] = await brokenOf();
    expect(first).toMatchObject({ kind: 'inserted', stream: STREAM, seq: 10, entryId: id });
  });

  test('was put behind the head is named', async () => {
    const id = randomUUID();
    await store.behind((client) => forge(client, id, 20, 'sha256(hash || digest)'));
    expect(await brokenOf()).toMatchObject([{ kind: 'inserted', seq: 21 }]);
  });

  test('lost its payload without a decision is named', async () => {
    await tamper(`update audit_entries set payload = null, payload_salt = null ${AT} = 4`);
    expect(await brokenOf()).toMatchObject([
      { kind: 'payload-removed', seq: 4, entryId: await entryAt(4) },
    ]);
  });

  test('was changed with its digest does not follow from the one before', async () => {
    const id = await entryAt(11);
    await store.behind((client) => rewrite(client, 11, 11));
    expect(await brokenOf()).toMatchObject([{ kind: 'unchained', seq: 11, entryId: id }]);
  });
});

/** A forged entry with fields and digest that agree, after `seq`. */
async function forge(client: pg.Client, id: string, seq: number, hash: string): Promise<void> {
  const rows = await entriesOf(client);
  const model = rows[seq - 1]!;
  const digest = digestOf({ ...model, entryId: id });
  await client.query(
    `insert into audit_entries (entry_id, stream, recorded_at, actor_id, action, subject_kind,
       subject_id, seq, digest, hash, payload_digest, office_id, role, device, book_id, place_id,
       base_version, reason, purpose, payload, payload_salt)
     select $1, stream, recorded_at, actor_id, action, subject_kind, subject_id, seq + 1, $2,
       ${hash.replace('digest', '$2')}, payload_digest, office_id, role, device, book_id, place_id,
       base_version, reason, purpose, payload, payload_salt
     from audit_entries ${AT} = $3`,
    [id, digest, seq],
  );
}

const entriesOf = async (client: pg.Client): Promise<EntryRow[]> =>
  (await client.query<EntryRow>(ENTRIES)).rows.filter(({ stream }) => stream === STREAM);

/** Changes entry `from` and makes everything up to `to` follow from it, as the program would. */
async function rewrite(client: pg.Client, from: number, to: number): Promise<void> {
  const rows = await entriesOf(client);
  let hash = from === 1 ? genesisOf(STREAM) : rows[from - 2]!.hash;
  for (const row of rows.slice(from - 1, to)) {
    const reason = Number(row.seq) === from ? 'lý do khác' : row.reason;
    const digest = digestOf({ ...row, reason });
    hash = from === to ? row.hash : chained(hash, digest);
    await client.query(
      'update audit_entries set reason = $2, digest = $3, hash = $4 where entry_id = $1',
      [row.entryId, reason, digest, hash],
    );
  }
  if (to === rows.length) {
    await client.query('update audit_heads set hash = $2 where stream = $1', [STREAM, hash]);
  }
}

describe('a tail', () => {
  test('that was cut off shows against the head', async () => {
    await tamper(`delete from audit_entries ${AT} > 17`);
    expect(await brokenOf()).toMatchObject([{ kind: 'truncated', seq: 18, checkpoint: null }]);
  });

  test('that was cut off together with its head shows against the checkpoint', async () => {
    await rewind(15);
    expect(await brokenOf()).toMatchObject([{ kind: 'truncated', seq: 16, checkpoint: 2 }]);
  });

  test('a whole stream with its head', async () => {
    await tamper(
      `delete from audit_entries where stream like 'reads:%'`,
      `delete from audit_heads where stream like 'reads:%'`,
    );
    expect(await brokenOf()).toMatchObject([{ kind: 'truncated', seq: 1, checkpoint: 2 }]);
  });

  test('without its head', async () => {
    await tamper(`delete from audit_heads where stream = '${STREAM}'`);
    const [first] = await brokenOf();
    expect(first).toMatchObject({ kind: 'head-removed', stream: STREAM });
  });

  test('of which the head was changed', async () => {
    await tamper(`update audit_heads set hash = sha256('x') where stream = '${STREAM}'`);
    expect(await brokenOf()).toMatchObject([{ kind: 'head-edited', stream: STREAM, seq: 20 }]);
  });
});

const rewind = (seq: number) =>
  tamper(
    `delete from audit_entries ${AT} > ${seq}`,
    `update audit_heads h set seq = ${seq}, hash = e.hash from audit_entries e
     where h.stream = '${STREAM}' and e.stream = h.stream and e.seq = ${seq}`,
  );

describe('a chain made anew', () => {
  test('from an entry to the head shows at the place the next checkpoint signed', async () => {
    await store.behind((client) => rewrite(client, 10, 20));
    expect(await brokenOf()).toMatchObject([
      { kind: 'rewritten', stream: STREAM, seq: 16, entryId: await entryAt(16), checkpoint: 2 },
    ]);
  });

  test('behind the last checkpoint is seen by nobody; signed, it would be', async () => {
    await writeCheckpoint(store);
    await store.behind((client) => rewrite(client, 19, 20));
    expect(await brokenOf()).toMatchObject([{ kind: 'rewritten', seq: 20, checkpoint: 3 }]);
    await tamper(
      'delete from audit_checkpoint_heads where number = 3',
      'delete from audit_checkpoints where number = 3',
    );
    expect(await brokenOf()).toEqual([]);
  });

  test('with heads and checkpoints rewound too shows against the anchor kept elsewhere', async () => {
    await rewind(10);
    await tamper(
      `delete from audit_entries where stream like 'reads:%'`,
      `delete from audit_heads where stream like 'reads:%'`,
      'delete from audit_checkpoint_heads where number = 2',
      'delete from audit_checkpoints where number = 2',
    );
    expect(await brokenOf()).toEqual([]);
    expect(await brokenOf([kept])).toMatchObject([
      { kind: 'anchor-checkpoint-gone', checkpoint: 2 },
    ]);
    // The same number again, after other acts: signed properly, and yet another one.
    await enterMany(3);
    expect(await writeCheckpoint(store)).toMatchObject({ number: 2 });
    expect(await brokenOf()).toEqual([]);
    expect(await brokenOf([kept])).toMatchObject([{ kind: 'anchor-differs', checkpoint: 2 }]);
    expect((await verifyLog(store, [kept])).anchors).toEqual([
      { date: '2025-10-12', number: 2, ok: false },
    ]);
  });
});

describe('checkpoints', () => {
  test.each([
    ['checkpoint-removed', 'delete from audit_checkpoints where number = 1'],
    ['checkpoint-not-signed', 'update audit_checkpoints set entries = 12 where number = 1'],
    ['checkpoint-not-signed', "update audit_checkpoints set root = sha256('x') where number = 1"],
    [
      'checkpoint-not-signed',
      "update audit_checkpoints set at = at + interval '1 microsecond' where number = 1",
    ],
    [
      'checkpoint-not-signed',
      'update audit_checkpoints set signature = set_byte(signature, 0, 255 - get_byte(signature, 0)) where number = 1',
    ],
    [
      'checkpoint-edited',
      `update audit_checkpoint_heads set seq = seq - 1 where number = 1 and stream = '${STREAM}'`,
    ],
    [
      'checkpoint-edited',
      `delete from audit_checkpoint_heads where number = 1 and stream = '${STREAM}'`,
    ],
  ])('%s: %s', async (kind, sql) => {
    await tamper(
      'alter table audit_checkpoint_heads drop constraint if exists audit_checkpoint_heads_number_fkey',
      sql,
    );
    expect(await brokenOf()).toContainEqual(expect.objectContaining({ kind, checkpoint: 1 }));
  });

  test('one signed with a key of somebody else is found', async () => {
    await tamper(
      `update audit_keys set public_key = set_byte(public_key, 20, 255 - get_byte(public_key, 20))`,
    );
    const kinds = (await brokenOf()).map(({ kind }) => kind);
    expect(kinds).toEqual(['key-not-signed', 'checkpoint-not-signed']);
  });

  test('are written by two at once one after the other, and only when something was entered', async () => {
    const both = await Promise.all([writeCheckpoint(store), writeCheckpoint(store)]);
    expect(both.filter((one) => one !== null)).toMatchObject([{ number: 3, entries: 28 }]);
    expect(await writeCheckpoint(store)).toBeNull();
    const writing = Array.from({ length: 12 }, async (_, i) => {
      await enter({ subjectId: `${i}` });
      await writeCheckpoint(store);
    });
    await Promise.all(writing);
    const report = await verifyLog(store);
    expect(report).toMatchObject({ ok: true, entries: 40, notYetSigned: 0 });
    expect(report.checkpoints).toBeGreaterThan(3);
  });
});

test('twelve more are taken in the order of numbers, not of digits', async () => {
  for (let i = 0; i < 12; i++) {
    await enter({ bookId: i === 11 ? BOOK : randomUUID() });
    await writeCheckpoint(store);
  }
  const report = await verifyLog(store, [kept]);
  expect(report).toMatchObject({ ok: true, checkpoints: 14, streams: 14, notYetSigned: 0 });
  await tamper(`update audit_checkpoint_heads set seq = seq + 1 where number = 11`);
  expect(await brokenOf()).toContainEqual(
    expect.objectContaining({ kind: 'checkpoint-edited', checkpoint: 11 }),
  );
});

describe('keys', () => {
  test('the old key vouches for the new one and is gone', async () => {
    const first = await rotateKey(store, { actor: SYSTEM_ACTOR([]), reason: 'định kỳ' });
    expect(first).toMatchObject({ keyNumber: 2 });
    await enter();
    expect(await writeCheckpoint(store)).toMatchObject({ keyId: first.keyId });
    expect(await verifyLog(store, [kept])).toMatchObject({ ok: true, keys: 2, keysOnTheirOwn: [] });
    expect(JSON.parse(readFileSync(keyFile.path, 'utf8')).keys).toHaveLength(1);
    expect(statSync(keyFile.path).mode & 0o777).toBe(0o600);
    await expect(
      rotateKey(store, { actor: SYSTEM_ACTOR([]), reason: 'mất', isLost: true }),
    ).rejects.toMatchObject({ code: 'signing-key-not-lost' });
  });

  test('another machine cannot sign; a lost key is replaced by one that stands on its own', async () => {
    const elsewhere = await openStore({ env: store.env, dataDir: `${store.dataDir}/khac` });
    try {
      await enter();
      await expect(writeCheckpoint(elsewhere)).rejects.toMatchObject({
        code: 'signing-key-missing',
      });
      const input = { actor: SYSTEM_ACTOR([]), reason: 'hỏng ổ đĩa', isLost: true };
      const { keyId } = await rotateKey(elsewhere, input);
      expect(await writeCheckpoint(elsewhere)).toMatchObject({ keyId });
      expect(await verifyLog(store)).toMatchObject({ ok: true, keys: 2, keysOnTheirOwn: [keyId] });
    } finally {
      await elsewhere.close();
    }
  });
});

describe('redaction', () => {
  const redact = async (entryId: string) => {
    const admin = await openStore({ env: store.adminEnv, dataDir: store.dataDir });
    try {
      const decision = 'số 12/QĐ-UBND ngày 12/10/2025';
      const reason = 'theo yêu cầu của chủ thể dữ liệu';
      return await redactEntry(admin, { actor: SYSTEM_ACTOR([]), entryId, decision, reason });
    } finally {
      await admin.close();
    }
  };

  test('takes the payload out, says so in the same stream, and everything still adds up', async () => {
    const id = await entryAt(4);
    const done = await redact(id);
    expect(done).toMatchObject({ entryId: id, stream: STREAM, seq: 4 });
    const rows = await store.behind(async (client) => {
      const { rows: found } = await client.query(
        `select payload, payload_salt, reason from audit_entries where entry_id = any ($1) order by seq`,
        [[id, done.redactionId]],
      );
      return found as object[];
    });
    expect(rows).toMatchObject([
      { payload: null, payload_salt: null, reason: 'vì' },
      { payload: { stream: STREAM, seq: 4, action: 'test.write' } },
    ]);
    expect(await verifyLog(store, [kept])).toMatchObject({ ok: true, redacted: 1, entries: 29 });
    await expect(redact(id)).rejects.toMatchObject({ code: 'already-redacted' });
    await expect(redact(done.redactionId)).rejects.toMatchObject({ code: 'not-redactable' });
    expect(await verifyLog(store)).toMatchObject({ ok: true, entries: 29 });
  });

  test('of an entry that is not there, or by who may not, does nothing', async () => {
    await expect(redact(randomUUID())).rejects.toMatchObject({ code: 'entry-not-found' });
    await expect(redact('không phải mã')).rejects.toMatchObject({ code: 'entry-not-found' });
    const refused = redactEntry(store, {
      ...{ actor: SYSTEM_ACTOR([]), entryId: await entryAt(4), decision: 'x', reason: 'x' },
    });
    await expect(refused).rejects.toMatchObject({ code: 'owner-needed' });
    expect(await verifyLog(store)).toMatchObject({ ok: true, redacted: 0, entries: 28 });
  });
});

describe('anchors', () => {
  test('one a day, the last of it, in the days of Vietnam', async () => {
    const at = (iso: string) => Object.assign({}, store, { clock: fixedClock(iso) });
    const times = ['2025-10-12T16:59:59Z', '2025-10-12T17:00:00Z', '2025-10-14T01:00:00Z'];
    for (const iso of times) {
      await enter();
      await writeCheckpoint(at(iso));
    }
    const days = await withActor(store, clerk, (tx) =>
      anchorsOf(tx, '2025-10-01' as Anchor['date'], '2025-10-31' as Anchor['date']),
    );
    expect(days.map(({ date, number }) => [date, number])).toEqual([
      ['2025-10-14', 5],
      ['2025-10-13', 4],
      ['2025-10-12', 3],
    ]);
    expect((await verifyLog(store, days)).anchors.every(({ ok }) => ok)).toBe(true);
  });

  test('reads back what it gave, and refuses one that was changed', () => {
    expect(readAnchor(JSON.stringify(kept), 'a.json')).toEqual(kept);
    for (const change of [
      { root: kept.root.replace(/^./, (c) => (c === '0' ? '1' : '0')) },
      ...[{ number: 3 }, { entries: kept.entries - 1 }, { instance: randomUUID() }],
      ...[{ at: kept.at.replace('123000Z', '123001Z') }, { key: '0'.repeat(16) }],
      { signature: Buffer.alloc(64).toString('base64') },
    ]) {
      const text = JSON.stringify({ ...kept, ...change });
      expect(() => readAnchor(text, 'a.json')).toThrow('Chữ ký trong a.json không khớp');
    }
    for (const text of ['', '{}', '[]', 'null', JSON.stringify({ ...kept, root: 'x' })]) {
      expect(() => readAnchor(text, 'a.json')).toThrow('không phải là một mốc');
    }
  });
});
