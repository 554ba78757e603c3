import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import type pg from 'pg';
import { describe, expect, test } from 'vitest';
import { keptLog } from '../../../test/support/kept-log.js';
import { chained, digestOf, genesisOf } from '../../store/index.js';
import { writeCheckpoint } from '../checkpoints/write-checkpoint.js';
import type { EntryRow } from './entry-row.js';
import { ENTRIES } from './entry-row.js';
import { verifyLog } from './verify-log.js';

const log = keptLog();
const { STREAM, enterMany, tamper, entryAt, brokenOf } = log;
const AT = `where stream = '${STREAM}' and seq`;

test('an intact log adds up, with the anchor too', async () => {
  const report = await verifyLog(log.store, [log.kept]);
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
    smallint: (column) => `case when ${column} is null then 2 end`,
    json: () => `'{"before":1,"after":3}'`,
    'timestamp with time zone': (column) => `${column} + interval '1 microsecond'`,
  };
  const columns = () =>
    log.store.behind(async (client) => {
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

  test('a day before our era, and a payload that lost its salt, are changes too', async () => {
    await tamper(
      `update audit_entries set recorded_at = '2025-10-12 07:03:00.123+00 BC' ${AT} = 7`,
    );
    expect(await brokenOf()).toMatchObject([{ kind: 'edited', seq: 7 }]);
    await tamper(
      `update audit_entries set recorded_at = '2025-10-12 07:03:00.123+00' ${AT} = 7`,
      'alter table audit_entries drop constraint if exists audit_entries_redaction',
      `update audit_entries set payload = '{"before":1,"after":9}', payload_salt = null ${AT} = 7`,
    );
    expect(await brokenOf()).toMatchObject([{ kind: 'payload-edited', seq: 7 }]);
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
    await log.store.behind((client) => forge(client, id, 9, hash));
    const [first] = await brokenOf();
    expect(first).toMatchObject({ kind: 'inserted', stream: STREAM, seq: 10, entryId: id });
  });

  test('was put behind the head is named', async () => {
    const id = randomUUID();
    await log.store.behind((client) => forge(client, id, 20, 'sha256(hash || digest)'));
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
    await log.store.behind((client) => rewrite(client, 11, 11));
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
       base_version, reason, purpose, payload, payload_salt, digest_form)
     select $1, stream, recorded_at, actor_id, action, subject_kind, subject_id, seq + 1, $2,
       ${hash.replace('digest', '$2')}, payload_digest, office_id, role, device, book_id, place_id,
       base_version, reason, purpose, payload, payload_salt, digest_form
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
    const device = Number(row.seq) === from ? 'máy khác' : row.device;
    const digest = digestOf({ ...row, device });
    hash = from === to ? row.hash : chained(hash, digest);
    await client.query(
      'update audit_entries set device = $2, digest = $3, hash = $4 where entry_id = $1',
      [row.entryId, device, digest, hash],
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
    await log.store.behind((client) => rewrite(client, 10, 20));
    expect(await brokenOf()).toMatchObject([
      { kind: 'rewritten', stream: STREAM, seq: 16, entryId: await entryAt(16), checkpoint: 2 },
    ]);
  });

  test('behind the last checkpoint is seen by nobody; signed, it would be', async () => {
    await writeCheckpoint(log.store);
    await log.store.behind((client) => rewrite(client, 19, 20));
    expect(await brokenOf()).toMatchObject([{ kind: 'rewritten', seq: 20, checkpoint: 3 }]);
    await tamper(
      'delete from audit_checkpoint_heads where number = 3',
      'delete from audit_checkpoints where number = 3',
    );
    expect(await brokenOf()).toMatchObject([{ kind: 'signed-checkpoint-gone', checkpoint: 3 }]);
    rmSync(log.memory.path);
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
    expect(await brokenOf()).toMatchObject([{ kind: 'signed-checkpoint-gone', checkpoint: 2 }]);
    // Who holds the database alone does not get the machine to sign it.
    await enterMany(3);
    await expect(writeCheckpoint(log.store)).rejects.toMatchObject({
      code: 'log-behind-signature',
    });
    // Who holds the machine too is found by what was kept elsewhere.
    rmSync(log.memory.path);
    expect(await brokenOf()).toEqual([]);
    expect(await brokenOf([log.kept])).toMatchObject([
      { kind: 'anchor-checkpoint-gone', checkpoint: 2 },
    ]);
    // The same number again, after other acts: signed properly, and yet another one.
    expect(await writeCheckpoint(log.store)).toMatchObject({ number: 2 });
    expect(await brokenOf()).toEqual([]);
    expect(await brokenOf([log.kept])).toMatchObject([{ kind: 'anchor-differs', checkpoint: 2 }]);
    expect((await verifyLog(log.store, [log.kept])).anchors).toEqual([
      { date: '2025-10-12', number: 2, ok: false },
    ]);
  });
});
