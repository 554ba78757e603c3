import { newId, today } from '../kernel/index.js';
import type { Ctx } from './env.js';

const MAX_PAGES = 300;

interface Kept {
  version: string;
  pages: Map<string, Promise<Response>>;
}

/**
 * Keeps whole answers of public pages until what they show changes or the day ends (what is in
 * force depends on it). A signed-in person always gets a page of their own. The key is the address; a
 * page that failed is not kept. A browser's copy is good for this run of the program only.
 */
export function pageCache() {
  const program = newId().slice(-12);
  let kept: Kept = { version: '', pages: new Map() };
  return async (c: Ctx, draw: (c: Ctx) => Promise<Response>): Promise<Response> => {
    if (c.get('actor') !== null) return draw(c);
    const version = `${c.get('view').version}-${today(c.get('clock'))}-${program}`;
    const tag = `W/"${version}"`;
    if (kept.version !== version) kept = { version, pages: new Map() };
    if (c.req.header('if-none-match') === tag) return c.body(null, 304, { etag: tag });
    const { pages } = kept;
    const key = c.req.url;
    let page = pages.get(key);
    if (!page) {
      page = draw(c);
      pages.set(key, page);
      page.catch(() => pages.delete(key));
      if (pages.size > MAX_PAGES) pages.delete(pages.keys().next().value ?? '');
    }
    const answer = (await page).clone();
    answer.headers.set('etag', tag);
    return answer;
  };
}
