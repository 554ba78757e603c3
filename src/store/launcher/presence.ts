import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Layout } from './layout.js';
import type { Lock } from './lock.js';
import { takeLock } from './lock.js';
import { stopServer } from './server.js';

/** Each process holds one connection of this name. */
export const PRESENCE = 'thonban-presence';
/** How long a server may take to notice that a process is gone. */
const NOTICE_MILLIS = 1_000;
/** Before each attempt to bring back a database that ended; it ending again soon counts as one. */
const PAUSES_MILLIS = [0, 1_000, 3_000, 8_000];
/** A server that ran so long had a new trouble. */
const STEADY_MILLIS = 60_000;

export interface Presence {
  layout: Layout;
  config: pg.ClientConfig;
  /** With which the others are counted when leaving. */
  counter: pg.ClientConfig;
  /** Whose process looks after the server; `null` = another one's does. */
  lock: Lock | null;
  /** Starts the server, or adopts one that runs. */
  revive: () => Promise<unknown>;
  onRestart?: () => void;
  /** Told once when the database cannot be brought back. */
  onLost?: (error: unknown) => void;
}

/**
 * Shows that this process uses the database, until the returned `leave` is called. The connection ends
 * when the database does: then it is started again, here or by whichever process holds the lock.
 */
export async function bePresent(presence: Presence): Promise<() => Promise<void>> {
  const { layout, config, counter, revive, onRestart, onLost } = presence;
  const leaving = new AbortController();
  const { signal } = leaving;
  let { lock } = presence;
  let recovering: Promise<void> = Promise.resolve();
  let attempt = 0;
  let since = performance.now();

  const show = async (): Promise<pg.Client> => {
    const client = await showPresence(config);
    client.once('end', () => {
      if (!signal.aborted) recovering = recover();
    });
    since = performance.now();
    return client;
  };
  const recover = async (): Promise<void> => {
    if (performance.now() - since > STEADY_MILLIS) attempt = 0;
    let last: unknown = new Error('the database ended again and again');
    while (attempt < PAUSES_MILLIS.length) {
      const pause = PAUSES_MILLIS[attempt];
      attempt += 1;
      await sleep(pause, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        lock ??= await takeLock(layout.dataDir, 'postgres');
        if (lock) {
          onRestart?.();
          await revive();
        }
        client = await show();
        return;
      } catch (error) {
        last = error;
      }
    }
    onLost?.(last);
  };
  let client = await show();
  let left: Promise<void> | undefined;
  const go = async (): Promise<void> => {
    leaving.abort();
    await recovering;
    await client.end().catch(() => undefined);
    await leave(layout, counter, lock);
  };
  return () => (left ??= go());
}

async function showPresence(config: pg.ClientConfig): Promise<pg.Client> {
  // It says nothing for as long as the process lives: that is no session that was forgotten.
  const options = '-c idle_session_timeout=0';
  const client = new pg.Client({ ...config, application_name: PRESENCE, options });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/**
 * Stops the server unless others are present. Two that leave together: whoever has the lock counts the
 * other as present until its connection is gone, so the other waits for the lock and counts again.
 */
export async function leave(
  layout: Layout,
  counter: pg.ClientConfig,
  held: Lock | null,
): Promise<void> {
  let lock = held;
  while (!lock && (await othersPresent(counter)) === 0) {
    lock = await takeLock(layout.dataDir, 'postgres');
    if (!lock) await sleep(25);
  }
  if (!lock) return;
  try {
    if (await areAllGone(counter)) await stopServer(layout);
  } finally {
    lock.release();
  }
}

/** A process that was killed a moment ago still counts until the server has noticed. */
async function areAllGone(counter: pg.ClientConfig): Promise<boolean> {
  const until = performance.now() + NOTICE_MILLIS;
  while ((await othersPresent(counter)) > 0) {
    if (performance.now() > until) return false;
    await sleep(50);
  }
  return true;
}

/** Processes present; 0 when the server is gone already. */
async function othersPresent(counter: pg.ClientConfig): Promise<number> {
  try {
    return await connected(counter, async (client) => {
      const { rows } = await client.query<{ present: number }>(
        'select count(*)::int as present from pg_stat_activity where application_name = $1',
        [PRESENCE],
      );
      return rows[0]?.present ?? 0;
    });
  } catch {
    return 0;
  }
}

export async function connected<T>(
  config: pg.ClientConfig,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(config);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
