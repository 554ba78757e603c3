import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Problem } from '../../kernel/index.js';
import { canonicalJson, refuseOpenFile, sha256 } from '../../store/index.js';

/** A key that can sign: an Ed25519 pair. */
export interface SigningKey {
  /** First 16 hexadecimal digits of the hash of the public key. */
  keyId: string;
  /** SubjectPublicKeyInfo. */
  publicKey: Buffer;
  privateKey: KeyObject;
}

/** A public key as the database keeps it, signed by the key before it (the first: by itself). */
export interface KeyRecord {
  keyNumber: number;
  keyId: string;
  publicKey: Buffer;
  createdAt: string;
  signedBy: string;
  signature: Buffer;
}

const FILE = 'audit-key.json';
const DAMAGED = 'signing-key-damaged';

export const keyIdOf = (publicKey: Uint8Array): string => sha256(publicKey).toString('hex', 0, 8);

/** The text by which one key vouches for the next. */
export const keyStatement = (record: Omit<KeyRecord, 'signature'>): string =>
  canonicalJson({
    format: 'thonban-audit-key/1',
    number: record.keyNumber,
    key: record.keyId,
    public_key: record.publicKey.toString('base64'),
    created_at: record.createdAt,
    signed_by: record.signedBy,
  });

export const signWith = (key: SigningKey, statement: string): Buffer =>
  sign(null, Buffer.from(statement), key.privateKey);

export function makeSigningKey(): SigningKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return signingKeyOf(privateKey);
}

function signingKeyOf(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { keyId: keyIdOf(publicKey), publicKey, privateKey };
}

/**
 * The private keys of this data directory (`audit-key.json`, mode 600): one, or two while a key is
 * being replaced. None before the first checkpoint.
 * @throws Problem `signing-key-unreadable` (it may be whole), `signing-key-damaged` (it holds no key),
 *   `secrets-readable-by-others`
 */
export function readSigningKeys(dataDir: string): SigningKey[] {
  const file = path.join(dataDir, FILE);
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unreadable(file, error);
  }
  refuseOpenFile(file, 'Ai đọc được tệp này ký được mốc nhật ký giả.');
  try {
    const { keys } = JSON.parse(text) as { keys: string[] };
    return keys.map((der) =>
      signingKeyOf(
        createPrivateKey({ key: Buffer.from(der, 'base64'), format: 'der', type: 'pkcs8' }),
      ),
    );
  } catch (error) {
    throw damaged(file, error);
  }
}

/**
 * The keys that are there. A file that is not there or holds none is a lost one; one that only cannot be
 * read just now (rights, disk) is not, and nothing may take its place.
 * @throws Problem `signing-key-unreadable`, `secrets-readable-by-others`
 */
export function keysNotLost(dataDir: string): SigningKey[] {
  try {
    return readSigningKeys(dataDir);
  } catch (error) {
    if (error instanceof Problem && error.code === DAMAGED) return [];
    throw error;
  }
}

/** Written beside and renamed: a process killed in between leaves no half file. */
export function writeSigningKeys(dataDir: string, keys: readonly SigningKey[]): void {
  const file = path.join(dataDir, FILE);
  const draft = `${file}.${process.pid}`;
  const ders = keys.map(({ privateKey }) =>
    privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  );
  fs.rmSync(draft, { force: true });
  const handle = fs.openSync(draft, 'wx', 0o600);
  try {
    fs.writeSync(handle, JSON.stringify({ keys: ders }));
    // A key that signed a checkpoint must not be lost with the power.
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  fs.renameSync(draft, file);
}

const unreadable = (file: string, cause: unknown): Problem =>
  new Problem(
    'environment',
    {
      code: 'signing-key-unreadable',
      what: `Không đọc được khóa ký nhật ký trong ${file}.`,
      why: cause instanceof Error ? cause.message : String(cause),
      todo: 'Kiểm tra quyền đọc tệp và ổ đĩa; khóa có thể vẫn còn nguyên, chưa thay.',
    },
    cause,
  );

const damaged = (file: string, cause: unknown): Problem =>
  new Problem(
    'environment',
    {
      code: DAMAGED,
      what: `Tệp ${file} không chứa khóa ký nhật ký đọc được.`,
      why: cause instanceof Error ? cause.message : String(cause),
      todo: 'Trả lại tệp từ bản sao lưu; nếu đã mất: thonban audit rotate-key --lost --reason "…".',
    },
    cause,
  );
