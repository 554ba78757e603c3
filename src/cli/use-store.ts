import { writeCheckpoint } from '../audit/index.js';
import type { Clock } from '../kernel/index.js';
import { entriesAppended, openStore } from '../store/index.js';
import type { OnProgress, Store } from '../store/index.js';

/**
 * Opens the instance, runs `use`, signs the audit log if something was entered, closes. On Ctrl-C the
 * connections are cut (open transactions roll back) and the reason of the signal is thrown, so that a
 * bundled database is always stopped in order.
 */
export async function useStore<T>(
  around: { env: NodeJS.ProcessEnv; clock: Clock; signal: AbortSignal },
  onProgress: OnProgress,
  use: (store: Store) => Promise<T>,
): Promise<T> {
  const { env, clock, signal } = around;
  const store = await openStore({ env, clock, onProgress });
  let giveUp: () => void = () => undefined;
  const interrupted = new Promise<never>((_resolve, reject) => {
    giveUp = () => reject(signal.reason as Error);
  });
  interrupted.catch(() => undefined);
  signal.addEventListener('abort', giveUp);
  try {
    if (signal.aborted) giveUp();
    return await Promise.race([use(store), interrupted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
    if (!signal.aborted) await signWhatWasEntered(store, onProgress);
    await store.close({ force: signal.aborted });
  }
}

/** What a command did is done whether or not it can be signed; the next checkpoint covers it too. */
async function signWhatWasEntered(store: Store, onProgress: OnProgress): Promise<void> {
  if (entriesAppended(store) === 0) return;
  try {
    await writeCheckpoint(store);
  } catch (error) {
    onProgress(checkpointMissing(error));
  }
}

export const checkpointMissing = (error: unknown): string =>
  `Chưa ký được mốc nhật ký: ${error instanceof Error ? error.message : String(error)}`;
