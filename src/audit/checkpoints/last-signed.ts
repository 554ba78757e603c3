import fs from 'node:fs';
import path from 'node:path';
import { Problem } from '../../kernel/index.js';
import type { Checkpoint } from './statement.js';
import { hashOfCheckpoint } from './statement.js';

/**
 * The last checkpoint this machine signed, kept beside the key. Whoever holds only the database can
 * rewrite it and wait for the next signature; this file is what lets the signer notice.
 */
export interface LastSigned {
  number: number;
  /** Hexadecimal. */
  hash: string;
}

const fileOf = (dataDir: string): string => path.join(dataDir, 'audit-last-signed.json');

/** `null` before the first signature, and after the key was changed. */
export function readLastSigned(dataDir: string): LastSigned | null {
  try {
    return JSON.parse(fs.readFileSync(fileOf(dataDir), 'utf8')) as LastSigned;
  } catch (error) {
    // A half file is as good as none: the next signature writes it anew.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') {
      return null;
    }
    throw error;
  }
}

/** Remembers a checkpoint once it is committed; of two processes the later number stays. */
export function rememberSigned(dataDir: string, checkpoint: Checkpoint): void {
  const { number } = checkpoint;
  if ((readLastSigned(dataDir)?.number ?? 0) >= number) return;
  const draft = `${fileOf(dataDir)}.${process.pid}`;
  const text = JSON.stringify({ number, hash: hashOfCheckpoint(checkpoint).toString('hex') });
  fs.writeFileSync(draft, text, { mode: 0o600 });
  fs.renameSync(draft, fileOf(dataDir));
}

/** A person took note that the log begins anew from what the database holds (`audit rotate-key`). */
export const forgetSigned = (dataDir: string): void => fs.rmSync(fileOf(dataDir), { force: true });

/**
 * @throws Problem `log-behind-signature` when the database does not hold what was signed here last
 */
export async function refuseRewound(
  dataDir: string,
  checkpointAt: (number: number) => Promise<Checkpoint | null>,
): Promise<void> {
  const last = readLastSigned(dataDir);
  if (!last || (await isStanding(last, checkpointAt))) return;
  throw new Problem('environment', {
    code: 'log-behind-signature',
    what: `Mốc nhật ký số ${last.number} đã ký ở máy này không còn trong cơ sở dữ liệu.`,
    why: 'Cơ sở dữ liệu đã được trả về bản sao lưu cũ, hoặc nhật ký đã bị viết lại.',
    todo: 'Nếu vừa khôi phục từ bản sao lưu: thonban audit rotate-key --reason "khôi phục …". Nếu không: giữ nguyên hiện trạng, báo thanh tra.',
  });
}

/** Does the database still hold what was signed here last? */
export async function isStanding(
  last: LastSigned,
  checkpointAt: (number: number) => Promise<Checkpoint | null>,
): Promise<boolean> {
  const found = await checkpointAt(last.number);
  return found !== null && hashOfCheckpoint(found).toString('hex') === last.hash;
}
