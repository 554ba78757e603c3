import { Problem } from '../../kernel/index.js';
import type { Beside } from './run-beside.js';
import { runBeside } from './run-beside.js';

/** Counts what is published anew, beside the service and after its requests. */
export async function publishBeside(options: Beside): Promise<void> {
  const failure = await runBeside(['publish'], { ...options, isQuiet: true });
  if (failure === null) return;
  throw new Problem('environment', {
    code: 'publish-failed',
    what: 'Không lập được bản công khai.',
    why: failure,
    todo: 'Trang công khai vẫn hiện bản trước; chạy "thonban publish" để xem lỗi.',
  });
}
