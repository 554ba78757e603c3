import { writeCheckpoint } from '../audit/index.js';
import type { Clock } from '../kernel/index.js';
import { entriesAppended, openStore } from '../store/index.js';
import type { OnProgress, Store } from '../store/index.js';

/**
 * Opens the instance, runs `use`, signs the audit log if something was entered, closes. On Ctrl-C `use`
 * has a moment to take back what it began (a file that was stored for an import); then the connections
 * are cut (open transactions roll back) and the reason of the signal is thrown, so that a bundled database
 * is always stopped in order.
 */
export async function useStore<T>(
  around: { env: NodeJS.ProcessEnv; clock: Clock; signal: AbortSignal },
  onProgress: OnProgress,
  use: (store: Store) => Promise<T>,
): Promise<T> {
  const { env, clock, signal } = around;
  const store = await openStore({ env, clock, onProgress });
  const patience = patienceAfter(signal);
  try {
    signal.throwIfAborted();
    return await Promise.race([use(store), patience.over]);
  } catch (error) {
    throw signal.aborted ? (signal.reason as Error) : error;
  } finally {
    patience.end();
    if (!signal.aborted) await signWhatWasEntered(store, onProgress);
    await store.close({ force: signal.aborted });
  }
}

/** So long a command may take to end by itself. */
const PATIENCE_MILLIS = 2_000;

/** `over` rejects when the signal was given and that time has passed. */
function patienceAfter(signal: AbortSignal): { over: Promise<never>; end: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let begin: () => void = () => undefined;
  const over = new Promise<never>((_resolve, reject) => {
    begin = () => {
      timer = setTimeout(() => reject(signal.reason as Error), PATIENCE_MILLIS);
    };
  });
  signal.addEventListener('abort', begin);
  return {
    over,
    end: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', begin);
    },
  };
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
