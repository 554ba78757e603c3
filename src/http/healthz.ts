import type { Context } from 'hono';

/** Signed every minute; a service whose log is not signed for so long has a trouble of its own. */
const LATE_SECONDS = 300;

/**
 * GET /healthz: can pages be answered? `check` fails when not. Of a site with a log it also says how long
 * ago everything entered was signed; being late is told, and pages are answered nevertheless.
 */
export const healthz =
  (check: () => Promise<unknown>, signedSecondsAgo?: () => number) =>
  async (c: Context): Promise<Response> => {
    c.header('cache-control', 'no-store');
    try {
      await check();
    } catch {
      return c.json({ status: 'database-unavailable' }, 503);
    }
    if (!signedSecondsAgo) return c.json({ status: 'ok' });
    const logSignedSecondsAgo = signedSecondsAgo();
    const status = logSignedSecondsAgo > LATE_SECONDS ? 'log-not-signed' : 'ok';
    return c.json({ status, logSignedSecondsAgo });
  };
