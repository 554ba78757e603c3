import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../../kernel/index.js';
import { audit } from '../audit/entry.js';
import { takeLock } from '../launcher/lock.js';
import type { Actor, OnProgress, Store, Tx } from '../types.js';
import { withActor } from '../with-actor.js';
import { addKey, readKeyRing, removeKey } from './key-ring.js';
import type { RingKey } from './key-ring.js';
import { KEY_LOCK } from './seal.js';

/** A table with sealed columns, described by the room that owns it. */
export interface SealedTable {
  /** Name of the table. */
  name: string;
  /** In words, for the person who rotates. */
  label: string;
  /** How many rows stand on which key. */
  count(tx: Tx): Promise<{ keyId: string; rows: number }[]>;
  /** Moves up to `limit` rows from one of these keys to `key`; answers how many. 0 = none is left. */
  reseal(tx: Tx, key: RingKey, from: readonly string[], limit: number): Promise<number>;
}

export interface KeyStatus {
  current: string;
  keys: { id: string; madeAt: string | null; isCurrent: boolean; rows: Record<string, number> }[];
  /** Rows that do not stand on the current key. */
  left: number;
  /** Rows whose key is not in the ring: they cannot be read. */
  lost: number;
}

/** How many rows stand on which key, keys without a row included. */
export async function keyStatus(
  store: Store,
  actor: Actor,
  tables: readonly SealedTable[],
): Promise<KeyStatus> {
  const counts = await withActor(store, actor, (tx) => countAll(tx, tables), { readOnly: true });
  const { current, keys } = readKeyRing(store.dataDir, store.clock);
  const ids = new Set([...keys.map(({ id }) => id), ...counts.map(({ keyId }) => keyId)]);
  const sum = (wanted: (keyId: string) => boolean) =>
    counts.filter(({ keyId }) => wanted(keyId)).reduce((total, { rows }) => total + rows, 0);
  return {
    current: current.id,
    keys: [...ids].map((id) => ({
      id,
      madeAt: keys.find((key) => key.id === id)?.madeAt ?? null,
      isCurrent: id === current.id,
      rows: Object.fromEntries(
        counts.filter(({ keyId }) => keyId === id).map(({ table, rows }) => [table, rows]),
      ),
    })),
    left: sum((keyId) => keyId !== current.id),
    lost: sum((keyId) => !keys.some(({ id }) => id === keyId)),
  };
}

async function countAll(tx: Tx, tables: readonly SealedTable[]) {
  const counts: { table: string; keyId: string; rows: number }[] = [];
  for (const table of tables) {
    for (const { keyId, rows } of await table.count(tx)) {
      counts.push({ table: table.name, keyId, rows });
    }
  }
  return counts;
}

export interface Rotation {
  key: string;
  /** An earlier rotation was cut off: its key is used, no further one is made. */
  isResumed: boolean;
  moved: Record<string, number>;
}

export interface RotateOptions {
  actor: Actor;
  reason: string;
  /** Rows of one transaction. */
  batch?: number;
  /** Rest between two transactions, for a machine that has other things to do. */
  pauseMillis?: number;
  onProgress?: OnProgress;
  signal?: AbortSignal;
}

/**
 * Makes a new key and moves every sealed row to it, in small transactions, while the instance runs:
 * readers know both keys, writers use the new one from the first moment. Cut off anywhere, it goes on
 * where it was when it is called again.
 */
export async function rotateKeys(
  store: Store,
  tables: readonly SealedTable[],
  options: RotateOptions,
): Promise<Rotation> {
  const lock = await takeLock(store.dataDir, 'keys');
  if (!lock) throw alreadyRotating();
  try {
    const { left, lost } = await keyStatus(store, options.actor, tables);
    if (lost > 0) throw keysLost(lost);
    const key =
      left > 0
        ? readKeyRing(store.dataDir, store.clock).current
        : await switchKey(store, options.actor);
    const moved: Record<string, number> = {};
    for (const table of tables) moved[table.name] = await moveAll(store, table, key, options);
    await withActor(store, options.actor, (tx) =>
      audit(tx, {
        ...{ action: 'keys.rotate', subjectKind: 'key', subjectId: key.id },
        ...{ payload: { moved }, reason: options.reason },
      }),
    );
    return { key: key.id, isResumed: left > 0, moved };
  } finally {
    lock.release();
  }
}

