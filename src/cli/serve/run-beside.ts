import { fork } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import type { OnProgress } from '../../store/index.js';
import { PROJECT_ROOT } from '../../store/index.js';

export interface Beside {
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
  onProgress: OnProgress;
  /** Let requests go first: for work that nobody waits for. */
  isQuiet?: boolean;
  /** It begins at once, but opens the database only then, and tells its progress from then on. */
  mayOpen?: Promise<void>;
}

interface ProgressMessage {
  message: string;
  fraction?: number;
}

const QUIET = 10;

/**
 * Runs `thonban WORDS` on the same instance (`env` names it) in a process of its own, so that this one goes on
 * answering; its progress comes back as messages. When the signal stops it, that is no failure.
 * @returns why it failed in a sentence, or `null`
 */
export async function runBeside(words: readonly string[], options: Beside): Promise<string | null> {
  const { env, signal, onProgress, isQuiet = false, mayOpen } = options;
  const child = fork(path.join(PROJECT_ROOT, 'bin', 'thonban.mjs'), [...words, '--json'], {
    env: { ...env, THONBAN_PARENT: mayOpen ? 'opening' : 'open' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  if (isQuiet && child.pid !== undefined) giveWay(child.pid);
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  let isOpen = mayOpen === undefined;
  void mayOpen?.then(() => {
    isOpen = true;
    // Heard of by its exit code when it is gone already.
    child.send('open', () => undefined);
  });
  child.on('message', (told) => {
    const { message, fraction } = told as ProgressMessage;
    if (isOpen) onProgress(message, fraction);
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4_000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('exit', resolve);
    child.once('error', reject);
  });
  signal.removeEventListener('abort', stop);
  if (code === 0 || signal.aborted) return null;
  return problemOf(errors) ?? errors.trim().split('\n').slice(-5).join('\n');
}

function giveWay(pid: number): void {
  try {
    os.setPriority(pid, QUIET);
  } catch {
    // It has ended already, or the system does not allow it: then it runs like anything else.
  }
}

/** The last line of stderr is the child's Problem as JSON. */
function problemOf(errors: string): string | null {
  try {
    const { problem } = JSON.parse(errors.trim().split('\n').at(-1) ?? '') as {
      problem: { what: string; why: string | null };
    };
    return [problem.what, problem.why].filter(Boolean).join(' ');
  } catch {
    return null;
  }
}
