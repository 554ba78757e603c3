import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestStore } from '../../test/support/database.js';
import { testStore } from '../../test/support/database.js';
import { createApp } from './index.js';

let store: TestStore;
let get: (path: string) => Promise<Response>;

beforeAll(async () => {
  store = await testStore({ template: 'demo' });
  const app = createApp({ store });
  get = async (path) => app.request(`http://localhost${path}`);
});
afterAll(() => store.close());

test('each page of a figure or form leads to the SQL that counted it', async () => {
  for (const page of ['/so-lieu/poverty-rate', '/bieu-mau/2?round=2025']) {
    const cited = [...(await (await get(page)).text()).matchAll(/href="(\/sql\/[^"]+)"/g)];
    expect([page, cited.length > 0]).toEqual([page, true]);
    for (const [, href] of cited) {
      const answer = await get(href!);
      expect([href, answer.status]).toEqual([href, 200]);
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
      expect((await answer.text()).toLowerCase()).toContain('select');
    }
  }
});

test.each([
  '/sql/views',
  '/sql/views/none.sql',
  '/sql/views/../migrations/0001_foundation.sql',
  '/sql/views/%2e%2e/migrations/0001_foundation.sql',
  '/sql/views/indicators%2fpoverty-rate.sql',
  '/sql/migrations/0001_foundation.sql',
])('%s does not exist', async (path) => {
  expect((await get(path)).status).toBe(404);
});
