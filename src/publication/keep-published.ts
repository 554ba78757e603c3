import { setTimeout as sleep } from 'node:timers/promises';
import { figureInputs } from '../figures/index.js';
import { today } from '../kernel/index.js';
import type { Store } from '../store/index.js';
import { dataVersion, readShared } from '../store/index.js';
import { programIdentity } from './program.js';
import { publish } from './publish.js';
import { FORMAT } from './shelves.js';

export interface KeepingPublishedOptions {
  /** Counts the rounds that changed; takes a while, so it may be done in another process. */
  count: (signal: AbortSignal) => Promise<unknown>;
  /** Told once for each kind of failure; the service goes on, and tries again later. */
  onProblem?: (error: unknown) => void;
  lookEveryMillis?: number;
  /** A version must stand this long before it is published: an import is many commands. */
  settleMillis?: number;
  /** But a change is not held back longer than this, however many follow. */
  patienceMillis?: number;
  retryMillis?: number;
}

export interface KeepingPublished {
  stop(): Promise<void>;
}

/**
 * Keeps the public projections at the present data version while a service runs. The version is asked
 * for rather than told by each command: a room that changes figures cannot forget it. A command that
 * touched no figure costs a look at the numbers of rows.
 */
export function keepPublished(store: Store, options: KeepingPublishedOptions): KeepingPublished {
  const { lookEveryMillis = 1_000, retryMillis = 30_000, onProblem = () => undefined } = options;
  const ending = new AbortController();
  const { signal } = ending;
  const pause = (millis: number) =>
    sleep(millis, undefined, { signal, ref: false }).catch(() => undefined);
  const isEnding = (): boolean => signal.aborted;
  let told = '';
  // Another program than ours matters once, at our start: a newer one may publish while we run.
  let isFirst = true;
  const keeping = (async () => {
    while (!isEnding()) {
      try {
        await lookOnce(store, options, isFirst, { signal, pause });
        isFirst = false;
        told = '';
        await pause(lookEveryMillis);
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        if (text !== told && !isEnding()) onProblem(error);
        told = text;
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

interface Waiting {
  signal: AbortSignal;
  pause(millis: number): Promise<unknown>;
}

async function lookOnce(
  store: Store,
  { count, settleMillis = 2_000, patienceMillis = 15_000 }: KeepingPublishedOptions,
  isFirst: boolean,
  { signal, pause }: Waiting,
): Promise<void> {
  const published = await readPublished(store);
  const isForeign =
    isFirst && (published?.program !== programIdentity() || published.format !== FORMAT);
  const isDue = (version: string) =>
    isForeign ||
    published?.dataVersion !== version ||
    // Anchors of the log are published day by day, also when nothing else happens.
    published.day !== today(store.clock);
  let version = await dataVersion(store);
  if (!isDue(version)) return;
  const until = performance.now() + patienceMillis;
  for (let last = ''; last !== version && performance.now() < until;) {
    last = version;
    await pause(settleMillis);
    if (signal.aborted) return;
    version = await dataVersion(store);
  }
  // A newer program may have published meanwhile: this one does not count over it.
  const isOurs = published?.program === programIdentity();
  if (!isOurs || (await hasToCount(store, published))) await count(signal);
  else await publish(store);
}

interface PublishedNow {
  format: number;
  program: string;
  dataVersion: string;
  day: string;
  inputs: ReadonlyMap<number, string>;
}

async function readPublished(store: Store): Promise<PublishedNow | null> {
  return readShared(store, async (tx) => {
    const heads = await tx.query<Omit<PublishedNow, 'inputs' | 'day'> & { madeAt: Date }>(
      `select format, program, data_version as "dataVersion", made_at as "madeAt"
       from publication.editions`,
    );
    const inputs = await tx.query<{ round: number; fingerprint: string }>(
      'select round, fingerprint from publication.inputs',
    );
    const [head] = heads.rows;
    if (!head) return null;
    const { madeAt, ...rest } = head;
    const day = today({ now: () => madeAt });
    return { ...rest, day, inputs: new Map(inputs.rows.map((r) => [r.round, r.fingerprint])) };
  });
}

/** Is there a round whose rows, decisions or ground changed? */
async function hasToCount(store: Store, published: PublishedNow | null): Promise<boolean> {
  const inputs = await figureInputs(store);
  return (
    inputs.size !== published?.inputs.size ||
    [...inputs].some(([round, fingerprint]) => published.inputs.get(round) !== fingerprint)
  );
}
