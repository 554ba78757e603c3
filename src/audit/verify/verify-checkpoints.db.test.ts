import { randomUUID } from 'node:crypto';
import { chmodSync, readFileSync, statSync } from 'node:fs';
import type pg from 'pg';
import { describe, expect, test } from 'vitest';
import { keptLog } from '../../../test/support/kept-log.js';
import { fixedClock } from '../../kernel/index.js';
import {
  SYSTEM_ACTOR,
  chained,
  digestOf,
  openStore,
  payloadDigestOf,
  redactEntry,
  withActor,
} from '../../store/index.js';
import type { Anchor } from '../anchors/anchor.js';
import { anchorsOf, readAnchor } from '../anchors/anchor.js';
import { lockCheckpoints, rotateKey } from '../checkpoints/keys.js';
import { writeCheckpoint } from '../checkpoints/write-checkpoint.js';
import type { EntryRow } from './entry-row.js';
import { ENTRIES } from './entry-row.js';
import { verifyLog } from './verify-log.js';

const log = keptLog();
const { BOOK, STREAM, clerk, enter, tamper, entryAt, brokenOf } = log;

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

  test('wait for their lock no longer than they say, and carry the time after the wait', async () => {
    await enter({});
    await withActor(log.store, SYSTEM_ACTOR([]), async (tx) => {
      await lockCheckpoints(tx);
      await expect(writeCheckpoint(log.store, 100)).rejects.toMatchObject({
        code: 'checkpoint-lock-held',
      });
    });
    let hour = 3;
    const clock = { now: () => new Date(Date.UTC(2031, 0, 1, hour++)) };
    const written = await writeCheckpoint({ ...log.store, clock });
    // The first look at the clock is the beginning of the transaction.
    expect(written?.at).toMatch(/^2031-01-01T0[4-9]/);
  });

  test('are written by two at once one after the other, and only when something was entered', async () => {
    const both = await Promise.all([writeCheckpoint(log.store), writeCheckpoint(log.store)]);
    expect(both.filter((one) => one !== null)).toMatchObject([{ number: 3, entries: 28 }]);
    expect(await writeCheckpoint(log.store)).toBeNull();
    const writing = Array.from({ length: 12 }, async (_, i) => {
      await enter({ subjectId: `${i}` });
      await writeCheckpoint(log.store);
    });
    await Promise.all(writing);
    const report = await verifyLog(log.store);
    expect(report).toMatchObject({ ok: true, entries: 40, notYetSigned: 0 });
    expect(report.checkpoints).toBeGreaterThan(3);
  });
});

test('twelve more are taken in the order of numbers, not of digits', async () => {
  for (let i = 0; i < 12; i++) {
    await enter({ bookId: i === 11 ? BOOK : randomUUID() });
    await writeCheckpoint(log.store);
  }
  const report = await verifyLog(log.store, [log.kept]);
  expect(report).toMatchObject({ ok: true, checkpoints: 14, streams: 14, notYetSigned: 0 });
  await tamper(`update audit_checkpoint_heads set seq = seq + 1 where number = 11`);
  expect(await brokenOf()).toContainEqual(
    expect.objectContaining({ kind: 'checkpoint-edited', checkpoint: 11 }),
  );
});

test('a log brought back from a backup is signed again once a person said so', async () => {
  await enter();
  await writeCheckpoint(log.store);
  await tamper(
    'delete from audit_checkpoint_heads where number = 3',
    'delete from audit_checkpoints where number = 3',
  );
  await enter();
  await expect(writeCheckpoint(log.store)).rejects.toMatchObject({ code: 'log-behind-signature' });
  await rotateKey(log.store, { actor: SYSTEM_ACTOR([]), reason: 'khôi phục bản sao lưu' });
  expect(await writeCheckpoint(log.store)).toMatchObject({ number: 3 });
  expect(await verifyLog(log.store)).toMatchObject({ ok: true });
});

test('half a character in a reason does not break the chain', async () => {
  await enter({ reason: `${'x'.repeat(299)}\ud83d`, subjectId: '\udc00', purpose: '\ud83d' });
  expect(await verifyLog(log.store)).toMatchObject({ ok: true, entries: 29 });
});

