import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../store/index.js';
import { writeCheckpoint } from './write-checkpoint.js';

const MINUTE = 60_000;

export interface KeepingOptions {
  everyMillis?: number;
  /** Told once for each kind of failure; the service goes on. */
  onProblem?: (error: unknown) => void;
}

export interface Keeping {
  /** Writes the last checkpoint and ends. */
  stop(): Promise<void>;
}

/** Signs the log every minute while a service runs (only when something was entered), and at its end. */
export function keepCheckpoints(store: Store, options: KeepingOptions = {}): Keeping {
  const { everyMillis = MINUTE, onProblem = () => undefined } = options;
  const ending = new AbortController();
  let told = '';
  const write = async (): Promise<void> => {
    try {
      await writeCheckpoint(store);
      told = '';
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (text !== told) onProblem(error);
      told = text;
    }
  };
  const keeping = (async () => {
    while (!ending.signal.aborted) {
      await sleep(everyMillis, undefined, { signal: ending.signal, ref: false }).catch(
        () => undefined,
      );
      await write();
    }
  })();
  return {
    stop: () => {
      ending.abort();
      return keeping;
    },
  };
}
