import { renderPage } from '../web/index.js';
import type { Ctx } from './env.js';

/**
 * Answers with a page. Pages of a signed-in person are never kept by anybody; what the public sees is
 * checked with the server each time.
 */
export function page(c: Ctx, element: Parameters<typeof renderPage>[0], status: PageStatus = 200) {
  c.header('cache-control', c.get('session') ? 'no-store' : 'no-cache');
  return c.html(renderPage(element), status);
}

type PageStatus = 200 | 400 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503;
