import { createHash } from 'node:crypto';
import type { Certificate } from 'pkijs';
import type { SignatureCheck } from './signature/types.js';

/** Decisions that are looked at again and again; each finding is small. */
const MOST_KEPT = 500;

const kept = new Map<string, Promise<readonly SignatureCheck[] | null>>();

/**
 * The finding on a file as it lies there with the roots of today, computed once: at the next look only
 * `stamp` (what changes when anybody touches the file) is compared. What failed is not remembered, and
 * neither is `null`: no file, or not the one that was taken in.
 */
export async function rememberCheck(
  file: { path: string; sha256: Buffer; stamp: string },
  roots: readonly Certificate[],
  check: () => Promise<readonly SignatureCheck[] | null>,
): Promise<readonly SignatureCheck[] | null> {
  const key = [file.path, file.sha256.toString('hex'), file.stamp, printOf(roots)].join('\n');
  const known = kept.get(key);
  if (known) return known;
  const found = check();
  kept.set(key, found);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
  try {
    const result = await found;
    if (result === null) kept.delete(key);
    return result;
  } catch (error) {
    kept.delete(key);
    throw error;
  }
}

function printOf(roots: readonly Certificate[]): string {
  const hash = createHash('sha256');
  for (const root of roots) hash.update(Buffer.from(root.toSchema().toBER()));
  return hash.digest('hex');
}
