import { Problem } from '../../kernel/index.js';
import type { Beside } from './run-beside.js';
import { runBeside } from './run-beside.js';

/** Makes the demonstration province beside the service that waits for it. */
export async function makeDemoBeside(options: Beside & { scale: number | undefined }) {
  const { scale } = options;
  const words = ['demo', ...(scale === undefined ? [] : ['--scale', String(scale)])];
  const failure = await runBeside(words, options);
  if (failure === null) return;
  throw new Problem('environment', {
    code: 'demo-failed',
    what: 'Không dựng được tỉnh mô phỏng.',
    why: failure,
    todo: 'Khởi động lại để dựng tiếp từ chỗ dừng.',
  });
}
