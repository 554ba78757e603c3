import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { Problem } from '../../kernel/index.js';
import type { Clock } from '../../kernel/index.js';
import { LOCKS } from '../locks.js';
import type { Tx } from '../types.js';
import { readKeyRing } from './key-ring.js';
import type { KeyRing, RingKey } from './key-ring.js';

/** A text as it lies in the database: which key, and nonce (12) + ciphertext + tag (16). */
export interface Sealed {
  keyId: string;
  ciphertext: Buffer;
}

/** Where the keys are: a store or an open transaction. */
export interface KeyPlace {
  readonly dataDir: string;
  readonly clock: Clock;
}

const NONCE = 12;
const TAG = 16;

/** Shared by everybody who writes under the current key, exclusive while it changes. */
export const KEY_LOCK = LOCKS.keys;

/**
 * Encrypts for a row of the database under the current key. `context` says which row and column it is
 * for: put anywhere else, the text does not open. The key cannot change before this transaction ends,
 * so that a rotation leaves no row behind.
 */
export async function seal(tx: Tx, text: string, context: string): Promise<Sealed> {
  await holdKey(tx);
  return sealWith(readKeyRing(tx.dataDir, tx.clock).current, text, context);
}

/** Until the end of the transaction the current key stays what it is. */
export async function holdKey(tx: Tx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock_shared($1::bigint)', [KEY_LOCK]);
}

/** @throws Problem `key-missing`, `sealed-text-broken` (altered, or of another row) */
export function unseal(place: KeyPlace, sealed: Sealed, context: string): string {
  const { keyId, ciphertext } = sealed;
  const key = readKeyRing(place.dataDir, place.clock).keys.find(({ id }) => id === keyId);
  if (!key) throw keyMissing(keyId);
  try {
    const nonce = ciphertext.subarray(0, NONCE);
    const decipher = createDecipheriv('aes-256-gcm', key.seal, nonce, { authTagLength: TAG });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(ciphertext.subarray(-TAG));
    const body = ciphertext.subarray(NONCE, -TAG);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new Problem('environment', broken(), error);
  }
}

export function sealWith(key: RingKey, text: string, context: string): Sealed {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key.seal, nonce, { authTagLength: TAG });
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return { keyId: key.id, ciphertext: Buffer.concat([nonce, body, cipher.getAuthTag()]) };
}

/** The hash a text is looked up by; `domain` keeps the hashes of different columns apart. */
export const matchHash = (key: RingKey, text: string, domain: string): Buffer =>
  createHmac('sha256', key.match).update(domain).update('\0').update(text).digest();

/** The hash for a new row, under the key that `seal` in the same transaction uses. */
export const currentHash = (place: KeyPlace, text: string, domain: string): Buffer =>
  matchHash(readKeyRing(place.dataDir, place.clock).current, text, domain);

/**
 * Looks rows up by the keyed hash of a text, under every key there is. A rotation may move the row
 * between the two steps; the keys are therefore compared afterwards, and the question asked again.
 */
export async function findByHash<R>(
  place: KeyPlace,
  text: string,
  domain: string,
  find: (hashes: Buffer[]) => Promise<R[]>,
): Promise<R[]> {
  for (;;) {
    const ring = readKeyRing(place.dataDir, place.clock);
    const rows = await find(ring.keys.map((key) => matchHash(key, text, domain)));
    if (rows.length > 0 || isSame(ring, readKeyRing(place.dataDir, place.clock))) return rows;
  }
}

const isSame = (before: KeyRing, after: KeyRing): boolean => before.current.id === after.current.id;

/** A value that travels through the browser and comes back: nobody can read, make or alter it. */
export function sealToken(place: KeyPlace, value: unknown, context: string): string {
  const key = readKeyRing(place.dataDir, place.clock).current;
  const { keyId, ciphertext } = sealWith(key, JSON.stringify(value), `token:${context}`);
  return `${keyId}.${ciphertext.toString('base64url')}`;
}

/** What `sealToken` put in; `null` for anything else. */
export function openToken(place: KeyPlace, token: string, context: string): unknown {
  const [keyId = '', body = ''] = token.length <= 4096 ? token.split('.') : [];
  const ciphertext = Buffer.from(body, 'base64url');
  if (ciphertext.length <= NONCE + TAG) return null;
  try {
    return JSON.parse(unseal(place, { keyId, ciphertext }, `token:${context}`)) as unknown;
  } catch (error) {
    if (error instanceof Problem && UNREADABLE.has(error.code)) return null;
    throw error;
  }
}

const UNREADABLE = new Set(['key-missing', 'sealed-text-broken']);

function keyMissing(keyId: string): Problem {
  return new Problem('environment', {
    code: 'key-missing',
    what: 'Không giải mã được dữ liệu vì thiếu khóa.',
    why: `Khóa ${keyId} không có trong keys.json của thư mục dữ liệu.`,
    todo: 'Khôi phục keys.json từ bản sao lưu cùng ngày với cơ sở dữ liệu.',
  });
}

const broken = () => ({
  code: 'sealed-text-broken',
  what: 'Dữ liệu mã hóa đã bị thay đổi nên không mở được.',
  why: 'Nội dung không khớp với dòng chứa nó.',
  todo: 'Báo người quản trị hệ thống đối chiếu với bản sao lưu.',
});
