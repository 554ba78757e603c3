import { setTimeout as sleep } from 'node:timers/promises';
import { today } from '../kernel/index.js';
import type { Store } from '../store/index.js';
import { dataVersion, readShared } from '../store/index.js';
import { programIdentity } from './program.js';

export interface KeepingPublishedOptions {
  /** Brings the edition up to date; takes a while, so it may be done in another process. */
  publish: (signal: AbortSignal) => Promise<unknown>;
  /** Told once for each kind of failure; the service goes on, and tries again later. */
  onProblem?: (error: unknown) => void;
  lookEveryMillis?: number;
  /** A change is not held back longer than this, however many follow. */
  patienceMillis?: number;
  retryMillis?: number;
}

export interface KeepingPublished {
  stop(): Promise<void>;
}

/** What an edition depends on: the books, the day (anchors of the log), the program. */
export interface Basis {
  dataVersion: string;
  day: string;
  program: string;
}

export const isSameBasis = (a: Basis | null, b: Basis | null): boolean =>
  a?.dataVersion === b?.dataVersion && a?.day === b?.day && a?.program === b?.program;

/**
 * Keeps the public edition at the present state of the books while a service runs. It asks for the data
 * version rather than being told by each command: a room that changes figures cannot forget it. An
 * import is many commands, so a change is published once it has stood still from one look to the next,
 * or when it has waited long enough.
 */
export function keepPublished(store: Store, options: KeepingPublishedOptions): KeepingPublished {
  const { lookEveryMillis = 5_000, patienceMillis = 60_000, retryMillis = 60_000 } = options;
  const ending = new AbortController();
  const { signal } = ending;
  const pause = (millis: number) =>
    sleep(millis, undefined, { signal, ref: false }).catch(() => undefined);
  const isEnding = (): boolean => signal.aborted;
  const tell = onceForEach(options.onProblem);
  const keeping = (async () => {
    let done: Basis | null | undefined;
    let before: Basis | null = null;
    let waitingSince: number | null = null;
    while (!isEnding()) {
      try {
        done ??= await publishedBasis(store);
        const present = await presentBasis(store);
        waitingSince = isSameBasis(done, present) ? null : (waitingSince ?? performance.now());
        const isDue =
          waitingSince !== null &&
          (isSameBasis(before, present) || performance.now() - waitingSince > patienceMillis);
        if (isDue) {
          await options.publish(signal);
          // Not asked again: a newer program beside this one may publish, and is not counted over.
          done = present;
          waitingSince = null;
        }
        before = present;
        await pause(lookEveryMillis);
      } catch (error) {
        if (!isEnding()) tell(error);
        await pause(retryMillis);
      }
    }
  })();
  return {
    stop: () => {
      ending.abort();
      return keeping;
    },
  };
}

async function presentBasis(store: Store): Promise<Basis> {
  const version = await dataVersion(store);
  return { dataVersion: version, day: today(store.clock), program: programIdentity() };
}

async function publishedBasis(store: Store): Promise<Basis | null> {
  const { rows } = await readShared(store, (tx) =>
    tx.query<{ program: string; dataVersion: string; madeAt: Date }>(
      `select program, data_version as "dataVersion", made_at as "madeAt"
       from publication.editions`,
    ),
  );
  const [head] = rows;
  if (!head) return null;
  const { program, dataVersion: version, madeAt } = head;
  return { program, dataVersion: version, day: today({ now: () => madeAt }) };
}

/** The same sentence again and again helps nobody. */
function onceForEach(tell: (error: unknown) => void = () => undefined): (error: unknown) => void {
  const told = new Set<string>();
  return (error) => {
    const text = error instanceof Error ? error.message : String(error);
    if (told.has(text)) return;
    told.add(text);
    tell(error);
  };
}