describe('keys', () => {
  test('the old key vouches for the new one and is gone', async () => {
    const first = await rotateKey(log.store, { actor: SYSTEM_ACTOR([]), reason: 'định kỳ' });
    expect(first).toMatchObject({ keyNumber: 2 });
    await enter();
    expect(await writeCheckpoint(log.store)).toMatchObject({ keyId: first.keyId });
    expect(await verifyLog(log.store, [log.kept])).toMatchObject({
      ok: true,
      keys: 2,
      keysOnTheirOwn: [],
    });
    expect(JSON.parse(readFileSync(log.keyFile.path, 'utf8')).keys).toHaveLength(1);
    expect(statSync(log.keyFile.path).mode & 0o777).toBe(0o600);
    await expect(
      rotateKey(log.store, { actor: SYSTEM_ACTOR([]), reason: 'mất', isLost: true }),
    ).rejects.toMatchObject({ code: 'signing-key-not-lost' });
  });

  test('changed by two people at once, the key in use is still here', async () => {
    const change = (reason: string) => rotateKey(log.store, { actor: SYSTEM_ACTOR([]), reason });
    const changes = await Promise.all(['định kỳ', 'thay cán bộ', 'nghi bị lộ'].map(change));
    const last = changes.toSorted((a, b) => a.keyNumber - b.keyNumber).at(-1);
    await enter();
    expect(await writeCheckpoint(log.store)).toMatchObject({ keyId: last?.keyId });
    expect(JSON.parse(readFileSync(log.keyFile.path, 'utf8')).keys).toHaveLength(1);
    expect(await verifyLog(log.store)).toMatchObject({ ok: true, keys: 4, keysOnTheirOwn: [] });
  });

  test('a key that others may read does not sign', async () => {
    chmodSync(log.keyFile.path, 0o644);
    await enter();
    await expect(writeCheckpoint(log.store)).rejects.toMatchObject({
      code: 'secrets-readable-by-others',
    });
    chmodSync(log.keyFile.path, 0o600);
    expect(await writeCheckpoint(log.store)).not.toBeNull();
  });

  test('another machine cannot sign; a lost key is replaced by one that stands on its own', async () => {
    const elsewhere = await openStore({ env: log.store.env, dataDir: `${log.store.dataDir}/khac` });
    try {
      await enter();
      await expect(writeCheckpoint(elsewhere)).rejects.toMatchObject({
        code: 'signing-key-missing',
      });
      const input = { actor: SYSTEM_ACTOR([]), reason: 'hỏng ổ đĩa', isLost: true };
      const { keyId } = await rotateKey(elsewhere, input);
      expect(await writeCheckpoint(elsewhere)).toMatchObject({ keyId });
      expect(await verifyLog(log.store)).toMatchObject({
        ok: true,
        keys: 2,
        keysOnTheirOwn: [keyId],
      });
    } finally {
      await elsewhere.close();
    }
  });
});

