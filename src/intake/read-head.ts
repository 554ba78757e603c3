import { open } from 'node:fs/promises';
import type { ReadLimits } from './limits.js';
import { fileProblems } from './problems.js';

/** An OLE file is searched this far: for the mark of a password, for words. */
const OLE_HEAD = 32 * 1024 * 1024;
const HEAD = 64 * 1024;

/**
 * The beginning of a file (a path, or the bytes of an upload), enough to judge what it is; of an old
 * Office file much more. @throws Problem when there is no such file, or when it is too large
 */
export async function readHead(
  source: string | Uint8Array,
  name: string,
  limits: ReadLimits,
): Promise<Buffer> {
  if (typeof source !== 'string') {
    if (source.length > limits.fileBytes) throw fileProblems.tooLarge(limits.fileBytes);
    const whole = Buffer.from(source.buffer, source.byteOffset, source.length);
    return whole.subarray(0, isOle(whole) ? OLE_HEAD : HEAD);
  }
  const file = await open(source).catch(() => {
    throw fileProblems.missing(name);
  });
  try {
    const found = await file.stat();
    if (!found.isFile()) throw fileProblems.missing(name);
    if (found.size > limits.fileBytes) throw fileProblems.tooLarge(limits.fileBytes);
    const first = await readUpTo(file, Math.min(found.size, HEAD));
    return isOle(first) ? await readUpTo(file, Math.min(found.size, OLE_HEAD)) : first;
  } finally {
    await file.close();
  }
}

/** Old Word and Excel files, and new ones with a password. */
export const isOle = (head: Buffer): boolean => head[0] === 0xd0 && head[1] === 0xcf;

async function readUpTo(file: Awaited<ReturnType<typeof open>>, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes);
  const { bytesRead } = await file.read(buffer, 0, bytes, 0);
  return buffer.subarray(0, bytesRead);
}
