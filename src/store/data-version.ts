import type { Store } from './types.js';
import { readShared } from './instance.js';

/**
 * Text that changes with every committed command: the key of caches. Commands commit out of order, so
 * the newest time alone could miss a late one; the count of the last six hours before it sees every
 * command that ran for less than that, and reads a short stretch of one index.
 */
export async function dataVersion(store: Store): Promise<string> {
  if (store.snapshot?.dataVersion) return store.snapshot.dataVersion;
  return readShared(store, async (tx) => {
    const { rows } = await tx.query<{ version: string }>(
      `select coalesce(extract(epoch from max(recorded_at))::numeric(20, 6)::text, '0')
         || '-' || count(*)::text as version
       from commands
       where recorded_at >= (select max(c.recorded_at) - interval '6 hours' from commands c)`,
    );
    return rows[0]?.version ?? '0-0';
  });
}
