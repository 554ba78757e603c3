import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';

/** Held as long as the process lives or until `release`. */
export interface Lock {
  release(): void;
}

/**
 * Takes the lock `purpose` of a directory, or answers `null` when another process has it. On Linux it is
 * an abstract unix socket: the kernel frees it with its process, so it can never be stale (it keeps
 * processes of one network namespace apart, not two containers on one volume). Elsewhere a pid file.
 */
export async function takeLock(directory: string, purpose: string): Promise<Lock | null> {
  if (process.platform !== 'linux') return takePidFile(path.join(directory, `${purpose}.pid`));
  const key = createHash('sha256').update(fs.realpathSync(directory)).digest('hex').slice(0, 32);
  return listen(`\0thonban-${purpose}-${key}`);
}

function listen(name: string): Promise<Lock | null> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(name, () => {
      server.unref();
      resolve({ release: () => void server.close() });
    });
  });
}

function takePidFile(file: string): Lock | null {
  for (const attempt of [1, 2]) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
      return { release: () => fs.rmSync(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (attempt === 2 || isAlive(Number(fs.readFileSync(file, 'utf8')))) return null;
      fs.rmSync(file, { force: true });
    }
  }
  return null;
}

/** Is there a process with this id? (EPERM = yes, of another account.) */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
