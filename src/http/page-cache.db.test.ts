import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { testStore } from '../../test/support/database.js';
import { makeReal } from '../../test/support/real-instance.js';
import { createApp } from './app.js';
import type { PublicView } from '../publication/index.js';
import type { Ctx, Env } from './env.js';
import { pageCache } from './page-cache.js';

test('a page is drawn again on another day and by another run of the program', async () => {
  let now = new Date('2026-03-02T16:59:00Z');
  const store = await testStore({ clock: { now: () => now } });
  await makeReal(store);
  const app = createApp({ store });
  const statusOf = async (site: typeof app, etag: string) =>
    (await site.request('/dia-ban', { headers: { 'if-none-match': etag } })).status;
  const first = await app.request('/dia-ban');
  const etag = first.headers.get('etag') ?? '';
  expect([first.status, await statusOf(app, etag)]).toEqual([200, 304]);
  expect(await statusOf(createApp({ store }), etag)).toBe(200);
  // Midnight in Vietnam: what was in force yesterday may have ended.
  now = new Date('2026-03-02T17:01:00Z');
  expect(await statusOf(app, etag)).toBe(200);
});

test('a word that the page does not ask for draws nothing anew, and the page never sees it', async () => {
  const keep = pageCache();
  const drawn: string[] = [];
  const site = new Hono<Env>();
  site.use(async (c, next) => {
    c.set('actor', null);
    c.set('clock', { now: () => new Date('2026-03-02T03:00:00Z') });
    c.set('view', { version: '1' } as PublicView);
    await next();
  });
  site.get('/trang/:code', (c) =>
    keep(c, ['round', 'area'], (one: Ctx) => {
      drawn.push(new URL(one.req.url).search);
      return Promise.resolve(one.text(JSON.stringify(one.req.query())));
    }),
  );
  const ask = async (path: string) => (await site.request(path)).text();
  expect(await ask('/trang/1?x=1')).toBe('{}');
  for (const path of ['', '?x=2', '?x=3&y', '?%41rea=2', '?']) {
    expect(await ask(`/trang/1${path}`)).toBe('{}');
  }
  const asked = await ask('/trang/1?area=20&round=2025&x=5&round=2024');
  expect(JSON.parse(asked)).toEqual({ round: '2025', area: '20' });
  expect(await ask('/trang/1?round=2025&z=&area=20')).toBe(asked);
  expect(await ask('http://other.example/trang/1?round=2025&area=20')).toBe(asked);
  expect(await ask('/trang/1?round=2025&area=06%2604')).toContain('06&04');
  expect(await ask('/trang/2')).toBe('{}');
  expect(drawn).toEqual(['', '?round=2025&area=20', '?round=2025&area=06%2604', '']);
});
