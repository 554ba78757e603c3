import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import type { Anchor } from '../../src/audit/anchors/anchor.js';
import { newestAnchor } from '../../src/audit/anchors/anchor.js';
import { writeCheckpoint } from '../../src/audit/checkpoints/write-checkpoint.js';
import type { VerifyReport } from '../../src/audit/verify/report.js';
import { verifyLog } from '../../src/audit/verify/verify-log.js';
import { fixedClock } from '../../src/kernel/index.js';
import type { Actor, AuditEntry } from '../../src/store/index.js';
import { audit, withActor } from '../../src/store/index.js';
import type { TestStore } from './database.js';
import { testStore } from './database.js';

const BOOK = '0199a000-0000-7000-8000-00000000000a';
const STREAM = `book:${BOOK}`;
const TABLES = ['audit_keys', 'audit_checkpoints', 'audit_checkpoint_heads', 'audit_heads'];

const clerk: Actor = {
  ...{ id: randomUUID(), name: 'Cán bộ', officeId: randomUUID(), scopes: [], grants: [] },
  ...{ role: 'commune_officer', device: 'máy 1' },
};

/**
 * A log that every test of a file finds as it was: 20 entries in a book, 5 acts and 3 readings of an
 * office, checkpoints after 8 and after 16. Called once, at the top of the file.
 */
export function keptLog() {
  const log = {
    ...{ BOOK, STREAM, clerk, enter, enterMany, tamper, entryAt, brokenOf },
    ...{ store: null as unknown as TestStore, kept: null as unknown as Anchor },
    keyFile: { path: '', text: '' },
    /** What the machine that signs remembers. */
    memory: { path: '', text: '' },
  };

  async function enter(entry: Partial<AuditEntry> = {}): Promise<void> {
    await withActor(log.store, clerk, (tx) =>
      audit(tx, {
        ...{ action: 'test.write', subjectKind: 'household', subjectId: 'h', bookId: BOOK },
        ...{ placeId: randomUUID(), payload: { before: 1, after: 2 }, reason: 'vì' },
        ...{ baseVersion: '1', purpose: 'rà soát' },
        ...entry,
      }),
    );
  }
  async function enterMany(count: number): Promise<void> {
    for (let i = 0; i < count; i++) await enter({ subjectId: String(i) });
  }

  /** What somebody with every right over the database does. */
  function tamper(...statements: string[]): Promise<void> {
    return log.store.behind(async (client) => {
      for (const sql of statements) await client.query(sql);
    });
  }
  function entryAt(seq: number, stream = STREAM): Promise<string> {
    return log.store.behind(async (client) => {
      const { rows } = await client.query<{ id: string }>(
        'select entry_id as id from audit_entries where stream = $1 and seq = $2',
        [stream, seq],
      );
      return rows[0]?.id ?? '';
    });
  }
  async function brokenOf(anchors: Anchor[] = []): Promise<VerifyReport['broken']> {
    const report = await verifyLog(log.store, anchors);
    expect(report.ok).toBe(report.broken.length === 0);
    expect(report.first).toBe(report.broken[0] ?? null);
    return report.broken;
  }

  beforeAll(async () => {
    log.store = await testStore({ clock: fixedClock('2025-10-12T07:03:00.123Z') });
    await enterMany(8);
    for (let i = 0; i < 5; i++) await enter({ bookId: null });
    await writeCheckpoint(log.store);
    for (let i = 0; i < 3; i++) await enter({ action: 'household.read' });
    await enterMany(8);
    await writeCheckpoint(log.store);
    log.kept = (await withActor(log.store, clerk, newestAnchor)) as Anchor;
    await enterMany(4);
    const path = join(log.store.dataDir, 'audit-key.json');
    log.keyFile = { path, text: readFileSync(path, 'utf8') };
    const memory = join(log.store.dataDir, 'audit-last-signed.json');
    log.memory = { path: memory, text: readFileSync(memory, 'utf8') };
    await log.store.behind(async (client) => {
      for (const table of ['audit_entries', ...TABLES]) {
        await client.query(`create table kept_${table} as table ${table}`);
      }
    });
  });
  beforeEach(async () => {
    writeFileSync(log.keyFile.path, log.keyFile.text);
    writeFileSync(log.memory.path, log.memory.text);
    await log.store.behind(async (client) => {
      await client.query(`truncate audit_entries, ${TABLES.join(', ')}`);
      for (const table of ['audit_entries', ...TABLES]) {
        await client.query(`insert into ${table} select * from kept_${table}`);
      }
    });
  });
  afterAll(() => log.store.close());
  return log;
}
