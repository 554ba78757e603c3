import type { Context } from 'hono';
import { readShared } from '../store/index.js';
import type { Store } from '../store/index.js';

/** GET /healthz: does the database answer? */
export const healthz =
  (store: Store) =>
  async (c: Context): Promise<Response> => {
    c.header('cache-control', 'no-store');
    try {
      await readShared(store, (tx) => tx.query('select 1'));
      return c.json({ status: 'ok' });
    } catch {
      return c.json({ status: 'database-unavailable' }, 503);
    }
  };
