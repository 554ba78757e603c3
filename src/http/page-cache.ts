import { newId, today } from '../kernel/index.js';
import type { Ctx } from './env.js';

const MAX_PAGES = 300;

interface Kept {
  version: string;
  pages: Map<string, Promise<Response>>;
}

/**
 * Keeps whole answers of public pages until what they show changes or the day ends (what is in
 * force depends on it). A signed-in person always gets a page of their own. The key is the path and what
 * the page asks of the address (`names`); the rest of the address is taken off before it is drawn, so that
 * no invented word makes it be drawn anew. A page that failed is not kept. A browser's copy is good for
 * this run of the program only.
 */
export function pageCache() {
  const program = newId().slice(-12);
  let kept: Kept = { version: '', pages: new Map() };
  return async (
    c: Ctx,
    names: readonly string[],
    draw: (c: Ctx) => Promise<Response>,
  ): Promise<Response> => {
    if (c.get('actor') !== null) return draw(c);
    const version = `${c.get('view').version}-${today(c.get('clock'))}-${program}`;
    const tag = `W/"${version}"`;
    if (kept.version !== version) kept = { version, pages: new Map() };
    if (c.req.header('if-none-match') === tag) return c.body(null, 304, { etag: tag });
    const { pages } = kept;
    const key = withNamesAlone(c, names);
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

/** Leaves of the address what the page asks, in one order, and answers with that. */
function withNamesAlone(c: Ctx, names: readonly string[]): string {
  const asked = names.flatMap((name): [string, string][] => {
    const text = c.req.query(name);
    return text === undefined ? [] : [[name, text]];
  });
  const query = new URLSearchParams(asked).toString();
  const url = new URL(c.req.url);
  url.search = query;
  if (url.href !== c.req.url) c.req.raw = new Request(url, { headers: c.req.raw.headers });
  return `${c.req.path}?${query}`;
}
