import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROJECT_ROOT } from '../../src/store/index.js';

export interface Running {
  child: ChildProcess;
  /** Everything written so far. */
  stdout: () => string;
  stderr: () => string;
  /** Exit code, or the signal's name. */
  ended: Promise<number | string | null>;
}

/** Starts `thonban WORDS` as a process of its own, free of this run's database settings. */
export function startThonban(
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
  options: SpawnOptions & { root?: string } = {},
): Running {
  const { root = PROJECT_ROOT, ...rest } = options;
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^DATABASE_.*URL$|^DATABASE_URL$/.test(name)),
  );
  const child = spawn(process.execPath, [path.join(root, 'bin', 'thonban.mjs'), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...rest,
    env: { ...inherited, ...env },
  });
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<number | string | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  return { child, stdout: () => out, stderr: () => err, ended };
}

/** Waits until `ready` answers true; fails with what the processes said when it never does. */
export async function until(
  ready: () => boolean | Promise<boolean>,
  what: string,
  millis = 150_000,
): Promise<void> {
  const end = performance.now() + millis;
  while (!(await ready())) {
    if (performance.now() > end) throw new Error(`never happened: ${what}`);
    await sleep(25);
  }
}
