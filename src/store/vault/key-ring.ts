import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Problem } from '../../kernel/index.js';
import type { Clock } from '../../kernel/index.js';
import { refuseOpenFile } from '../private-file.js';

/** One pair of keys: `seal` encrypts (AES-256-GCM), `match` hashes for looking up (HMAC-SHA256). */
export interface RingKey {
  /** `k-20261123-9f2c41`: the day it was made and chance; stands beside everything it sealed. */
  id: string;
  madeAt: string;
  seal: Buffer;
  match: Buffer;
}

/** All keys of an instance. The first one is used for everything new, the others only to read. */
export interface KeyRing {
  current: RingKey;
  keys: readonly RingKey[];
}

const FILE = 'keys.json';
const KEY_BYTES = 32;

interface Kept {
  stamp: string;
  ring: KeyRing;
}

const kept = new Map<string, Kept>();

/**
 * The keys of an instance, from `keys.json` of its data directory (mode 600); made at the first use.
 * A file that changed is read again, so that a rotation by another process is noticed at once.
 */
export function readKeyRing(dataDir: string, clock: Clock): KeyRing {
  const file = path.join(dataDir, FILE);
  const stamp = stampOf(file);
  const known = kept.get(dataDir);
  if (known && stamp !== null && known.stamp === stamp) return known.ring;
  if (stamp === null) makeFirst(file, clock);
  const ring = load(file);
  kept.set(dataDir, { stamp: stampOf(file) ?? '', ring });
  return ring;
}

/** Makes a new key the current one; earlier keys stay, to read what they sealed. */
export function addKey(dataDir: string, clock: Clock): RingKey {
  const { keys } = readKeyRing(dataDir, clock);
  const key = newKey(clock);
  replace(path.join(dataDir, FILE), [key, ...keys]);
  return key;
}

/** Takes a key out for good: nothing that it sealed can be read again. Never the current one. */
export function removeKey(dataDir: string, clock: Clock, id: string): void {
  const { current, keys } = readKeyRing(dataDir, clock);
  if (id === current.id) throw new RangeError('the current key cannot be removed');
  replace(
    path.join(dataDir, FILE),
    keys.filter((key) => key.id !== id),
  );
}

/** Changes whenever the file is replaced; `null` when there is none. */
function stampOf(file: string): string | null {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  return found ? `${found.ino}-${found.mtimeMs}-${found.size}-${found.mode}` : null;
}

function newKey(clock: Clock): RingKey {
  const madeAt = clock.now().toISOString();
  const id = `k-${madeAt.slice(0, 10).replaceAll('-', '')}-${randomBytes(3).toString('hex')}`;
  return { id, madeAt, seal: randomBytes(KEY_BYTES), match: randomBytes(KEY_BYTES) };
}

interface Written {
  keys: { id: string; madeAt: string; seal: string; match: string }[];
}

function load(file: string): KeyRing {
  refuseOpenFile(file, 'Ai đọc được tệp này thì giải mã được số định danh cá nhân.');
  try {
    const { keys } = JSON.parse(fs.readFileSync(file, 'utf8')) as Written;
    const read = keys.map(({ id, madeAt, seal, match }): RingKey => {
      const key = { seal: Buffer.from(seal, 'base64'), match: Buffer.from(match, 'base64') };
      if (key.seal.length !== KEY_BYTES || key.match.length !== KEY_BYTES) throw unreadable(file);
      return { id, madeAt, ...key };
    });
    const [current] = read;
    if (!current) throw unreadable(file);
    return { current, keys: read };
  } catch (error) {
    throw error instanceof Problem ? error : unreadable(file, error);
  }
}

function unreadable(file: string, cause?: unknown): Problem {
  return new Problem(
    'environment',
    {
      code: 'keys-unreadable',
      what: `Không đọc được tệp khóa ${file}.`,
      why: 'Tệp bị hỏng, bị cắt hoặc không cho tài khoản này đọc.',
      todo: 'Khôi phục tệp từ bản sao lưu; không tạo tệp mới, vì dữ liệu đã mã hóa sẽ không mở được.',
    },
    cause,
  );
}

const textOf = (keys: readonly RingKey[]): string => {
  const written: Written = {
    keys: keys.map(({ id, madeAt, seal, match }) => ({
      ...{ id, madeAt },
      ...{ seal: seal.toString('base64'), match: match.toString('base64') },
    })),
  };
  return JSON.stringify(written, null, 1);
};

/** Written beside, forced to the disk and renamed: a process killed in between leaves the old file. */
function replace(file: string, keys: readonly RingKey[]): void {
  fs.renameSync(draftOf(file, keys), file);
}

function draftOf(file: string, keys: readonly RingKey[]): string {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = fs.openSync(draft, 'wx', 0o600);
  try {
    fs.writeFileSync(handle, textOf(keys));
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  return draft;
}

/** Linked, not renamed: of two processes that start together, the second takes the first one's key. */
function makeFirst(file: string, clock: Clock): void {
  const draft = draftOf(file, [newKey(clock)]);
  try {
    fs.linkSync(draft, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    // A file system without links.
    fs.copyFileSync(draft, file, fs.constants.COPYFILE_EXCL);
  } finally {
    fs.rmSync(draft, { force: true });
  }
}
