import { Problem } from '../../kernel/index.js';
import { keepPublished } from '../../publication/index.js';
import type { KeepingPublished } from '../../publication/index.js';
import type { Store } from '../../store/index.js';
import type { CommandContext } from '../context.js';
import { problemText } from '../output.js';
import type { Beside } from './run-beside.js';
import { runBeside } from './run-beside.js';

/** While the service runs, the public edition follows the books, counted beside it in a process of its own. */
export function keepEdition({ env, stderr }: CommandContext, store: Store): KeepingPublished {
  const onProgress = (): void => undefined;
  return keepPublished(store, {
    publish: (signal) => publishBeside({ env, signal, onProgress }),
    onProblem: (error) => {
      stderr.write(`${error instanceof Problem ? problemText(error) : String(error)}\n`);
    },
  });
}

/** Counts what is published anew, after the requests of the service. */
async function publishBeside(options: Beside): Promise<void> {
  const failure = await runBeside(['publish'], { ...options, isQuiet: true });
  if (failure === null) return;
  throw new Problem('environment', {
    code: 'publish-failed',
    what: 'Không lập được bản công khai.',
    why: failure,
    todo: 'Trang công khai vẫn hiện bản trước; chạy "thonban publish" để xem lỗi.',
  });
}
