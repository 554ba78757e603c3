import { Problem } from '../../kernel/index.js';
import type { CommandContext } from '../context.js';
import { stage } from './hand-over.js';
import { runBeside } from './run-beside.js';

/** The demonstration province, being made beside the service that waits for it. */
export interface DemoBeside {
  /** Lets it write into the database, which is open now, and waits for its end. */
  finish(): Promise<void>;
  /** Ends it if it runs still. */
  cancel(): void;
}

/**
 * Begins at once with what needs no database (a second or two at full scale), so that it can be done
 * while the database is still being set up.
 */
export function makeDemoBeside({ env, options, progress, signal }: CommandContext): DemoBeside {
  const scale = options.number('demo-scale');
  const words = ['demo', ...(scale === undefined ? [] : ['--scale', String(scale)])];
  const cancel = new AbortController();
  let open: () => void = () => undefined;
  const mayOpen = new Promise<void>((resolve) => (open = resolve));
  const made = runBeside(words, {
    env,
    signal: AbortSignal.any([signal, cancel.signal]),
    onProgress: stage(progress, 0.06, 0.97),
    mayOpen,
  }).then(refuseFailure);
  // Whoever finishes it hears of its failure; whoever cancels it does not care.
  made.catch(() => undefined);
  return {
    finish: () => {
      open();
      return made;
    },
    cancel: () => cancel.abort(),
  };
}

function refuseFailure(failure: string | null): void {
  if (failure === null) return;
  throw new Problem('environment', {
    code: 'demo-failed',
    what: 'Không dựng được tỉnh mô phỏng.',
    why: failure,
    todo: 'Khởi động lại để dựng tiếp từ chỗ dừng.',
  });
}
