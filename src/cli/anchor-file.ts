import { open, stat } from 'node:fs/promises';
import type { Anchor } from '../audit/index.js';
import { readAnchor } from '../audit/index.js';
import { Problem } from '../kernel/index.js';
import { unreadableFile } from './unreadable-file.js';

/**
 * An anchor that was kept elsewhere.
 * @throws Problem `anchor-unreadable`, `anchor-no-small-file`, or what is wrong with the anchor itself
 */
export async function anchorFile(path: string): Promise<Anchor> {
  let text: string | null;
  try {
    text = await readSmallFile(path);
  } catch (cause) {
    throw unreadableFile('anchor-unreadable', path, cause);
  }
  if (text !== null) return readAnchor(text, path);
  throw new Problem('refused', {
    code: 'anchor-no-small-file',
    what: `${path} không phải là tệp mốc nhật ký.`,
    why: 'Mốc là một tệp thường, dưới 1 MB.',
    todo: 'Chọn tệp đã ghi bằng: thonban audit anchor > moc.json',
  });
}

/** An anchor has less than a thousand bytes. */
const MAX_ANCHOR = 1024 * 1024;

/** The text of a regular file; `null` for a device, a pipe, a directory, or a file that is too large. */
async function readSmallFile(path: string): Promise<string | null> {
  // Before it is opened: opening a pipe would wait for whoever writes.
  const found = await stat(path);
  if (!found.isFile() || found.size > MAX_ANCHOR) return null;
  const file = await open(path);
  try {
    // What grows meanwhile, or has no size (/proc), is bounded too.
    const bytes = Buffer.alloc(MAX_ANCHOR + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length);
      length += bytesRead;
      if (length > MAX_ANCHOR) return null;
      if (bytesRead === 0) return bytes.toString('utf8', 0, length);
    }
  } finally {
    await file.close();
  }
}
