import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../store/index.js';
import { writeCheckpoint } from './write-checkpoint.js';

const MINUTE = 60_000;

export interface KeepingOptions {
  everyMillis?: number;
  /** Told of each kind of failure, and again while it lasts; the service goes on. */
  onProblem?: (error: unknown) => void;
}

/** So often an administrator is reminded that nothing is signed. */
const REMIND_MILLIS = 15 * MINUTE;

export interface Keeping {
  /** Seconds since everything entered was last known to be signed. */
  signedSecondsAgo(): number;
  /** Writes the last checkpoint and ends. */
  stop(): Promise<void>;
}

/** Signs the log every minute while a service runs (only when something was entered), and at its end. */
export function keepCheckpoints(store: Store, options: KeepingOptions = {}): Keeping {
  const { everyMillis = MINUTE, onProblem = () => undefined } = options;
  const ending = new AbortController();
  let told = { text: '', at: 0 };
  let signedAt = performance.now();
  const write = async (): Promise<void> => {
    const begun = performance.now();
    try {
      await writeCheckpoint(store);
      signedAt = begun;
      told = { text: '', at: 0 };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (text === told.text && begun - told.at < REMIND_MILLIS) return;
      onProblem(error);
      told = { text, at: begun };
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
    signedSecondsAgo: () => Math.floor((performance.now() - signedAt) / 1000),
    stop: () => {
      ending.abort();
      return keeping;
    },
  };
}
