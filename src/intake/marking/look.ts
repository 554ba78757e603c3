import { createReadStream } from 'node:fs';
import type { ReadLimits } from '../limits.js';
import { isOle, readHead } from '../read-head.js';
import { sniff } from '../sniff.js';
import { lookInText } from './look-in-text.js';
import { lookInZip } from './look-in-zip.js';
import type { Marking } from './marking.js';
import type { Degree } from './words.js';

export interface LookInput {
  /** Path of the file, or the bytes of an upload. */
  source: string | Uint8Array;
  fileName: string;
  limits: ReadLimits;
}

const PIECE = 256 * 1024;

/**
 * Looks for a marking in a table, or in what was sent in its place. Runs in the worker.
 * @throws Problem for what is no table, so that it is refused before it is stored
 */
export async function lookFor({ source, fileName, limits }: LookInput): Promise<Marking | null> {
  const head = await readHead(source, fileName, limits);
  const found = await lookInside(source, head, limits);
  if (!found) sniff(head, fileName);
  return found;
}

async function lookInside(
  source: string | Uint8Array,
  head: Buffer,
  limits: ReadLimits,
): Promise<Marking | null> {
  if (head[0] === 0x50 && head[1] === 0x4b) return lookInZip(source, limits);
  if (isOle(head)) return lookInOldFile(head);
  const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!isWide && head.includes(0)) return null;
  return lookInText(piecesOf(source)).catch(passOver);
}

/** A text in an old code page is refused by whoever reads it. */
const passOver = (): null => null;

const OLD: readonly (readonly [Degree, Buffer])[] = (['TUYỆT MẬT', 'TỐI MẬT'] as const).map(
  (degree) => [degree, Buffer.from(degree, 'utf16le')],
);

/** Old Word and Excel files are refused in any case; two words in capitals are still recognised. */
function lookInOldFile(bytes: Buffer): Marking | null {
  const degree = OLD.find(([, text]) => bytes.includes(text))?.[0];
  return degree ? { degree, place: 'nội dung tài liệu' } : null;
}

async function* piecesOf(source: string | Uint8Array): AsyncGenerator<Buffer> {
  if (typeof source === 'string') {
    for await (const piece of createReadStream(source, { highWaterMark: PIECE })) {
      yield piece as Buffer;
    }
    return;
  }
  const whole = Buffer.from(source.buffer, source.byteOffset, source.length);
  for (let at = 0; at < whole.length; at += PIECE) {
    yield whole.subarray(at, at + PIECE);
    // Lets messages of the main thread through.
    await Promise.resolve();
  }
}
