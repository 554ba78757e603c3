import { expect, test } from 'vitest';
import { testStore } from '../../test/support/database.js';
import { makeReal } from '../../test/support/real-instance.js';
import { createApp } from './app.js';

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
