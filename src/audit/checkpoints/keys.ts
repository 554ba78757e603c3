import { Problem } from '../../kernel/index.js';
import type { Actor, Store, Tx } from '../../store/index.js';
import { LOCKS, audit, instantSql, instantText, withActor } from '../../store/index.js';
import { forgetSigned } from './last-signed.js';
import type { KeyRecord, SigningKey } from './signing-key.js';
import {
  keyStatement,
  keysNotLost,
  makeSigningKey,
  readSigningKeys,
  signWith,
  writeSigningKeys,
} from './signing-key.js';

export const KEYS = `
  select key_number as "keyNumber", key_id as "keyId", public_key as "publicKey",
    ${instantSql('created_at')} as "createdAt", signed_by as "signedBy", signature
  from audit_keys order by key_number`;

/** Longer than any checkpoint takes; who holds the lock longer is not one of us. */
const PATIENCE_MILLIS = 20_000;

/**
 * One process at a time writes checkpoints or changes the key, whatever machine it runs on.
 * @throws Problem `checkpoint-lock-held` rather than to wait unheard
 */
export async function lockCheckpoints(tx: Tx, patienceMillis = PATIENCE_MILLIS): Promise<void> {
  await tx.query(`set local lock_timeout = ${patienceMillis}`);
  try {
    await tx.query(`select pg_advisory_xact_lock(${LOCKS.checkpoint})`);
  } catch (error) {
    throw isLockTimeout(error) ? lockHeld(error) : error;
  }
}

/** `lock_not_available` */
const isLockTimeout = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '55P03';

const lockHeld = (cause: unknown): Problem =>
  new Problem(
    'environment',
    {
      code: 'checkpoint-lock-held',
      what: 'Không ký được mốc nhật ký: một phiên khác của cơ sở dữ liệu giữ khóa ký quá lâu.',
      why: 'Nhật ký vẫn được ghi, nhưng chưa có chữ ký nào che các mục mới.',
      todo: 'Người quản trị cơ sở dữ liệu tìm phiên ấy trong pg_locks (locktype advisory) và kết thúc nó.',
    },
    cause,
  );

/**
 * The key that signs now; the first one is made here. Call it under `lockCheckpoints`.
 * @throws Problem `signing-key-missing` when the key in use lies elsewhere
 */
export async function currentKey(tx: Tx, dataDir: string): Promise<SigningKey> {
  const { rows } = await tx.query<KeyRecord>(KEYS);
  const last = rows.at(-1);
  const mine = readSigningKeys(dataDir);
  if (!last) {
    const first = mine.at(-1) ?? makeSigningKey();
    if (mine.length === 0) writeSigningKeys(dataDir, [first]);
    await insertKey(tx, 1, first, first);
    return first;
  }
  const key = mine.find(({ keyId }) => keyId === last.keyId);
  if (!key) throw keyMissing(last.keyId);
  return key;
}

export interface RotateInput {
  actor: Actor;
  reason: string;
  /** The key in use is gone: the new one vouches for itself, and `audit verify` says so. */
  isLost?: boolean;
}

/**
 * Replaces the key that signs checkpoints; the old one vouches for the new one and is then destroyed.
 * Both lie in the file until the change is committed, so that a crash at any point leaves a key in use.
 */
export async function rotateKey(store: Store, input: RotateInput): Promise<KeyRecord> {
  const { actor, reason, isLost = false } = input;
  const next = makeSigningKey();
  const record = await withActor(store, actor, async (tx) => {
    await lockCheckpoints(tx);
    const { rows } = await tx.query<KeyRecord>(KEYS);
    const last = rows.at(-1);
    if (!last) throw noKeyYet();
    const old = isLost ? null : await currentKey(tx, store.dataDir);
    if (isLost && keysNotLost(store.dataDir).some(({ keyId }) => keyId === last.keyId)) {
      throw notLost();
    }
    writeSigningKeys(store.dataDir, old ? [old, next] : [next]);
    const made = await insertKey(tx, last.keyNumber + 1, next, old ?? next);
    await audit(tx, {
      action: isLost ? 'audit.replace-lost-key' : 'audit.rotate-key',
      subjectKind: 'audit-key',
      subjectId: next.keyId,
      baseVersion: last.keyId,
      reason,
    });
    return made;
  });
  await destroyReplacedKeys(store, actor);
  return record;
}

/** Under the lock again: another change of the key may have begun meanwhile, and its key is kept. */
async function destroyReplacedKeys(store: Store, actor: Actor): Promise<void> {
  await withActor(store, actor, async (tx) => {
    await lockCheckpoints(tx);
    writeSigningKeys(store.dataDir, [await currentKey(tx, store.dataDir)]);
    forgetSigned(store.dataDir);
  });
}

async function insertKey(
  tx: Tx,
  keyNumber: number,
  key: SigningKey,
  by: SigningKey,
): Promise<KeyRecord> {
  const { keyId, publicKey } = key;
  const unsigned = {
    ...{ keyNumber, keyId, publicKey },
    createdAt: instantText(tx.now),
    signedBy: by.keyId,
  };
  const record = { ...unsigned, signature: signWith(by, keyStatement(unsigned)) };
  await tx.query(
    `insert into audit_keys (key_number, key_id, public_key, created_at, signed_by, signature)
     values ($1, $2, $3, $4, $5, $6)`,
    [keyNumber, keyId, publicKey, record.createdAt, record.signedBy, record.signature],
  );
  return record;
}

const keyMissing = (keyId: string): Problem =>
  new Problem('environment', {
    code: 'signing-key-missing',
    what: `Khóa ký nhật ký đang dùng (${keyId}) không có trong thư mục dữ liệu này.`,
    why: 'Cơ sở dữ liệu được ký từ một máy hoặc thư mục dữ liệu khác.',
    todo: 'Chép audit-key.json từ nơi đó sang; nếu đã mất: thonban audit rotate-key --lost --reason "…".',
  });

const noKeyYet = (): Problem =>
  new Problem('refused', {
    code: 'no-signing-key-yet',
    what: 'Chưa có khóa ký nhật ký nào để thay.',
    why: 'Khóa đầu tiên được tạo khi ghi mốc đầu tiên.',
    todo: 'Chạy hệ thống (thonban serve) một lần rồi thay khóa.',
  });

const notLost = (): Problem =>
  new Problem('refused', {
    code: 'signing-key-not-lost',
    what: 'Khóa ký đang dùng vẫn còn trong thư mục dữ liệu này.',
    todo: 'Thay khóa bằng lệnh: thonban audit rotate-key --reason "…" (không kèm --lost).',
  });
