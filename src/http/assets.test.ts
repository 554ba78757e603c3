import { readdirSync } from 'node:fs';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { STYLES, loadStylesheet } from './assets.js';

describe('the style sheet', () => {
  it('is small, cached for long and named by its content', async () => {
    const css = loadStylesheet();
    const app = new Hono().get(css.href, css.serve);
    const answer = await app.request(css.href);
    const text = await answer.text();
    expect(text.length).toBeLessThan(20_000);
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(css.href).toMatch(/^\/style\.[0-9a-f]{12}\.css$/);
    expect(loadStylesheet().href).toBe(css.href);
  });

  it('is joined from every file of styles, in a fixed order', () => {
    const files = readdirSync(new URL('../web/styles/', import.meta.url));
    expect(STYLES.map((name) => `${name}.css`).sort()).toEqual(files.sort());
    expect([STYLES[0], STYLES.at(-1)]).toEqual(['base', 'print']);
  });

  it('asks nothing of another server and imports nothing', async () => {
    const css = loadStylesheet();
    const text = await (await new Hono().get('/x', css.serve).request('/x')).text();
    expect(text).not.toMatch(/url\(|@import|@font-face/);
    const opened = text.split('{').length;
    expect(text.split('}').length).toBe(opened);
  });
});
