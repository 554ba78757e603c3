import { renderPage } from '../web/index.js';
import type { Ctx } from './env.js';

/**
 * Answers with a page. Pages of a signed-in person are never kept by anybody; what the public sees is
 * checked with the server each time.
 */
export function page(c: Ctx, element: Element, status: PageStatus = 200) {
  if (c.get('session')) return privatePage(c, element, status);
  c.header('cache-control', 'no-cache');
  return c.html(renderPage(element), status);
}

/** Answers with a page for the eyes of one person, signed in or not: no device keeps it. */
export function privatePage(c: Ctx, element: Element, status: PageStatus = 200) {
  c.header('cache-control', 'no-store');
  return c.html(renderPage(element), status);
}

type Element = Parameters<typeof renderPage>[0];

type PageStatus = 200 | 400 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503;
