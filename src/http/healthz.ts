import type { Context } from 'hono';

/** GET /healthz: can pages be answered? `check` fails when not. */
export const healthz =
  (check: () => Promise<unknown>) =>
  async (c: Context): Promise<Response> => {
    c.header('cache-control', 'no-store');
    try {
      await check();
      return c.json({ status: 'ok' });
    } catch {
      return c.json({ status: 'database-unavailable' }, 503);
    }
  };
