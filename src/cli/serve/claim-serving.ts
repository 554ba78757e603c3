import fs from 'node:fs';
import path from 'node:path';
import { Problem } from '../../kernel/index.js';
import type { Lock, Store } from '../../store/index.js';
import { takeLock } from '../../store/index.js';

const FILE = 'serving.json';

/**
 * One service per data directory: takes the lock and writes where it answers, so that a second one can
 * say so. Throws a `Problem` when another process serves already.
 */
export async function claimServing(store: Store, url: string): Promise<Lock> {
  const file = path.join(store.dataDir, FILE);
  const lock = await takeLock(store.dataDir, 'serve');
  if (!lock) throw alreadyServed(store.dataDir, readServing(file));
  const serving = { url, pid: process.pid, since: store.clock.now().toISOString() };
  fs.writeFileSync(file, JSON.stringify(serving));
  return {
    release: () => {
      fs.rmSync(file, { force: true });
      lock.release();
    },
  };
}

interface Serving {
  url: string;
  pid: number;
}

function readServing(file: string): Serving | null {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Serving;
  } catch {
    return null;
  }
}

function alreadyServed(dataDir: string, serving: Serving | null): Problem {
  return new Problem('environment', {
    code: 'already-served',
    what: `Thư mục dữ liệu ${dataDir} đang được một chương trình khác phục vụ.`,
    ...(serving && { why: `Địa chỉ: ${serving.url} (tiến trình ${serving.pid}).` }),
    todo: 'Mở địa chỉ đó, hoặc dừng chương trình kia, hoặc đặt THONBAN_DATA sang thư mục khác.',
  });
}
