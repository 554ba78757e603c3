import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { MiddlewareHandler } from 'hono';

/** The one style sheet lies with its components; the path holds from `src` and from the build. */
const FILE = new URL('../../src/web/style.css', import.meta.url);

export interface Stylesheet {
  /** Changes with the content, so that it may be kept for a year. */
  href: string;
  serve: MiddlewareHandler;
}

/** Reads the style sheet once, without comments and indentation. */
export function loadStylesheet(): Stylesheet {
  const css = readFileSync(FILE, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '');
  const hash = createHash('sha256').update(css).digest('hex').slice(0, 12);
  return {
    href: `/style.${hash}.css`,
    serve: async (c) =>
      c.body(css, 200, {
        'content-type': 'text/css; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
      }),
  };
}
