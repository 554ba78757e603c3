import { fork } from 'node:child_process';
import path from 'node:path';
import { Problem } from '../../kernel/index.js';
import type { OnProgress } from '../../store/index.js';
import { PROJECT_ROOT } from '../../store/index.js';

export interface DemoBeside {
  dataDir: string;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
  onProgress: OnProgress;
  scale: number | undefined;
}

interface ProgressMessage {
  message: string;
  fraction?: number;
}

/**
 * Makes the demonstration province in a process of its own (`thonban demo` on the same data directory),
 * so that this one goes on answering; its progress comes back as messages.
 */
export async function makeDemoBeside(options: DemoBeside): Promise<void> {
  const { dataDir, env, signal, onProgress, scale } = options;
  const words = ['demo', '--json', ...(scale === undefined ? [] : ['--scale', String(scale)])];
  const child = fork(path.join(PROJECT_ROOT, 'bin', 'thonban.mjs'), words, {
    env: { ...env, THONBAN_DATA: dataDir, THONBAN_PARENT: '1' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  child.on('message', (told) => {
    const { message, fraction } = told as ProgressMessage;
    onProgress(message, fraction);
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
  if (code !== 0 && !signal.aborted) throw demoFailed(errors);
}

function demoFailed(errors: string): Problem {
  return new Problem('environment', {
    code: 'demo-failed',
    what: 'Không dựng được tỉnh mô phỏng.',
    why: problemOf(errors) ?? errors.trim().split('\n').slice(-5).join('\n'),
    todo: 'Khởi động lại để dựng tiếp từ chỗ dừng.',
  });
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
