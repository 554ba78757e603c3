import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { MiddlewareHandler } from 'hono';

/** The styles lie with their components; the path holds from `src` and from the build. */
const FOLDER = new URL('../../src/web/styles/', import.meta.url);

/** In this order they make the one sheet: a later rule wins over an earlier one, print over all. */
export const STYLES = [
  'base',
  'frame',
  'cards',
  'pictures',
  'tables',
  'sheet',
  'figure',
  'messages',
  'controls',
  'account',
  'review',
  'steps',
  'slip',
  'audit',
  'lists',
  'offices',
  'print',
] as const;

export interface Stylesheet {
  /** Changes with the content, so that it may be kept for a year. */
  href: string;
  serve: MiddlewareHandler;
}

/** Reads the styles once and joins them, without comments, indentation and spaces that nothing needs. */
export function loadStylesheet(): Stylesheet {
  const css = STYLES.map((name) => readFileSync(new URL(`${name}.css`, FOLDER), 'utf8'))
    .join('')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '')
    .replace(/\s*\{/g, '{')
    .replace(/:\s+/g, ':')
    .replaceAll(';}', '}');
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
