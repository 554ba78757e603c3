import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../kernel/index.js';
import { newId } from '../kernel/index.js';
import type { ReadLimits } from './limits.js';
import { DEFAULT_LIMITS } from './limits.js';
import { fileProblems } from './problems.js';

/** A file that was taken in: named by its content, readable by the server's account alone. */
export interface StoredFile {
  sha256: Buffer;
  bytes: number;
  path: string;
}

/** Where a file of this content lies: `<data directory>/files/ab/abcdef…`. */
export function storedFilePath(dataDir: string, sha256: Buffer): string {
  const hex = sha256.toString('hex');
  return join(dataDir, 'files', hex.slice(0, 2), hex);
}

/**
 * Copies a file (or the bytes of an upload) into the data directory under the hash of its content,
 * mode 600. The same content is kept once. What is read later is this copy, whatever happens to the
 * original. @throws Problem when there is no such file, or when it is empty or too large
 */
export async function storeFile(
  dataDir: string,
  source: string | Uint8Array,
  fileName: string,
  clock: Clock,
  limits: ReadLimits = DEFAULT_LIMITS,
): Promise<StoredFile> {
  const folder = join(dataDir, 'files');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `draft-${newId(clock)}`);
  try {
    const { sha256, bytes } = await copyHashed(source, draft, fileName, limits);
    const path = storedFilePath(dataDir, sha256);
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    await rename(draft, path);
    return { sha256, bytes, path };
  } finally {
    await rm(draft, { force: true });
  }
}

async function copyHashed(
  source: string | Uint8Array,
  draft: string,
  fileName: string,
  limits: ReadLimits,
): Promise<{ sha256: Buffer; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const pieces = typeof source === 'string' ? await openSource(source, fileName) : [source];
  const target = await open(draft, 'wx', 0o600);
  try {
    for await (const piece of pieces) {
      bytes += piece.length;
      if (bytes > limits.fileBytes) throw fileProblems.tooLarge(limits.fileBytes);
      hash.update(piece);
      await target.writeFile(piece);
    }
    if (bytes === 0) throw fileProblems.empty();
    await target.sync();
  } finally {
    await target.close();
  }
  // An umask may have taken rights away, never given any.
  await chmod(draft, 0o600);
  return { sha256: hash.digest(), bytes };
}

async function openSource(path: string, fileName: string): Promise<AsyncIterable<Buffer>> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw fileProblems.missing(fileName);
  const stream = createReadStream(path, { highWaterMark: 1024 * 1024 });
  await new Promise<void>((resolve, reject) => {
    stream.once('open', () => resolve());
    stream.once('error', () => reject(fileProblems.missing(fileName)));
  });
  return stream as AsyncIterable<Buffer>;
}