/**
 * Nobody writes under the old key while it changes: writers hold a shared lock until they commit.
 * Waiting for them is given up soon and tried again, since whoever comes later waits behind us.
 */
function switchKey(store: Store, actor: Actor): Promise<RingKey> {
  return withoutWriters(store, actor, () => addKey(store.dataDir, store.clock));
}

async function withoutWriters<T>(
  store: Store,
  actor: Actor,
  work: (tx: Tx) => T | Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await withActor(store, actor, async (tx) => {
        await tx.query("set local lock_timeout = '1s'");
        await tx.query('select pg_advisory_xact_lock($1::bigint)', [KEY_LOCK]);
        return work(tx);
      });
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'changed-meanwhile') throw error;
      await sleep(250);
    }
  }
}

async function moveAll(
  store: Store,
  table: SealedTable,
  key: RingKey,
  options: RotateOptions,
): Promise<number> {
  const { actor, batch = 500, pauseMillis = 0, onProgress, signal } = options;
  const from = readKeyRing(store.dataDir, store.clock)
    .keys.filter(({ id }) => id !== key.id)
    .map(({ id }) => id);
  let moved = 0;
  for (;;) {
    if (signal?.aborted) throw stopped();
    const now = await withActor(store, actor, (tx) => table.reseal(tx, key, from, batch));
    if (now === 0) return moved;
    moved += now;
    onProgress?.(`${table.label}: đã chuyển ${moved} dòng sang khóa mới`);
    if (pauseMillis > 0) await sleep(pauseMillis);
  }
}

/**
 * Takes an old key out of the ring, when nothing stands on it any more. Not while keys are rotated: both
 * replace the same file, and the later one would write over the key that the other has just made.
 * @throws Problem `key-unknown`, `key-in-use`, `already-rotating`
 */
export async function dropKey(
  store: Store,
  tables: readonly SealedTable[],
  options: { actor: Actor; id: string; reason: string },
): Promise<void> {
  const { actor, id, reason } = options;
  const lock = await takeLock(store.dataDir, 'keys');
  if (!lock) throw alreadyRotating();
  try {
    await withoutWriters(store, actor, async (tx) => {
      const { current, keys } = readKeyRing(store.dataDir, store.clock);
      if (!keys.some((key) => key.id === id)) throw keyUnknown(id);
      const rows = (await countAll(tx, tables))
        .filter(({ keyId }) => keyId === id)
        .reduce((sum, one) => sum + one.rows, 0);
      if (current.id === id || rows > 0) throw keyInUse(id, rows);
      await audit(tx, { action: 'keys.drop', subjectKind: 'key', subjectId: id, reason });
      removeKey(store.dataDir, store.clock, id);
    });
  } finally {
    lock.release();
  }
}

const alreadyRotating = (): Problem =>
  new Problem('conflict', {
    code: 'already-rotating',
    what: 'Một lệnh xoay khóa khác đang chạy.',
    todo: 'Chờ lệnh đó xong; xem tiến độ: thonban keys status',
  });

const stopped = (): Problem =>
  new Problem('usage', {
    code: 'interrupted',
    what: 'Đã dừng xoay khóa giữa chừng; dữ liệu vẫn đọc và ghi bình thường.',
    todo: 'Chạy tiếp: thonban keys rotate',
  });

const keysLost = (rows: number): Problem =>
  new Problem('environment', {
    code: 'key-missing',
    what: `${rows} dòng được mã hóa bằng khóa không có trong keys.json nên không xoay được.`,
    why: 'keys.json bị thay bằng tệp khác, hoặc cơ sở dữ liệu được khôi phục mà không có tệp khóa.',
    todo: 'Khôi phục keys.json từ bản sao lưu rồi chạy lại.',
  });

const keyUnknown = (id: string): Problem =>
  new Problem('refused', {
    code: 'key-unknown',
    what: `Không có khóa "${id}".`,
    todo: 'Xem các khóa: thonban keys status',
  });

const keyInUse = (id: string, rows: number): Problem =>
  new Problem('refused', {
    code: 'key-in-use',
    what: `Khóa ${id} đang dùng nên không bỏ được.`,
    why: rows > 0 ? `Còn ${rows} dòng được mã hóa bằng khóa này.` : 'Đây là khóa hiện hành.',
    todo: 'Xoay khóa trước: thonban keys rotate',
  });