describe('redaction', () => {
  const redact = async (entryId: string) => {
    const admin = await openStore({ env: log.store.adminEnv, dataDir: log.store.dataDir });
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
    expect(done).toMatchObject({ entryId: id, stream: STREAM, seq: 4, keepsWords: false });
    const rows = await log.store.behind(async (client) => {
      const { rows: found } = await client.query(
        `select payload, payload_salt, reason from audit_entries where entry_id = any ($1) order by seq`,
        [[id, done.redactionId]],
      );
      return found as object[];
    });
    expect(rows).toMatchObject([
      { payload: null, payload_salt: null, reason: null },
      { payload: { stream: STREAM, seq: 4, action: 'test.write' } },
    ]);
    expect(await verifyLog(log.store, [log.kept])).toMatchObject({
      ok: true,
      redacted: 1,
      entries: 29,
    });
    await expect(redact(id)).rejects.toMatchObject({ code: 'already-redacted' });
    await expect(redact(done.redactionId)).rejects.toMatchObject({ code: 'not-redactable' });
    expect(await verifyLog(log.store)).toMatchObject({ ok: true, entries: 29 });
  });

  test('words put into an entry that was taken out show', async () => {
    const id = await entryAt(4);
    await redact(id);
    await tamper(`update audit_entries set reason = 'tên hộ khác' where entry_id = '${id}'`);
    expect(await brokenOf()).toMatchObject([{ kind: 'edited', seq: 4, entryId: id }]);
  });

  test('an entry from before words could be taken out keeps them, and adds up', async () => {
    const id = await entryAt(20);
    await log.store.behind((client) => asBefore(client, id));
    expect(await verifyLog(log.store)).toMatchObject({ ok: true, entries: 28 });
    expect(await redact(id)).toMatchObject({ keepsWords: true });
    expect(await verifyLog(log.store)).toMatchObject({ ok: true, redacted: 1 });
    const { rows } = await log.store.behind((client) =>
      client.query('select reason from audit_entries where entry_id = $1', [id]),
    );
    expect(rows).toEqual([{ reason: 'vì' }]);
  });

  test('of an entry that is not there, or by who may not, does nothing', async () => {
    await expect(redact(randomUUID())).rejects.toMatchObject({ code: 'entry-not-found' });
    await expect(redact('không phải mã')).rejects.toMatchObject({ code: 'entry-not-found' });
    const refused = redactEntry(log.store, {
      ...{ actor: SYSTEM_ACTOR([]), entryId: await entryAt(4), decision: 'x', reason: 'x' },
    });
    await expect(refused).rejects.toMatchObject({ code: 'owner-needed' });
    expect(await verifyLog(log.store)).toMatchObject({ ok: true, redacted: 0, entries: 28 });
  });
});

describe('anchors', () => {
  test('one a day, the last of it, in the days of Vietnam', async () => {
    const at = (iso: string) => Object.assign({}, log.store, { clock: fixedClock(iso) });
    const times = ['2025-10-12T16:59:59Z', '2025-10-12T17:00:00Z', '2025-10-14T01:00:00Z'];
    for (const iso of times) {
      await enter();
      await writeCheckpoint(at(iso));
    }
    const days = await withActor(log.store, clerk, (tx) =>
      anchorsOf(tx, '2025-10-01' as Anchor['date'], '2025-10-31' as Anchor['date']),
    );
    expect(days.map(({ date, number }) => [date, number])).toEqual([
      ['2025-10-14', 5],
      ['2025-10-13', 4],
      ['2025-10-12', 3],
    ]);
    expect((await verifyLog(log.store, days)).anchors.every(({ ok }) => ok)).toBe(true);
  });

  test('reads back what it gave, and refuses one that was changed', () => {
    expect(readAnchor(JSON.stringify(log.kept), 'a.json')).toEqual(log.kept);
    for (const change of [
      { root: log.kept.root.replace(/^./, (c) => (c === '0' ? '1' : '0')) },
      ...[{ number: 3 }, { entries: log.kept.entries - 1 }, { instance: randomUUID() }],
      ...[{ at: log.kept.at.replace('123000Z', '123001Z') }, { key: '0'.repeat(16) }],
      { signature: Buffer.alloc(64).toString('base64') },
    ]) {
      const text = JSON.stringify({ ...log.kept, ...change });
      expect(() => readAnchor(text, 'a.json')).toThrow('Chữ ký trong a.json không khớp');
    }
    for (const text of ['', '{}', '[]', 'null', JSON.stringify({ ...log.kept, root: 'x' })]) {
      expect(() => readAnchor(text, 'a.json')).toThrow('không phải là một mốc');
    }
  });
});

/** Makes the newest entry of its stream one of the first form. */
async function asBefore(client: pg.Client, id: string): Promise<void> {
  const { rows } = await client.query<EntryRow>(ENTRIES);
  const at = rows.findIndex((row) => row.entryId === id);
  const [before, row] = [rows[at - 1]!, rows[at]!];
  const payloadDigest = payloadDigestOf(row.payloadSalt!, row.payload!);
  const digest = digestOf({ ...row, payloadDigest, form: null });
  const hash = chained(before.hash, digest);
  await client.query(
    `update audit_entries set digest_form = null, payload_digest = $2, digest = $3, hash = $4
     where entry_id = $1`,
    [id, payloadDigest, digest, hash],
  );
  await client.query('update audit_heads set hash = $2 where stream = $1', [row.stream, hash]);
}
